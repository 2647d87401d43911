"""Digital pages of many layouts, each with the text in its right order."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.pages.texts import FIELDS, FORM, STATEMENT, TRANSCRIPT

__all__ = ["LAYOUTS", "Laid", "fonts"]

_FOLDER = Path("/usr/share/fonts/truetype/dejavu")
_Placed = tuple[float, float, str]
"""x and y in points from the top left, and a run of words."""


@dataclass(frozen=True)
class Laid:
    """A one-page PDF, what a person reads on it, and the key fields among that."""

    pdf: bytes
    text: str
    fields: tuple[str, ...] = FIELDS


def fonts() -> None:
    """Make the faces of the pages known."""
    for name in ("DejaVuSerif", "DejaVuSans", "DejaVuSansMono", "DejaVuSans-Bold"):
        pdfmetrics.registerFont(TTFont(name, str(_FOLDER / f"{name}.ttf")))


def _drawn(runs: list[_Placed], face: str, size: float) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=letter)
    canvas.setFont(face, size)
    for x, y, words in runs:
        canvas.drawString(x, letter[1] - y, words)
    canvas.save()
    return buffer.getvalue()


def _wrapped(text: str, face: str, size: float, width: float) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and pdfmetrics.stringWidth(longer, face, size) > width:
                yield line
                line = word
            else:
                line = longer
        yield line
        yield ""


def _column(x: float, top: float, lines: list[str], leading: float) -> list[_Placed]:
    return [(x, top + n * leading, line) for n, line in enumerate(lines) if line]


def statement(
    face: str = "DejaVuSerif", size: float = 10.5, shuffled: bool = False, text: str = STATEMENT
) -> Laid:
    """One column; `shuffled` draws its lines in random order."""
    lines = list(_wrapped(text, face, size, 460))
    runs = _column(72, 72, lines, size * 1.38)
    if shuffled:
        random.Random(5).shuffle(runs)
    return Laid(_drawn(runs, face, size), "\n".join(line for line in lines if line))


def transcript() -> Laid:
    """Numbered lines of questions and answers."""
    runs: list[_Placed] = []
    for n, line in enumerate(TRANSCRIPT):
        runs += [(60, 90 + 24 * n, str(n + 1)), (100, 90 + 24 * n, line)]
    text = "\n".join(f"{n + 1} {' '.join(line.split())}" for n, line in enumerate(TRANSCRIPT))
    return Laid(_drawn(runs, "DejaVuSansMono", 10), text)


def form(shuffled: bool = False) -> Laid:
    """Two label-and-value pairs a row; a row is read across."""
    runs: list[_Placed] = []
    for n, (a, b, c, d) in enumerate(FORM):
        y = 90 + 34 * n
        runs += [(60, y, f"{a}:"), (185, y, b), (340, y, f"{c}:"), (450, y, d)]
    if shuffled:
        random.Random(6).shuffle(runs)
    text = "\n".join(f"{a}: {b} {c}: {d}" for a, b, c, d in FORM)
    return Laid(_drawn(runs, "DejaVuSans", 9), text)


def columns(count: int, gutter: float, by_rows: bool = False) -> Laid:
    """The statement in columns; `by_rows` draws line by line across them."""
    face, size = "DejaVuSerif", 8.5
    width = (letter[0] - 100 - gutter * (count - 1)) / count
    lines = [line for line in _wrapped(STATEMENT, face, size, width) if line]
    height = -(-len(lines) // count)
    parts = [lines[n * height : (n + 1) * height] for n in range(count)]
    runs = [
        run
        for n, part in enumerate(parts)
        for run in _column(50 + n * (width + gutter), 80, part, 12)
    ]
    if by_rows:
        runs.sort(key=lambda run: (run[1], run[0]))
    return Laid(_drawn(runs, face, size), "\n".join(lines))


LAYOUTS: dict[str, Callable[[], Laid]] = {
    "statement": statement,
    "statement, shuffled stream": lambda: statement(shuffled=True),
    "transcript": transcript,
    "form": form,
    "form, shuffled stream": lambda: form(shuffled=True),
    "two columns": lambda: columns(2, 24),
    "two columns, drawn by rows": lambda: columns(2, 24, by_rows=True),
    "three columns": lambda: columns(3, 18, by_rows=True),
    "two columns, narrow gutter": lambda: columns(2, 12, by_rows=True),
}
