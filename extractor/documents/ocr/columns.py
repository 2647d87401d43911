"""Columns of a scan, each shown to the witness by itself.

Tesseract takes what stands side by side for one line; where two columns are out of step, as on
two pages copied onto one sheet, it then reads neither. Words of other columns that reach into
the picture of one, on a sheet askew, are painted over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extractor.documents import order
from extractor.documents.gutters import blocks
from extractor.documents.ocr import tesseract
from extractor.documents.ocr.pixels import Pixels
from extractor.documents.ocr.reading import OcrLine, OcrWord
from extractor.documents.rows import Boxes
from extractor.record import Box

_WHITE = 0.3
_NO_PICTURES = np.empty((0, 4))


def witnessed(pixels: Pixels, dpi: int, lines: Sequence[OcrLine], slope: float) -> list[OcrWord]:
    """The words that Tesseract sees on a page of these lines, column by column if it has any."""
    boxes = [word.box for line in lines for word in line.words]
    parts = _columns(boxes, slope) if boxes else []
    if not parts:
        return tesseract.words(pixels, dpi)
    table = np.asarray(boxes, dtype=np.float64)
    return [word for part in parts for word in _of_part(pixels, dpi, table, part)]


def _columns(boxes: Sequence[Box], slope: float) -> list[NDArray[np.intp]]:
    """The blocks of a page, if any two of them stand side by side."""
    table = order.level(boxes, slope)
    everything = np.arange(len(table))
    parts = blocks(table, everything, _NO_PICTURES, np.ones(len(table), dtype=bool))
    tops = [table[part, 1].min() for part in parts]
    bottoms = [table[part, 3].max() for part in parts]
    follow = all(bottom <= top + 1 for bottom, top in zip(bottoms, tops[1:], strict=False))
    return [] if follow else parts


def _of_part(pixels: Pixels, dpi: int, table: Boxes, part: NDArray[np.intp]) -> Iterator[OcrWord]:
    left, top, right, bottom = _room(pixels, table, part)
    seen = pixels[top:bottom, left:right].copy()
    paper = int(np.median(seen))
    for x0, y0, x1, y1 in np.delete(table, part, axis=0).astype(int).tolist():
        if x1 > left and x0 < right and y1 > top and y0 < bottom:
            rows = slice(max(y0 - top, 0), max(y1 - top, 0))
            seen[rows, max(x0 - left, 0) : max(x1 - left, 0)] = paper
    for word in tesseract.words(seen, dpi):
        x0, y0, x1, y1 = word.box
        yield replace(word, box=(x0 + left, y0 + top, x1 + left, y1 + top))


def _room(pixels: Pixels, table: Boxes, part: NDArray[np.intp]) -> tuple[int, int, int, int]:
    """The place of a block and half of the white around it, to the edge where none follows."""
    height, width = pixels.shape
    own, others = table[part], np.delete(table, part, axis=0)
    (x0, y0), (x1, y1) = own[:, :2].min(axis=0).tolist(), own[:, 2:].max(axis=0).tolist()
    white = _WHITE * float(np.median(own[:, 3] - own[:, 1]))
    beside = others[(others[:, 3] > y0) & (others[:, 1] < y1)]
    across = others[(others[:, 2] > x0) & (others[:, 0] < x1)]
    left = _before(beside[beside[:, 0] < x0, 2], x0, white)
    top = _before(across[across[:, 1] < y0, 3], y0, white)
    right = -_before(-beside[beside[:, 2] > x1, 0], -x1, white, -width)
    bottom = -_before(-across[across[:, 3] > y1, 1], -y1, white, -height)
    return int(left), int(top), int(right), int(bottom)


def _before(others: NDArray[np.float64], own: float, white: float, edge: float = 0.0) -> float:
    """The middle between a block and the nearest of the others, no nearer than some white."""
    if not len(others):
        return edge
    return max(edge, min((float(others.max()) + own) / 2, own - white))
