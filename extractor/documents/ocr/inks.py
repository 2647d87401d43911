"""A page scanned in colour, parted into its print and the coloured ink that lies across it.

Ink lets one part of the light through that print does not: where the ink is red the print under
it is black in the red channel, and the ink itself is nearly white there. Invariant: without
coloured ink that touches print a page stays whole, so answers in blue are read as they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.documents.ocr.pixels import Pixels, shrunk
from extractor.documents.ocr.reading import OcrWord
from extractor.record import Box

_GRAIN = 150
"""Dots an inch at which ink is looked for: coloured fringes of black letters are gone there."""
_COLOURED = 45
"""How much darker in one channel than in another: prints and copies in grey stay below 25."""
_DARK = 110
"""How much darker than the paper in all channels print is; coloured inks stay below."""
_REACH = 0.15
"""Inches between pieces of ink that belong together: the letters and lines of a stamp."""
_LEAST_INK = 0.02
"""Square inches of ink of the least stamp: eight letters of eight points; ticks have less."""
_CONTACT = 0.02
"""Share of the ink that has print beside it where a stamp lies across lines."""
_THICK, _FILLED = 0.1, 0.3
"""Inches that no stroke of a stamp is thick, and share of the ink that may be: a marker over print
and a picture are thick nearly everywhere."""
_RULE = 0.4
"""Inches: what is black for so long without a gap is a ruled line, on which answers stand."""
_STROKE = 5
"""Pixels of a stroke of print at the least, by which it parts the ink that it lies on."""
_PRINT, _PALEST = 0.37, 0.1
"""Share of the light that print lets through at most, also where it is blurred, and share of the
ink that may be left darker than paper: its edges, from which JPEG takes the colour."""
_AROUND = 1 / 25
"""Inches around ink in which its paler edge is taken away, too."""
LEVEL = 0.01
"""Degrees: the slant of words that run with the lines of a page and yet are none of them."""

_Flags = NDArray[np.bool_]
_Colours = NDArray[np.uint8]
"""Rows of pixels of red, green and blue."""


@dataclass(frozen=True)
class Parted:
    """Print and ink of a page, both grey on white, and boxes around the places with ink."""

    print: Pixels
    ink: Pixels
    places: tuple[Box, ...]


def grey(colours: _Colours) -> Pixels:
    """The page in grey, as the confined reader draws it: ITU-R BT.601, in hundredths."""
    red, green, blue = (colours[:, :, n].astype(np.uint16) for n in range(3))
    pixels: Pixels = ((30 * red + 59 * green + 11 * blue) // 100).astype(np.uint8)
    return pixels


def parted(colours: _Colours, dpi: int) -> Parted | None:
    """Print and ink of a page; None where no ink lies across print."""
    step = max(1, round(dpi / _GRAIN))
    small = np.stack([shrunk(colours[:, :, n], step) for n in range(3)], axis=2).astype(np.int16)
    darker = np.median(small, axis=(0, 1)) - small
    tinted = darker.max(axis=2) - darker.min(axis=2) > _COLOURED
    if not tinted.any():
        return None
    print_ = darker.min(axis=2) > _DARK
    places = _places(tinted & ~print_, print_, dpi / step)
    if not places:
        return None
    boxes = [_box(place, step) for place in places]
    return Parted(*_layers(colours, boxes, dpi), tuple(boxes))


def _places(tinted: _Flags, print_: _Flags, grain: float) -> list[tuple[slice, slice]]:
    """Where coloured ink lies across print."""
    from scipy import ndimage  # noqa: PLC0415  (slow to import)

    reach, thick, rule = (round(inches * grain) for inches in (_REACH, _THICK, _RULE))
    patches, _ = ndimage.label(ndimage.maximum_filter(tinted, size=2 * reach + 1))
    ruled = ndimage.binary_opening(print_, np.ones((1, rule)))
    letters = print_ & ~ndimage.binary_dilation(ruled, iterations=1)
    beside = ndimage.binary_dilation(tinted, iterations=2) & letters
    solid = ndimage.minimum_filter(tinted | print_, size=thick) & tinted
    found = []
    for number, place in enumerate(ndimage.find_objects(patches), start=1):
        own = patches[place] == number
        ink, contact, filled = (int((f[place] & own).sum()) for f in (tinted, beside, solid))
        if ink >= _LEAST_INK * grain**2 and contact >= _CONTACT * ink and filled < _FILLED * ink:
            found.append(place)
    return found


def _box(place: tuple[slice, slice], step: int) -> Box:
    down, across = place
    return (
        float(across.start * step),
        float(down.start * step),
        float(across.stop * step),
        float(down.stop * step),
    )


def _layers(colours: _Colours, boxes: list[Box], dpi: int) -> tuple[Pixels, Pixels]:
    """The page without the ink in some places, and the ink alone."""
    paper = np.median(colours[::4, ::4], axis=(0, 1)).astype(np.float32)  # half the memory
    without, alone = grey(colours), np.full(colours.shape[:2], 255, np.uint8)
    for x0, top, x1, bottom in boxes:
        place = slice(int(top), int(bottom)), slice(int(x0), int(x1))
        without[place], alone[place] = _split(colours[place], paper, without[place], dpi)
    return without, alone


def _split(
    colours: _Colours, paper: NDArray[Any], whole: Pixels, dpi: int
) -> tuple[Pixels, Pixels]:
    from scipy import ndimage  # noqa: PLC0415  (slow to import)

    light = colours / paper
    clear = light.max(axis=2)
    tint = clear - light.min(axis=2)
    strong = tint > 2 * _COLOURED / 255
    near = ndimage.maximum_filter(tint > _COLOURED / 255, size=max(3, round(dpi * _AROUND)))
    bare = _COLOURED / 255
    faint = clear[(tint > bare) & (clear > _PRINT)]
    through = float(np.quantile(faint, _PALEST)) if faint.size else 1.0
    white = float(np.median(whole))
    freed = np.clip(white * clear / through, 0, white).astype(np.uint8)
    without: Pixels = np.where(near, np.maximum(freed, whole), whole).astype(np.uint8)
    closed = ndimage.grey_closing(tint, size=(max(_STROKE, dpi // 40),) * 2)
    most = float(np.median(tint[strong])) if strong.any() else 1.0
    share = np.clip((closed - bare) / max(most - bare, bare), 0, 1)
    alone: Pixels = (255.0 * (1.0 - share)).astype(np.uint8)
    return without, alone


def set_apart(
    words: Sequence[OcrWord], printed: Sequence[OcrWord], places: Sequence[Box]
) -> list[OcrWord]:
    """The words in ink, place by place, each once though places overlap as slanted stamps do."""
    found, left = [], list(words)
    for place in places:
        found += _of_place([word for word in left if _holds(place, word.box)], printed)
        left = [word for word in left if not _holds(place, word.box)]
    return found


def _of_place(own: list[OcrWord], printed: Sequence[OcrWord]) -> list[OcrWord]:
    """The words of one place; where some lie on print, none of them stands in its lines."""
    if not any(_lie_on_each_other(word.box, other.box) for word in own for other in printed):
        return own
    return [word if word.slant else replace(word, slant=LEVEL) for word in own]


def _lie_on_each_other(box: Box, other: Box) -> bool:
    return _holds(box, other) or _holds(other, box)


def _holds(box: Box, other: Box) -> bool:
    """Whether the middle of another box lies in a box."""
    x, y = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
