"""Columns: blocks of words that are read one after the other.

A gutter counts only if both sides read like prose (enough words a line, lines that fill their
column), so that a form, a table or the line numbers of a transcript stay in rows. Lines that a
picture in the gutter shortens do not tell: text round a picture in one column is read across.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.documents.rows import Boxes, rows_of

_WORDS_A_LINE = 2.6
_FILLED = 0.6
_FEWEST_ROWS = 4
_TALL = 10
_APART = 1.3
_INDENT = 2.0
_BAND = 0.5
_BIN = 2.0
_MOST_STRIPS = 400
"""A page of usual breadth has 300; a poster is looked at more coarsely."""
_NEXT_PARAGRAPH = 1.2
"""Pitch of lines where a new paragraph begins, in usual pitches."""
_MOST_LINES, _FAR = 150, 1e5
_GUTTER_HEIGHTS = 0.6
_MOST_CANDIDATES = 6
_DEEPEST = 8
_WRAP = 1.5
"""White above and below a picture in text, in heights of a line."""


class _Gutter(NamedTuple):
    x: float
    top: float
    bottom: float


def blocks(
    table: Boxes,
    members: NDArray[np.intp],
    pictures: Boxes,
    spoken: NDArray[np.bool_],
    depth: int = 0,
) -> list[NDArray[np.intp]]:
    """The members cut into blocks that are read one after the other.

    Rows of the table that are not `spoken` (boxes to tick, numbers of lines) make no prose of a
    column.
    """
    told = spoken[members]
    gutter = _gutter(table[members[told]], pictures) if depth < _DEEPEST else None
    if gutter is None:
        return [members] if len(members) else []
    gutter = _before_signs(table[members[told]], table[members[~told]], gutter)
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
    return [block for part in parts for block in blocks(table, part, pictures, spoken, depth + 1)]


def _before_signs(told: Boxes, signs: Boxes, gutter: _Gutter) -> _Gutter:
    """The gutter moved to the left of what stands in it, before the lines of its right side."""
    inside = told[(told[:, 1] < gutter.bottom) & (told[:, 3] > gutter.top)]
    left = float(inside[inside[:, 2] <= gutter.x, 2].max(initial=-np.inf))
    right = float(inside[inside[:, 0] >= gutter.x, 0].min(initial=np.inf))
    among = signs[(signs[:, 0] > left) & (signs[:, 2] < right)]
    among = among[(among[:, 1] < gutter.bottom) & (among[:, 3] > gutter.top)]
    return gutter._replace(x=float(among[:, 0].min(initial=gutter.x)))


def _gutter(table: Boxes, pictures: Boxes) -> _Gutter | None:
    """The gutter with most words around it, if there is one between two columns of prose."""
    if len(table) < 4 * _FEWEST_ROWS:
        return None
    height = float(np.median(table[:, 3] - table[:, 1]))
    candidates = _candidates(table, height)
    candidates.sort(key=lambda pair: -pair[0])
    for _, gutter in candidates[:_MOST_CANDIDATES]:
        if _parts_prose(table, gutter, height, pictures):
            return gutter
    return None


def _candidates(table: Boxes, height: float) -> list[tuple[float, _Gutter]]:
    """Upright strips free of words over several lines, with words on both sides."""
    table = table[np.argsort(table[:, 1])]
    left, right = float(table[:, 0].min()), float(table[:, 2].max())
    half = _GUTTER_HEIGHTS * height / 2
    step = max(_BIN, (right - left) / _MOST_STRIPS)
    xs = np.arange(left + 0.1 * (right - left), right - 0.1 * (right - left), step)
    xs = _promising(table, xs, half, (_FEWEST_ROWS - 1) * height)
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
        for band in _neighbours(found, step)
    ]


def _neighbours(xs: list[float], step: float) -> list[list[float]]:
    """Runs of adjacent strips: each is one white band."""
    groups: list[list[float]] = []
    for x in xs:
        if groups and x - groups[-1][-1] < 1.5 * step:
            groups[-1].append(x)
        else:
            groups.append([x])
    return groups


def _promising(table: Boxes, xs: Boxes, half: float, least: float) -> Boxes:
    """The strips with a stretch free of whole lines of this height: few, and quickly found.

    A line is no narrower up and down than its words, so that no stretch of words is lost that
    is a height longer.
    """
    number = _line_numbers(table)
    boxes = table[np.argsort(number, kind="stable")]
    number = np.sort(number)
    begins = np.flatnonzero(np.diff(number, prepend=-1))
    covered = np.zeros((len(begins), len(xs) + 1), dtype=np.int16)
    np.add.at(covered, (number, np.searchsorted(xs, boxes[:, 0] - half, side="right")), 1)
    np.add.at(covered, (number, np.searchsorted(xs, boxes[:, 2] + half)), -1)
    in_way = np.cumsum(covered, axis=1)[:, :-1] > 0
    tops = np.minimum.reduceat(boxes[:, 1], begins).tolist()
    bottoms = np.maximum.reduceat(boxes[:, 3], begins).tolist()
    reached = np.full(len(xs), min(tops) - 1.0)
    tallest = np.zeros(len(xs))
    for top, bottom, taken in zip(tops, bottoms, in_way, strict=True):
        np.maximum(tallest, top - reached, out=tallest, where=taken)
        np.maximum(reached, bottom, out=reached, where=taken)
    np.maximum(tallest, max(bottoms) + 1.0 - reached, out=tallest)
    return xs[tallest >= least]


def _line_numbers(table: Boxes) -> NDArray[np.intp]:
    """The line of each word from the top: of a page's own faces by height, or else by rows."""
    tops, bottoms = np.round(table[:, 1]), np.round(table[:, 3])
    lines, number = np.unique(tops * _FAR + bottoms, return_inverse=True)
    if len(lines) > _MOST_LINES:
        rows = rows_of(table)
        number[[index for row in rows for index in row]] = np.repeat(
            np.arange(len(rows)), [len(row) for row in rows]
        )
    return number


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


def _parts_prose(table: Boxes, gutter: _Gutter, height: float, pictures: Boxes) -> bool:
    centre = (table[:, 1] + table[:, 3]) / 2
    inside = table[(centre >= gutter.top) & (centre <= gutter.bottom)]
    inside = _beside_no_picture(inside, gutter, height, pictures)
    before = inside[inside[:, 2] <= gutter.x]
    after = inside[inside[:, 0] >= gutter.x]
    return _is_no_river(before, after, height) and all(
        _is_prose(side, height, pictures) for side in (before, after)
    )


def _beside_no_picture(table: Boxes, gutter: _Gutter, height: float, pictures: Boxes) -> Boxes:
    """Words whose lines no picture in the gutter shortens: only they tell what it parts.

    If no such line is left, the white is the room of a picture in the midst of one column.
    """
    for x0, top, x1, bottom in pictures:
        centre = (table[:, 1] + table[:, 3]) / 2
        beside = (centre > top - _WRAP * height) & (centre < bottom + _WRAP * height)
        ends = table[beside & (table[:, 2] <= gutter.x), 2]
        begins = table[beside & (table[:, 0] >= gutter.x), 0]
        if len(ends) and len(begins) and ends.max() < (x0 + x1) / 2 < begins.min():
            table = table[~beside]
    return table


def _is_no_river(before: Boxes, after: Boxes, height: float) -> bool:
    """Whether white is more than blanks that happen to stand below each other.

    A column begins its lines at one edge, and over a few lines only it stands well apart.
    """
    if not len(before) or not len(after):
        return False
    edge = after[:, 0].min()
    rows = rows_of(after)
    at_edge = sum(1 for row in rows if after[row[0], 0] < edge + _INDENT * height)
    if at_edge < 0.5 * len(rows):
        return False
    return len(rows) >= _TALL or edge - before[:, 2].max() > _APART * height


def _is_prose(side: Boxes, height: float, pictures: Boxes) -> bool:
    """Whether a side reads like prose, or is itself made of columns of prose."""
    rows = rows_of(side)
    if len(rows) < _FEWEST_ROWS:
        return False
    width = float(side[:, 2].max() - side[:, 0].min())
    told = _within_paragraphs(side, rows)
    full = [side[row, 2].max() - side[row, 0].min() > _FILLED * width for row in told]
    dense = len(side) / len(rows) >= _WORDS_A_LINE
    filled = sum(full) > _FILLED * len(told)
    if dense and filled and width > 6 * height and not _is_table(side, rows, height):
        return True
    return len(side) >= 8 * _FEWEST_ROWS and _gutter(side, pictures) is not None


def _within_paragraphs(side: Boxes, rows: list[list[int]]) -> list[list[int]]:
    """The rows but the last of each paragraph, which may be short; all, if few are left."""
    tops = [float(side[row, 1].mean()) for row in rows]
    pitches = [after - before for before, after in pairwise(tops)]
    wide = _NEXT_PARAGRAPH * float(np.median(pitches))
    within = [row for row, pitch in zip(rows, pitches, strict=False) if pitch < wide]
    return within if len(within) >= _FEWEST_ROWS else rows


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
