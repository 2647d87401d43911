"""What the engines are shown: grey pixels, turned and shrunk."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
_DARKER = 60
_MARGIN = 0.03
_BLOCK = 32


def turned(pixels: Pixels, clockwise: int) -> Pixels:
    """The picture turned by quarters."""
    return np.ascontiguousarray(np.rot90(pixels, -clockwise // 90)) if clockwise else pixels


def shrunk(pixels: Pixels, step: int) -> Pixels:
    """The mean of each square of pixels: smaller, and quicker to look at."""
    if step == 1:
        return pixels
    height, width = (side - side % step for side in pixels.shape)
    squares = pixels[:height, :width].reshape(height // step, step, width // step, step)
    smaller: Pixels = squares.mean(axis=(1, 3)).astype(np.uint8)
    return smaller


def ink_share(pixels: Pixels) -> float:
    """The share of the page that is darker than its paper, specks and edges left out."""
    small = shrunk(pixels, 2 if min(pixels.shape) > 400 else 1)
    down, across = (int(_MARGIN * side) for side in small.shape)
    inner = small[down : small.shape[0] - down, across : small.shape[1] - across]
    if inner.size == 0:
        return 0.0
    paper = int(np.median(inner))
    return float(np.mean(np.abs(inner.astype(np.int16) - paper) > _DARKER))


def paper(pixels: Pixels, block: int = _BLOCK) -> NDArray[np.int16]:
    """How bright the paper is at every place: the middle of each block, most of it bare."""
    height, width = pixels.shape
    padded = np.pad(pixels, ((0, -height % block), (0, -width % block)), mode="edge")
    blocks = padded.reshape(padded.shape[0] // block, block, padded.shape[1] // block, block)
    middle: NDArray[np.int16] = np.median(blocks, axis=(1, 3)).astype(np.int16)
    return middle.repeat(block, axis=0).repeat(block, axis=1)[:height, :width]
