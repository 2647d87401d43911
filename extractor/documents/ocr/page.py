"""One page of pixels becomes words: upright first, then read, then witnessed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractor.documents import order
from extractor.documents.ocr import tesseract
from extractor.documents.ocr.agreement import judge, mean_confidence
from extractor.documents.ocr.rapid import RapidEngine
from extractor.documents.ocr.reading import OcrLine, OcrPage, OcrWord
from extractor.documents.settings import Engines

Pixels = NDArray[np.uint8]
_BLANK_INK = 4e-5
_DARKER = 60
_MARGIN = 0.03
_SMALL_DPI = 150
_UPSIDE_DOWN = 0.7


class PageReader:
    """The engines that a process keeps, loaded when the first page needs them."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._rapid: RapidEngine | None = None

    def read(self, pixels: Pixels, dpi: int) -> OcrPage:
        """The words of a grey picture, in its own pixels."""
        ink = ink_share(pixels)
        if ink < _BLANK_INK:
            return OcrPage((), ink=ink)
        turn = self._turn(pixels, dpi)
        upright = _turned(pixels, turn)
        lines: list[OcrLine] = []
        if self._engines is not Engines.TESSERACT:
            lines = self._rapid_lines(upright)
            further, lines = self._better_turn(upright, lines)
            turn = (turn + further) % 360
            upright = _turned(upright, further)
        page = self._weighed(upright, dpi, lines)
        height, width = pixels.shape
        boxes = order.as_filed([word.box for word in page.words], turn, width, height)
        words = tuple(
            OcrWord(word.text, box, word.confidence)
            for word, box in zip(page.words, boxes, strict=True)
        )
        return OcrPage(words, turn, page.slope, page.agreement, page.witness, ink)

    def _turn(self, pixels: Pixels, dpi: int) -> int:
        if self._engines is Engines.RAPIDOCR:
            return 0
        step = max(1, dpi // _SMALL_DPI)
        return tesseract.turn(_shrunk(pixels, step), dpi // step)

    def _better_turn(self, pixels: Pixels, lines: list[OcrLine]) -> tuple[int, list[OcrLine]]:
        """Another turn of a page on which Tesseract saw none, if it reads much better so."""
        best = 0, lines
        for turn in _turns_to_try(lines):
            other = self._rapid_lines(_turned(pixels, turn))
            if _legibility(other) > 1.3 * _legibility(best[1]):
                best = turn, other
        return best

    def _weighed(self, pixels: Pixels, dpi: int, lines: list[OcrLine]) -> OcrPage:
        if self._engines is Engines.TESSERACT:
            words = tesseract.words(pixels, dpi)
            return OcrPage(tuple(words), witness=mean_confidence(words))
        slope = _slope(lines)
        if self._engines is Engines.RAPIDOCR:
            return OcrPage(tuple(word for line in lines for word in line.words), slope=slope)
        signs = self._rapid.signs() if self._rapid else frozenset()
        verdict = judge(lines, tesseract.words(pixels, dpi), signs)
        return OcrPage(verdict.words, 0, slope, verdict.agreement, verdict.witness)

    def _rapid_lines(self, pixels: Pixels) -> list[OcrLine]:
        if self._rapid is None:
            self._rapid = RapidEngine()
        return self._rapid.lines(pixels)


def _turned(pixels: Pixels, clockwise: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(pixels, -clockwise // 90)) if clockwise else pixels


def _turns_to_try(lines: Sequence[OcrLine]) -> tuple[int, ...]:
    """Sideways where most lines stand on end, upside down where hardly a word is sure."""
    long_words = [line for line in lines if sum(len(word.text) for word in line.words) > 3]
    on_end = [x for x in long_words if x.box[3] - x.box[1] > 1.5 * (x.box[2] - x.box[0])]
    if len(on_end) > 0.5 * len(long_words):
        return (90, 270)
    words = [word for line in lines for word in line.words]
    if len(words) >= 8 and _legibility(lines) < _UPSIDE_DOWN * sum(len(w.text) for w in words):
        return (180,)
    return ()


def _legibility(lines: Sequence[OcrLine]) -> float:
    """How many letters were read, counted by how surely."""
    return sum(len(word.text) * word.confidence for line in lines for word in line.words)


def _shrunk(pixels: Pixels, step: int) -> Pixels:
    """The mean of each square of pixels: smaller, and quicker to look at."""
    if step == 1:
        return pixels
    height, width = (side - side % step for side in pixels.shape)
    squares = pixels[:height, :width].reshape(height // step, step, width // step, step)
    smaller: Pixels = squares.mean(axis=(1, 3)).astype(np.uint8)
    return smaller


def ink_share(pixels: Pixels) -> float:
    """The share of the page that is darker than its paper, specks and edges left out."""
    small = _shrunk(pixels, 2 if min(pixels.shape) > 400 else 1)
    down, across = (int(_MARGIN * side) for side in small.shape)
    inner = small[down : small.shape[0] - down, across : small.shape[1] - across]
    if inner.size == 0:
        return 0.0
    paper = int(np.median(inner))
    return float(np.mean(np.abs(inner.astype(np.int16) - paper) > _DARKER))


def _slope(lines: Sequence[OcrLine]) -> float:
    """How far the lines of a page sink; only long lines can tell."""
    slopes = [
        line.slope
        for line in lines
        if line.box[2] - line.box[0] > 8 * (line.box[3] - line.box[1]) and abs(line.slope) < 0.2
    ]
    slope = float(np.median(slopes)) if slopes else 0.0
    return slope if abs(slope) > 0.002 else 0.0
