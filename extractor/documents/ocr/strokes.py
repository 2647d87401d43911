"""Short straight strokes of a page, upright or level: the sides of boxes are among them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Dark = NDArray[np.uint8]
"""1 where a page has ink."""
Strokes = NDArray[np.int64]
"""Rows of: where across, how thick, from where along, to where along; in pixels."""
SHORTEST, LONGEST = 6.5, 17.0
"""Sides of boxes in points; USCIS forms print boxes of 7 to 11."""
LEAN = 0.03
"""How far a side may lean, of its length: a skew of 1.7 degrees, or of 3 to either side."""
_GAP = 0.8
"""Points that a worn or faxed side may break off for."""
_MOST = 20_000
"""More are a pattern or a halftone, and no form."""
_STRAIGHT = 0.85
_NONE: Strokes = np.empty((0, 4), np.int64)


def upright_strokes(dark: Dark, dpi: int) -> Strokes:
    """Strokes that stand: across is to the right, along is down. Level ones: of `dark.T`."""
    long, gap = _odd(_STRAIGHT * SHORTEST * dpi / 72), _odd(_GAP * dpi / 72)
    whole = ndimage.minimum_filter1d(ndimage.maximum_filter1d(dark, gap, 0), gap, 0)
    straight = ndimage.maximum_filter1d(ndimage.minimum_filter1d(whole, long, 0), long, 0)
    patches, count = ndimage.label(straight, np.ones((3, 3)))
    if not 0 < count <= _MOST:
        return _NONE
    rows = list(_measured(patches, _STRAIGHT * SHORTEST * dpi / 72, LONGEST * dpi / 72))
    return np.array(rows, np.int64) if rows else _NONE


def _odd(pixels: float) -> int:
    return max(1, int(pixels)) | 1


def _measured(
    patches: NDArray[np.int32], least: float, most: float
) -> Iterator[tuple[int, int, int, int]]:
    """The stem of each patch: a pen that crosses it makes the patch wider, not the stem."""
    for number, (down, across) in enumerate(ndimage.find_objects(patches), start=1):
        if not least <= down.stop - down.start <= 2 * most:
            continue
        patch = patches[down, across] == number
        inked = patch.sum(axis=0)
        stem = np.flatnonzero(inked >= _STRAIGHT * inked.max())
        lean = 1 + round(LEAN * len(patch))
        first, last = int(stem[0]), int(stem[-1])
        rows = np.flatnonzero(patch[:, max(first - lean, 0) : last + lean + 1].any(axis=1))
        start, end = down.start + int(rows[0]), down.start + int(rows[-1])
        if least <= end - start + 1 <= most:
            yield across.start + (first + last) // 2, last - first + 1, start, end
