"""Words that stand on one line, found from their boxes alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FLAT = 0.5

Boxes = NDArray[np.float64]
"""One word a row: left, top, right, bottom, in points."""


def rows_of(table: Boxes) -> list[list[int]]:
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
