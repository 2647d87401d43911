"""Captions of court papers: the parties, a column of brackets, the number of the case.

Invariant: a column of brackets stands for a rule. What is left of it is read before what is
right of it, and the brackets are not read; without text on both sides they part nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
from numpy.typing import NDArray

from extractor.documents.rows import Boxes, rows_of
from extractor.documents.tables import Table

SIGNS = frozenset({")", "]", "}", "§", "(", "|"})
"""What stands below itself between the parties and the case."""
READ_AS_SIGNS = SIGNS | {"s", "S", "l", "J"}
"""What OCR makes of them. It takes a rule for a 1 too, but a column of ones may be hours."""
_FEWEST = 4
_IN_LINE = 0.6
_NEXT = 2.8
"""From one bracket to the next, in heights of a line: captions are set wide at most."""
_WIDE = 6.0
_NEXT_LINE = 0.9
"""From the edge of what is beside to the middle of the next line that still is."""
_ROOM = 0.5


def found(table: Boxes, members: NDArray[np.intp], signs: Collection[int]) -> list[Table]:
    """The captions on a page; `signs` are the words that are one of `SIGNS` alone."""
    among = members[np.isin(members, list(signs))]
    if len(among) < _FEWEST:
        return []
    height = float(np.median(table[members, 3] - table[members, 1]))
    captions = (_caption(table, members, run, height) for run in _runs(table, among, height))
    return [caption for caption in captions if caption is not None]


def _runs(table: Boxes, among: NDArray[np.intp], height: float) -> Iterator[NDArray[np.intp]]:
    """Signs below each other, each a line or two below the one before."""
    middles = (table[among, 0] + table[among, 2]) / 2
    order = np.argsort(middles, kind="stable")
    apart = np.flatnonzero(np.diff(middles[order]) > _IN_LINE * height) + 1
    for column in np.split(among[order], apart):
        down = column[np.argsort(table[column, 1], kind="stable")]
        breaks = np.flatnonzero(np.diff(table[down, 1]) > _NEXT * height) + 1
        yield from (run for run in np.split(down, breaks) if len(run) >= _FEWEST)


def _caption(
    table: Boxes, members: NDArray[np.intp], run: NDArray[np.intp], height: float
) -> Table | None:
    """The words on both sides of a run of signs, if it has both and none crosses it."""
    x = float(np.median(table[run, 0] + table[run, 2])) / 2
    others = members[~np.isin(members, run)]
    is_left = table[others, 2] < x + _ROOM * height
    is_right = ~is_left & (table[others, 0] > x - _ROOM * height)
    beside = _beside(table[others], is_left | is_right, table[run], height)
    left, right = others[beside & is_left], others[beside & is_right]
    if not beside.any() or not len(right) or not len(left):
        return None
    if len(rows_of(table[left])) < 2 or np.ptp(table[left][:, 0::2]) < _WIDE * height:
        return None
    return Table(((tuple(left.tolist()), tuple(right.tolist())),), tuple(run.tolist()))


def _beside(
    words: Boxes, is_aside: NDArray[np.bool_], run: Boxes, height: float
) -> NDArray[np.bool_]:
    """Which words stand beside the signs: also in the lines next to them, for OCR misses signs.

    None, if a word crosses the signs.
    """
    centre = (words[:, 1] + words[:, 3]) / 2
    top, bottom = run[0, 1], run[-1, 3]
    if not is_aside[(centre > top) & (centre < bottom)].all():
        return np.zeros(len(words), dtype=bool)
    rows = [(float(centre[row].mean()), bool(is_aside[row].all())) for row in rows_of(words)]
    for middle, parted in reversed([row for row in rows if row[0] <= top]):
        if not parted or top - middle > _NEXT_LINE * height:
            break
        top = middle - _ROOM * height
    for middle, parted in (row for row in rows if row[0] >= bottom):
        if not parted or middle - bottom > _NEXT_LINE * height:
            break
        bottom = middle + _ROOM * height
    beside: NDArray[np.bool_] = (centre > top) & (centre < bottom)
    return beside
