"""Reading order: our own cut over word boxes.

A page is read in rows from top to bottom, unless a gutter parts it. A gutter counts only if
both sides read like prose (enough words a line, lines that fill their column), so that a
form, a table or the line numbers of a transcript stay in rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.record import Box

_WORDS_A_LINE = 2.6
_FILLED = 0.6
_FEWEST_ROWS = 4
_TALL = 10
_APART = 1.3
_INDENT = 2.0
_FLAT = 0.5
_BAND = 0.5
_BIN = 2.0
_GUTTER_HEIGHTS = 0.6
_MOST_CANDIDATES = 6
_DEEPEST = 8
_PARAGRAPH_GAP = 1.45

Boxes = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one line, by index; `new_paragraph` when white stands above it."""

    words: tuple[int, ...]
    new_paragraph: bool


class _Gutter(NamedTuple):
    x: float
    top: float
    bottom: float


def upright(boxes: Sequence[Box], turn: int, width: float, height: float) -> list[Box]:
    """Boxes as they would lie if the page were turned until its text stands upright.

    `turn` is how far clockwise the page has to be turned for that.
    """
    if turn == 90:
        return [(height - y1, x0, height - y0, x1) for x0, y0, x1, y1 in boxes]
    if turn == 180:
        return [(width - x1, height - y1, width - x0, height - y0) for x0, y0, x1, y1 in boxes]
    if turn == 270:
        return [(y0, width - x1, y1, width - x0) for x0, y0, x1, y1 in boxes]
    return list(boxes)


def as_filed(boxes: Sequence[Box], turn: int, width: float, height: float) -> list[Box]:
    """The way back from `upright`; width and height are those of the page as filed."""
    if turn in (90, 270):
        return upright(boxes, 360 - turn, height, width)
    return upright(boxes, turn, width, height)


def lines(boxes: Sequence[Box], slope: float = 0.0, signs: Sequence[int] = ()) -> list[Line]:
    """Words in reading order, line by line; `slope` is how far lines sink along the page.

    `signs` are the places of words that are boxes to tick: they make no prose of a column.
    """
    if not boxes:
        return []
    table = np.asarray(boxes, dtype=np.float64)
    if slope:
        sink = slope * (table[:, 0] + table[:, 2]) / 2
        table[:, 1] -= sink
        table[:, 3] -= sink
    found: list[Line] = []
    spoken = np.ones(len(table), dtype=bool)
    spoken[list(signs)] = False
    for block in _blocks(table, np.arange(len(table)), spoken, 0):
        found += _block_lines(table, block)
    return found


def _blocks(
    table: Boxes, members: NDArray[np.intp], spoken: NDArray[np.bool_], depth: int
) -> list[NDArray[np.intp]]:
    """The members cut into blocks that are read one after the other."""
    gutter = _gutter(table[members[spoken[members]]]) if depth < _DEEPEST else None
    if gutter is None:
        return [members] if len(members) else []
    centre = (table[members, 1] + table[members, 3]) / 2
    middle = (table[members, 0] + table[members, 2]) / 2
    above = centre < gutter.top
    below = centre > gutter.bottom
    between = ~above & ~below
    parts = (
        members[above],
        members[between & (middle < gutter.x)],
        members[between & (middle >= gutter.x)],
        members[below],
    )
    return [block for part in parts for block in _blocks(table, part, spoken, depth + 1)]


def _gutter(table: Boxes) -> _Gutter | None:
    """The gutter with most words around it, if there is one between two columns of prose."""
    if len(table) < 4 * _FEWEST_ROWS:
        return None
    height = float(np.median(table[:, 3] - table[:, 1]))
    candidates = _candidates(table, height)
    candidates.sort(key=lambda pair: -pair[0])
    for _, gutter in candidates[:_MOST_CANDIDATES]:
        if _parts_prose(table, gutter, height):
            return gutter
    return None


def _candidates(table: Boxes, height: float) -> list[tuple[float, _Gutter]]:
    """Upright strips free of words over several lines, with words on both sides."""
    table = table[np.argsort(table[:, 1])]
    left, right = float(table[:, 0].min()), float(table[:, 2].max())
    half = _GUTTER_HEIGHTS * height / 2
    xs = np.arange(left + 0.1 * (right - left), right - 0.1 * (right - left), _BIN)
    best: dict[tuple[float, float], tuple[float, list[float]]] = {}
    for x, run in _longest_runs(table, xs, half, _FEWEST_ROWS * height):
        inside = (table[:, 1] >= run[0]) & (table[:, 3] <= run[1])
        before = int(np.count_nonzero(inside & (table[:, 2] <= x)))
        after = int(np.count_nonzero(inside)) - before
        if min(before, after) >= _WORDS_A_LINE * _FEWEST_ROWS:
            weight, found = best.get(run, (0.0, []))
            best[run] = (max(weight, float(before + after)), [*found, x])
    return [
        (weight, _Gutter(band[len(band) // 2], *run))
        for run, (weight, found) in best.items()
        for band in _neighbours(found)
    ]


def _neighbours(xs: list[float]) -> list[list[float]]:
    """Runs of adjacent strips: each is one white band."""
    groups: list[list[float]] = []
    for x in xs:
        if groups and x - groups[-1][-1] < 1.5 * _BIN:
            groups[-1].append(x)
        else:
            groups.append([x])
    return groups


def _longest_runs(
    table: Boxes, xs: Boxes, half: float, least: float
) -> list[tuple[float, tuple[float, float]]]:
    """For each strip its tallest stretch without a word in the way, where tall enough.

    The table is sorted by top; a row of each matrix is a strip, a column is a word.
    """
    tops = np.append(table[:, 1], table[:, 3].max() + 1.0)
    in_way = (table[:, 0] < xs[:, None] + half) & (table[:, 2] > xs[:, None] - half)
    in_way = np.pad(in_way, ((0, 0), (0, 1)), constant_values=True)
    bottoms = np.where(in_way[:, :-1], table[:, 3], table[:, 1].min() - 1.0)
    reached = np.maximum.accumulate(bottoms, axis=1)
    reached = np.pad(reached, ((0, 0), (1, 0)), constant_values=table[:, 1].min() - 1.0)
    free = np.where(in_way, tops - reached, 0.0)
    tallest = free.argmax(axis=1)
    rows = np.flatnonzero(free[np.arange(len(xs)), tallest] >= least)
    return [
        (float(xs[row]), (float(reached[row, tallest[row]]), float(tops[tallest[row]])))
        for row in rows
    ]


def _parts_prose(table: Boxes, gutter: _Gutter, height: float) -> bool:
    centre = (table[:, 1] + table[:, 3]) / 2
    inside = table[(centre >= gutter.top) & (centre <= gutter.bottom)]
    before = inside[inside[:, 2] <= gutter.x]
    after = inside[inside[:, 0] >= gutter.x]
    return _is_no_river(before, after, height) and all(
        _is_prose(side, height) for side in (before, after)
    )


def _is_no_river(before: Boxes, after: Boxes, height: float) -> bool:
    """Whether white is more than blanks that happen to stand below each other.

    A column begins its lines at one edge, and over a few lines only it stands well apart.
    """
    if not len(before) or not len(after):
        return False
    edge = after[:, 0].min()
    rows = _rows(after)
    at_edge = sum(1 for row in rows if after[row[0], 0] < edge + _INDENT * height)
    if at_edge < 0.5 * len(rows):
        return False
    return len(rows) >= _TALL or edge - before[:, 2].max() > _APART * height


def _is_prose(side: Boxes, height: float) -> bool:
    """Whether a side reads like prose, or is itself made of columns of prose."""
    rows = _rows(side)
    if len(rows) < _FEWEST_ROWS:
        return False
    width = float(side[:, 2].max() - side[:, 0].min())
    full = [side[row, 2].max() - side[row, 0].min() > _FILLED * width for row in rows]
    dense = len(side) / len(rows) >= _WORDS_A_LINE
    filled = sum(full) > _FILLED * len(rows)
    if dense and filled and width > 6 * height and not _is_table(side, rows, height):
        return True
    return len(side) >= 8 * _FEWEST_ROWS and _gutter(side) is not None


def _is_table(side: Boxes, rows: list[list[int]], height: float) -> bool:
    """Whether a white band parts most rows, with words aligned behind it: labels and values."""
    ends = np.sort(side[:, 2])
    for begin in np.unique(np.round(side[:, 0])):
        crossing = (side[:, 0] < begin - 0.5) & (side[:, 2] > begin - _BAND * height)
        if crossing.any() or begin - _BAND * height <= ends[0]:
            continue
        parted = sum(_is_parted(side[row, 0], begin, height) for row in rows)
        if parted >= _FILLED * len(rows):
            return True
    return False


def _is_parted(starts: NDArray[np.float64], begin: float, height: float) -> bool:
    """Whether a row has words before the band, and its next word at the band's edge."""
    behind = starts[starts >= begin - 0.5]
    return len(behind) < len(starts) and len(behind) > 0 and behind.min() - begin < height


def _rows(table: Boxes) -> list[list[int]]:
    """Words of each row from left to right, rows from top to bottom.

    Dashes and dots are flat, and their middle tells little: they join a row afterwards.
    """
    heights = table[:, 3] - table[:, 1]
    usual = float(np.median(heights))
    is_flat = (heights < _FLAT * usual).tolist()
    centres = ((table[:, 1] + table[:, 3]) / 2).tolist()
    sizes = np.maximum(heights, _FLAT * usual).tolist()
    rows: list[list[int]] = []
    at = size = 0.0
    flat: list[int] = []
    for index in np.argsort(centres, kind="stable").tolist():
        if is_flat[index]:
            flat.append(index)
        elif rows and centres[index] - at < 0.5 * max(min(size, sizes[index]), 0.5):
            rows[-1].append(index)
            at += (centres[index] - at) / len(rows[-1])
            size = max(size, sizes[index])
        else:
            rows.append([index])
            at, size = centres[index], sizes[index]
    if flat:
        rows = _with_flat(table, rows, flat)
    starts = table[:, 0].tolist()
    for row in rows:
        row.sort(key=starts.__getitem__)
    return rows


def _with_flat(table: Boxes, rows: list[list[int]], flat: list[int]) -> list[list[int]]:
    """Flat words put into the row whose height they stand in, or in a row of their own."""
    tops = [float(np.median(table[row, 1])) for row in rows]
    bottoms = [float(np.median(table[row, 3])) for row in rows]
    alone: list[list[int]] = []
    for index in flat:
        centre = float(table[index, 1] + table[index, 3]) / 2
        found = [n for n in range(len(rows)) if tops[n] <= centre <= bottoms[n]]
        if found:
            rows[min(found, key=lambda n: abs(tops[n] + bottoms[n] - 2 * centre))].append(index)
        else:
            alone.append([index])
    if not alone:
        return rows
    return sorted([*rows, *alone], key=lambda row: float(np.median(table[row, 1] + table[row, 3])))


def _block_lines(table: Boxes, members: NDArray[np.intp]) -> list[Line]:
    """The lines of one block; a paragraph begins where the rows stand further apart."""
    part = table[members]
    rows = _rows(part)
    middles = ((part[:, 1] + part[:, 3]) / 2).tolist()
    centres = [sum(middles[i] for i in row) / len(row) for row in rows]
    pitches = [after - before for before, after in pairwise(centres)]
    usual = float(np.median(pitches)) if pitches else 0.0
    found = []
    for number, row in enumerate(rows):
        apart = number == 0 or pitches[number - 1] > _PARAGRAPH_GAP * usual
        found.append(Line(tuple(int(members[i]) for i in row), apart))
    return found


def clipped(box: Box, width: float, height: float) -> Box:
    """A box cut to its page, to hundredths of a point."""
    x0, top, x1, bottom = box
    left, right = (round(min(max(x, 0.0), width), 2) for x in (x0, x1))
    above, below = (round(min(max(y, 0.0), height), 2) for y in (top, bottom))
    return left, above, right, below
