"""Places that somebody blacked out: solid black bars as high as a line of text or more.

Not counted: rules and underlines (too thin), bars with white letters in them (not solid),
dark borders of a copy or photo (they touch the edge), dark pictures (too big or uneven).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractor.documents.ocr.pixels import Pixels, shrunk

_GRAIN = 75
"""Dots an inch at which bars are looked for."""
_SHORTEST, _LOWEST = 0.4, 0.1
_MOST_OF_PAGE = 0.25
_BLACK, _SOLID, _EVEN = 0.3, 0.92, 20.0


def blacked_out(pixels: Pixels, dpi: int) -> int:
    """How many places of a grey page are blacked out."""
    small = shrunk(pixels, max(1, dpi // _GRAIN))
    black = small < _BLACK * float(np.median(small))
    if not black.any():
        return 0
    from scipy import ndimage  # noqa: PLC0415  (most pages have no black patch)

    patches, _ = ndimage.label(black)
    return sum(
        _is_bar(small[place], patches[place] == number, place, small.shape)
        for number, place in enumerate(ndimage.find_objects(patches), start=1)
    )


def _is_bar(
    grey: Pixels, patch: NDArray[np.bool_], place: tuple[slice, slice], page: tuple[int, ...]
) -> bool:
    height, width = patch.shape
    if width < _SHORTEST * _GRAIN or height < _LOWEST * _GRAIN:
        return False
    inside = all(
        side.start > 1 and side.stop < end - 1 for side, end in zip(place, page, strict=True)
    )
    small_enough = patch.size < _MOST_OF_PAGE * page[0] * page[1]
    core = grey[1:-1, 1:-1]
    return bool(inside and small_enough and patch.mean() > _SOLID and core.std() < _EVEN)
