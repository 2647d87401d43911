"""Lines that go through a box to tick and on: the frame of a stamp, a page struck out.

A pen that ticks a box may run out of it on one side, hardly on two that face each other. Where
the mark and its frame hang together with such a line, nobody can tell the mark from it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from extractor.documents.ocr.frames import Frame
from extractor.documents.ocr.strokes import Dark

_FAR = 2.5
"""Sides of a box; a generous pen runs over it by one, and may touch a word there."""


def goes_through(dark: Dark, frame: Frame) -> bool:
    """Whether ink that hangs together with a box goes far beyond two opposite sides of it."""
    far = round(_FAR * frame.side)
    top, left = max(frame.top - far, 0), max(frame.left - far, 0)
    around = dark[top : frame.bottom + far + 1, left : frame.right + far + 1]
    patches, _ = ndimage.label(around, np.ones((3, 3)))
    inner = patches[frame.top - top : frame.bottom + 1 - top, frame.left - left :]
    own = np.unique(inner[:, : frame.right + 1 - frame.left])
    ink: NDArray[np.bool_] = np.isin(patches, own[own > 0])
    across = ink[:, 0].any() and ink[:, -1].any()
    return bool(across or (ink[0].any() and ink[-1].any()))
