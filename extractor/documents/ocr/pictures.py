"""Pictures on a scanned page: patches darker than print, on which hardly a word stands.

What they are for: text that flows round a picture (see `gutters`). Not counted: the dark
border of a copy (it touches the edge), bars that black something out (too low), shadows and
stained paper (words stand on them).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractor.documents.ocr.pixels import Pixels, shrunk
from extractor.record import Box

_GRAIN = 75
"""Dots an inch at which pictures are looked for."""
_SMOOTH = 0.2
"""Inches over which darkness is averaged: more than a line of print is high."""
_DARK = 0.72
"""Of the paper's brightness: print with its white around it stays above, even in thick ink."""
_LEAST = 0.6
_FILLED = 0.7
_MOST_OF_PAGE = 0.6
_MOST_WORDS = 3


def pictured(pixels: Pixels, dpi: int, words: Sequence[Box]) -> tuple[Box, ...]:
    """Boxes around the pictures of a grey page, in its pixels; `words` are boxes of its words."""
    step = max(1, dpi // _GRAIN)
    small = shrunk(pixels, step).astype(np.float32)
    if float(small.min()) >= _DARK * float(np.median(small)):
        return ()
    from scipy import ndimage  # noqa: PLC0415  (slow to import)

    smooth = ndimage.uniform_filter(small, round(_SMOOTH * _GRAIN), mode="nearest")
    patches, _ = ndimage.label(smooth < _DARK * float(np.median(small)))
    found = []
    for number, place in enumerate(ndimage.find_objects(patches), start=1):
        filled = float((patches[place] == number).mean())
        if filled > _FILLED and _is_big_inside(place, small.shape):
            down, across = place
            box = (across.start, down.start, across.stop, down.stop)
            found.append(tuple(float(step * side) for side in box))
    boxes: list[Box] = [(x0, top, x1, bottom) for x0, top, x1, bottom in found]
    return tuple(box for box in boxes if _words_on(box, words) <= _MOST_WORDS)


def _is_big_inside(place: tuple[slice, slice], page: tuple[int, ...]) -> bool:
    high, wide = (side.stop - side.start for side in place)
    inside = all(
        side.start > 1 and side.stop < end - 1 for side, end in zip(place, page, strict=True)
    )
    least = _LEAST * _GRAIN
    return inside and min(high, wide) >= least and high * wide < _MOST_OF_PAGE * page[0] * page[1]


def _words_on(box: Box, words: Sequence[Box]) -> int:
    """How many words have their middle on a picture."""
    x0, top, x1, bottom = box
    middles = (((w[0] + w[2]) / 2, (w[1] + w[3]) / 2) for w in words)
    return sum(x0 <= x <= x1 and top <= y <= bottom for x, y in middles)
