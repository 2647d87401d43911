"""Ruled lines of a scanned page: long thin runs of dark, level or upright.

The page is looked at in little; a run may sink or lean by a few degrees. Underlines count, too:
what the rules make is for `tables` to say.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractor.documents.ocr.pixels import Pixels
from extractor.record import Box

_GRAIN = 100
"""Dots an inch at which rules are looked for."""
_SHORTEST = 36
"""Longer than the upright strokes of a big letter, and than most words are dark in one row."""
_THICKEST = 0.08
_DARK = 0.65
_COVERED = 0.3
_MOST = 1_500


def ruled_lines(pixels: Pixels, dpi: int) -> tuple[Box, ...]:
    """Boxes around the rules of a grey page, in its pixels; none if it has more than a table."""
    step = max(1, dpi // _GRAIN)
    small = _darkest(pixels, step)
    dark = small < _DARK * float(np.median(pixels[::step, ::step]))
    level = _long_runs(dark)
    upright = [(y0, x0, y1, x1) for x0, y0, x1, y1 in _long_runs(np.ascontiguousarray(dark.T))]
    found = [tuple(float(step * side) for side in box) for box in (*level, *upright)]
    return tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in found) if len(found) <= _MOST else ()


def _darkest(pixels: Pixels, step: int) -> Pixels:
    """The darkest of each square of pixels, so that thin lines are not lost."""
    height, width = (side - side % step for side in pixels.shape)
    squares = pixels[:height, :width].reshape(height // step, step, width // step, step)
    darkest: Pixels = squares.min(axis=(1, 3))
    return darkest


def _long_runs(dark: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """Boxes around thin runs along the rows; a run may step to the next row."""
    from scipy import ndimage  # noqa: PLC0415  (slow to import)

    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    kept = ndimage.minimum_filter1d(thick.view(np.uint8), _SHORTEST, axis=1)
    kept = ndimage.maximum_filter1d(kept, _SHORTEST, axis=1, origin=-1 + _SHORTEST % 2)
    patches, _ = ndimage.label(kept, structure=np.ones((3, 3)))
    boxes = []
    for number, (down, across) in enumerate(ndimage.find_objects(patches), start=1):
        patch = patches[down, across] == number
        high, long = patch.shape
        thin = np.count_nonzero(patch) <= _THICKEST * _GRAIN * long
        if high < long and thin and _stands_free(dark, patch, down.start, across.start):
            boxes.append((across.start, down.start, across.stop, down.stop))
    return boxes


def _stands_free(dark: NDArray[np.bool_], patch: NDArray[np.bool_], top: int, left: int) -> bool:
    """Whether there is white along both sides, as there is not along the strokes of letters."""
    above = top + patch.argmax(axis=0) - 1
    below = top + len(patch) - patch[::-1].argmax(axis=0)
    columns = left + np.arange(patch.shape[1])
    sides = (np.clip(side, 0, len(dark) - 1) for side in (above, below))
    return all(float(dark[side, columns].mean()) < _COVERED for side in sides)
