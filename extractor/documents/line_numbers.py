"""Line numbers of transcripts and pleadings: they make no column of a page.

Invariant: a column of numbers counts lines if most are one more than the number above, or begin
again at one, as where two pages stand below each other on a sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np

from extractor.documents.rows import Boxes

__all__ = ["line_numbers"]

_FEWEST = 8
_IN_LINE = 0.9
"""How far apart the right edges of one column are, in heights of a line: 9 stands above 10."""
_MOST = 0.8


def line_numbers(table: Boxes, numbers: Mapping[int, int]) -> list[int]:
    """The words that number lines, of those that are a number alone."""
    if len(numbers) < _FEWEST:
        return []
    members = np.array(sorted(numbers, key=lambda index: float(table[index, 2])))
    height = float(np.median(table[members, 3] - table[members, 1]))
    apart = np.flatnonzero(np.diff(table[members, 2]) > _IN_LINE * height) + 1
    columns = np.split(members, apart)
    return [index for column in columns for index in _counting(column.tolist(), table, numbers)]


def _counting(column: list[int], table: Boxes, numbers: Mapping[int, int]) -> Iterator[int]:
    """The numbers of a column, if they count."""
    down = sorted(column, key=lambda index: float(table[index, 1]))
    steps = [numbers[after] in {numbers[one] + 1, 1} for one, after in pairwise(down)]
    if len(down) >= _FEWEST and sum(steps) >= _MOST * len(steps):
        yield from down
