"""Boxes to tick: where they stand on a page, and whether each is ticked.

A mark is ink that reaches well across the inside of a box. Specks and the noise of a fax reach
nowhere; what reaches a little is doubtful. A filled square counts only beside open boxes of
its size, for a bullet is one too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from extractor.documents.ocr.frames import Frame, frames
from extractor.documents.ocr.lines_through import goes_through
from extractor.documents.ocr.pixels import Pixels, paper
from extractor.documents.ocr.strokes import LONGEST, Dark
from extractor.record import Box

_INK_PERCENTILE = 99.0
_LEAST_INK, _BLACK = 40.0, 255.0
_DARK = 0.35
_INSET = 0.17
"""Of a side: the frame itself, its lean and its blots."""
_DARKEST_GREY = 80
_SHADE, _SHADED = 0.15, 0.75
"""Of a side: how far the shades reach that make a box look raised, and how much they cover."""
_REACH_NONE, _REACH_FULL = 0.3, 0.65
"""Of the inside: a speck stays below the one, the smallest cross of a pen reaches the other."""
_SHARE_NONE, _SHARE_FULL = 0.02, 0.08
"""Of the inside: a hairline across it covers the latter."""
_SPECK = 3
_SOLID = 0.8
_ALIKE = 1.2
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class TickBox:
    """A box in pixels of the picture looked at; `ticked` is 1 for a sure tick, 0 for none."""

    box: Box
    ticked: float


def tick_boxes(pixels: Pixels, dpi: int, *, exact: bool = False) -> list[TickBox]:
    """The boxes of a grey, upright page.

    An `exact` one is drawn from its file and not scanned: its boxes are level and clean, and a
    line that goes through a box is no mark in it for sure.
    """
    dark = _dark(pixels, dpi, _BLACK if exact else _LEAST_INK)
    found = [(frame, _inside(dark, frame)) for frame in frames(dark, dpi)]
    open_sides = [frame.side for frame, inside in found if inside.mean() < _SOLID]
    return [
        TickBox(
            _outside(frame),
            _ticked_exactly(dark, frame, inside, pixels) if exact else round(_ticked(inside), 4),
        )
        for frame, inside in found
        if inside.mean() < _SOLID or _has_like(frame, open_sides)
    ]


def _ticked_exactly(dark: Dark, frame: Frame, inside: Dark, pixels: Pixels) -> float:
    ticked = round(_ticked(_unshaded(inside, round(_SHADE * frame.side))), 4)
    doubtful = _is_grey(inside, _inside(pixels, frame)) or goes_through(dark, frame)
    return _HALF if ticked >= _HALF and doubtful else ticked


def _is_grey(inside: Dark, pixels: Pixels) -> bool:
    """Whether a box is filled, but as a form fills what is not to be ticked."""
    return bool(inside.mean() >= _SOLID and np.median(pixels) > _DARKEST_GREY)


def _unshaded(inside: Dark, most: int) -> Dark:
    """The inside of a box without the straight shades along its sides, `most` pixels each."""
    for _ in range(4):
        shaded = inside[:most].mean(axis=1) > _SHADED
        deep = int(np.flatnonzero(shaded)[-1]) + 1 if shaded.any() else 0
        inside = np.rot90(inside[deep:])
    return inside


def _dark(pixels: Pixels, dpi: int, least: float) -> Dark:
    """Where there is ink: what is a third as dark as the print, by the paper around it."""
    darkness = paper(pixels, round(2 * LONGEST * dpi / 72)) - pixels
    ink = max(float(np.percentile(darkness, _INK_PERCENTILE)), least)
    return (darkness > _DARK * ink).astype(np.uint8)


def _inside(dark: NDArray[np.uint8], frame: Frame) -> NDArray[np.uint8]:
    inset = max(2, round(_INSET * frame.side))
    return dark[
        frame.top + inset : frame.bottom + 1 - inset, frame.left + inset : frame.right + 1 - inset
    ]


def _ticked(inside: Dark) -> float:
    """From how far the largest mark reaches, and how much ink there is."""
    patches, count = ndimage.label(inside, np.ones((3, 3)))
    if not count:
        return 0.0
    sizes = np.bincount(patches.ravel())
    sizes[0] = 0
    marks = sizes[patches] > _SPECK
    share = float(marks.mean())
    return min(
        _between(_reach(marks), _REACH_NONE, _REACH_FULL),
        _between(share, _SHARE_NONE, _SHARE_FULL),
    )


def _reach(marks: NDArray[np.bool_]) -> float:
    """How far the longest mark goes, of the side; strokes that nearly touch are one."""
    patches, _ = ndimage.label(ndimage.binary_dilation(marks), np.ones((3, 3)))
    sides = [
        (place.stop - place.start - 2) / whole
        for places in ndimage.find_objects(patches)
        for place, whole in zip(places, marks.shape, strict=True)
    ]
    return max(sides, default=0.0)


def _between(value: float, none: float, full: float) -> float:
    return min(max((value - none) / (full - none), 0.0), 1.0)


def _has_like(frame: Frame, sides: Sequence[float]) -> bool:
    return any(1 / _ALIKE < frame.side / side < _ALIKE for side in sides)


def _outside(frame: Frame) -> Box:
    return float(frame.left), float(frame.top), float(frame.right + 1), float(frame.bottom + 1)
