"""Pages that vary with a seed: text round pictures, tables of many-lined cells, stamps.

Sizes, places, faces and the way rules are drawn change from seed to seed, so that no
threshold of the reader can be right for one drawing only.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from benchmarks.pages.drawing import LEFT, RIGHT, TOP, Area, Drawing, flowed
from benchmarks.pages.layouts import Laid
from benchmarks.pages.sheets import caption, four_pages, labels, two_languages, two_pages
from benchmarks.pages.tabled import INCIDENTS, PERSONS, STAMPS, WAGES, Rows
from benchmarks.pages.texts import STATEMENT

__all__ = ["VARIED"]

_PARAGRAPHS = STATEMENT.split("\n\n")


def _round(where: str) -> Callable[[int], Laid]:
    def laid(seed: int) -> Laid:
        chance = random.Random(seed)
        page = Drawing.of(chance)
        wide, high = chance.uniform(90, 190), chance.uniform(60, 200)
        middle = (LEFT + RIGHT - wide) / 2 + chance.uniform(-25, 25)
        left = {"left": LEFT, "right": RIGHT - wide}.get(where, middle)
        top = chance.uniform(80, 300)
        hole = (left, top, left + wide, top + high)
        page.picture(hole)
        flowed(page, LEFT, RIGHT, TOP, [hole], STATEMENT)
        return page.done(STATEMENT)

    return laid


def _across_gutter(seed: int) -> Laid:
    """Two columns of one text with a picture that takes a part of both."""
    chance = random.Random(seed)
    page = Drawing.of(chance, sizes=(7.5, 9))
    gutter, half = chance.uniform(14, 30), chance.uniform(45, 90)
    centre, top = (LEFT + RIGHT) / 2, chance.uniform(90, 260)
    hole = (centre - half, top, centre + half, top + chance.uniform(60, 140))
    page.picture(hole)
    columns = "\n\n".join(_PARAGRAPHS[:4]), "\n\n".join(_PARAGRAPHS[4:])
    flowed(page, LEFT, centre - gutter / 2, TOP, [hole], columns[0])
    flowed(page, centre + gutter / 2, RIGHT, TOP, [hole], columns[1])
    return page.done("\n\n".join(columns))


def _table(rows: Rows, shares: Sequence[float], ruled: bool = True) -> Callable[[int], Laid]:
    """Rows of cells below a paragraph and above another."""

    def laid(seed: int) -> Laid:
        chance = random.Random(seed)
        page = Drawing.of(chance)
        cells = _shuffled(rows, chance)
        above, below = chance.sample(_PARAGRAPHS[1:7], 2)
        y = flowed(page, LEFT, RIGHT, TOP, [], above)
        total = chance.uniform(0.8, 1.0) * (RIGHT - LEFT)
        xs = [LEFT + total * sum(shares[:n]) for n in range(len(shares) + 1)]
        y = _cells(page, chance, cells, xs, y, ruled)
        flowed(page, LEFT, RIGHT, y + 2 * page.leading, [], below)
        text = "\n".join([above, *(" ".join(row) for row in cells), below])
        return page.done(text)

    return laid


def _shuffled(rows: Rows, chance: random.Random) -> Rows:
    """The head of a table and some of its rows."""
    kept = sorted(chance.sample(range(1, len(rows)), chance.randint(3, len(rows) - 1)))
    return [rows[0], *(rows[n] for n in kept)]


def _cells(
    page: Drawing, chance: random.Random, rows: Rows, xs: list[float], top: float, ruled: bool
) -> float:
    pad, kind, middle = chance.uniform(2.5, 6), chance.randrange(4), chance.random() < 0.3
    ys = [top]
    for row in rows:
        wrapped = [page.wrapped(cell, xs[n + 1] - xs[n] - 2 * pad) for n, cell in enumerate(row)]
        most = max(len(lines) for lines in wrapped)
        for n, lines in enumerate(wrapped):
            down = (most - len(lines)) / 2 * page.leading if middle else 0.0
            for m, line in enumerate(lines):
                page.write(xs[n] + pad, ys[-1] + pad + page.size + down + m * page.leading, line)
        ys.append(ys[-1] + most * page.leading + 2 * pad + (0 if ruled else 0.8 * page.leading))
    if ruled:
        _rules(page.canvas, kind, xs, [letter[1] - y for y in ys])
    return ys[-1]


def _rules(canvas: Canvas, kind: int, xs: list[float], ys: list[float]) -> None:
    """One path of all rules, a path a rule, a frame a cell, or thin filled bars."""
    if kind == 0:
        canvas.grid(xs, ys)
    elif kind == 1:
        for x in xs:
            canvas.line(x, ys[0], x, ys[-1])
        for y in ys:
            canvas.line(xs[0], y, xs[-1], y)
    else:
        for n in range(len(xs) - 1):
            for m in range(len(ys) - 1):
                _frame(canvas, kind, (xs[n], ys[m + 1], xs[n + 1], ys[m]))


def _frame(canvas: Canvas, kind: int, box: Area) -> None:
    x0, y0, x1, y1 = box
    if kind == 2:
        canvas.rect(x0, y0, x1 - x0, y1 - y0)
        return
    thin = 0.6
    for x, y in ((x0, y0), (x0, y1)):
        canvas.rect(x, y, x1 - x0, thin, stroke=0, fill=1)
    for x, y in ((x0, y0), (x1, y0)):
        canvas.rect(x, y, thin, y1 - y0, stroke=0, fill=1)


_RED = (0.7, 0.1, 0.15)


def _stamped(
    slanted: bool, across: bool, ink: tuple[float, float, float] | None = None
) -> Callable[[int], Laid]:
    """A stamp with its middle beside or in the second of three paragraphs, to be read after it.

    With an ink print shows through it as on paper; without it is red and covers what it lies on.
    """

    def laid(seed: int) -> Laid:
        chance = random.Random(seed)
        page = Drawing.of(chance)
        stamp = chance.choice(STAMPS)
        size = chance.uniform(1.15, 1.8) * page.size
        broad = max(pdfmetrics.stringWidth(line, "DejaVuSans-Bold", size) for line in stamp)
        right = RIGHT if across else RIGHT - broad - 3 * page.size
        parts = [_PARAGRAPHS[1], " ".join(_PARAGRAPHS[2:4]), _PARAGRAPHS[5]]
        first = flowed(page, LEFT, right, TOP, [], parts[0])
        second = flowed(page, LEFT, right, first, [], parts[1])
        flowed(page, LEFT, right, second, [], parts[2])
        angle = chance.choice((-1, 1)) * chance.uniform(6, 28) if slanted else 0.0
        half = 0.65 * len(stamp) * size
        inset = 0.0 if slanted else half
        y = chance.uniform(first + inset, max(first + inset, second - 2 * page.leading - inset))
        x = chance.uniform(LEFT + 50, right - broad - 30) if across else right + 1.6 * page.size
        if ink is not None:
            page.canvas.setBlendMode("Multiply")
        _press(page, stamp, size, (x + broad / 2, y), angle, ink or _RED)
        return page.done("\n\n".join([*parts[:2], " ".join(stamp), parts[2]]))

    return laid


def _press(
    page: Drawing,
    stamp: Sequence[str],
    size: float,
    middle: tuple[float, float],
    angle: float,
    ink: tuple[float, float, float],
) -> None:
    """The lines of a stamp round its middle."""
    canvas = page.canvas
    canvas.saveState()
    canvas.setFillColorRGB(*ink)
    canvas.setFont("DejaVuSans-Bold", size)
    canvas.translate(middle[0], letter[1] - middle[1])
    canvas.rotate(angle)
    broad = max(pdfmetrics.stringWidth(line, "DejaVuSans-Bold", size) for line in stamp)
    top = 0.65 * len(stamp) * size - size
    for n, line in enumerate(stamp):
        canvas.drawString(-broad / 2, top - 1.3 * size * n, line)
    canvas.restoreState()


VARIED: dict[str, Callable[[int], Laid]] = {
    "picture at the left": _round("left"),
    "picture at the right": _round("right"),
    "picture in the middle": _round("middle"),
    "picture across the gutter": _across_gutter,
    "ruled table, incidents": _table(INCIDENTS, (0.18, 0.6, 0.22)),
    "ruled table, wages": _table(WAGES, (0.2, 0.12, 0.15, 0.15, 0.38)),
    "ruled table, persons": _table(PERSONS, (0.36, 0.24, 0.4)),
    "unruled table, incidents": _table(INCIDENTS, (0.18, 0.6, 0.22), ruled=False),
    "unruled table, wages": _table(WAGES, (0.2, 0.12, 0.15, 0.15, 0.38), ruled=False),
    "unruled table, persons": _table(PERSONS, (0.36, 0.24, 0.4), ruled=False),
    "caption": caption,
    "two languages": two_languages,
    "two pages on a sheet": two_pages,
    "four pages on a sheet": four_pages,
    "labels that wrap": labels,
    "stamp beside": _stamped(slanted=False, across=False),
    "slanted stamp beside": _stamped(slanted=True, across=False),
    "stamp across": _stamped(slanted=False, across=True),
    "slanted stamp across": _stamped(slanted=True, across=True),
}
"""Drawn by seed."""

INKED: dict[str, Callable[[int], Laid]] = {
    f"{name} in {colour}": _stamped(slanted=slanted, across=True, ink=ink)
    for name, slanted in (("stamp across", False), ("slanted stamp across", True))
    for colour, ink in (
        ("red", (0.8, 0.15, 0.2)),
        ("blue", (0.2, 0.25, 0.7)),
        ("violet", (0.45, 0.2, 0.6)),
    )
}
"""Stamps in ink on print, for scans in colour."""
