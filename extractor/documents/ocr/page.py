"""One page of pixels becomes words: upright first, then read, then witnessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extractor.documents import order
from extractor.documents.ocr import inks, slants, tesseract
from extractor.documents.ocr.again import read_again
from extractor.documents.ocr.agreement import Verdict, judge
from extractor.documents.ocr.boxed import with_boxes
from extractor.documents.ocr.columns import witnessed
from extractor.documents.ocr.habits import put_right
from extractor.documents.ocr.hand import mean_confidence
from extractor.documents.ocr.marks import doubted
from extractor.documents.ocr.pictures import pictured
from extractor.documents.ocr.pixels import Pixels, ink_share, shrunk, turned
from extractor.documents.ocr.rapid import RapidEngine
from extractor.documents.ocr.reading import OcrLine, OcrPage, OcrWord
from extractor.documents.ocr.redactions import blacked_out
from extractor.documents.ocr.rules import ruled_lines
from extractor.documents.ocr.showthrough import left_over, shines_through, wiped
from extractor.documents.ocr.ticks import tick_boxes
from extractor.documents.settings import Engines

_BLANK_INK = 4e-5
_SMALL_DPI = 150
_UPSIDE_DOWN = 0.7


class PageReader:
    """The engines that a process keeps, loaded when the first page needs them."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._rapid: RapidEngine | None = None

    def read(self, pixels: Pixels, dpi: int) -> OcrPage:
        """The words of a picture in its own pixels: grey, or rows of red, green and blue."""
        layers = inks.parted(pixels, dpi) if pixels.ndim > 2 else None
        whole = inks.grey(pixels) if pixels.ndim > 2 else pixels
        ink = ink_share(whole)
        if ink < _BLANK_INK:
            return OcrPage((), ink=ink)
        page = self._upright(layers.print if layers else whole, dpi)
        if layers is not None:
            page = self._with_ink(page, layers, dpi)
        seen = with_boxes(page.words, tick_boxes(turned(whole, page.turn), dpi))
        height, width = whole.shape
        boxes = order.as_filed([word.box for word in seen], page.turn, width, height)
        words = tuple(replace(w, box=box) for w, box in zip(seen, boxes, strict=True))
        page = replace(page, words=words, ink=ink, redactions=blacked_out(whole, dpi))
        pictures = pictured(whole, dpi, boxes)
        return replace(page, rules=ruled_lines(whole, dpi), pictures=pictures)

    def _upright(self, pixels: Pixels, dpi: int) -> OcrPage:
        """The words of a grey picture once it is turned upright, in the pixels of that."""
        turn = self._turn(pixels, dpi)
        upright = turned(pixels, turn)
        lines: list[OcrLine] = []
        if self._engines is not Engines.TESSERACT:
            lines = self._engine().lines(upright)
            further, lines = self._better_turn(upright, lines)
            turn = (turn + further) % 360
            upright = turned(upright, further)
        return replace(self._weighed(upright, dpi, lines), turn=turn)

    def _with_ink(self, page: OcrPage, layers: inks.Parted, dpi: int) -> OcrPage:
        """An upright page with the words in coloured ink, those that lie on print set apart."""
        pixels = turned(layers.ink, page.turn)
        alone = self._engines is Engines.TESSERACT
        lines = [] if alone else self._engine().lines(pixels)
        words = self._weighed(pixels, dpi, lines, page.slope).words
        height, width = layers.ink.shape
        places = order.upright(layers.places, page.turn, width, height)
        return replace(page, words=(*page.words, *inks.set_apart(words, page.words, places)))

    def _turn(self, pixels: Pixels, dpi: int) -> int:
        if self._engines is Engines.RAPIDOCR:
            return 0
        step = max(1, dpi // _SMALL_DPI)
        return tesseract.turn(shrunk(pixels, step), dpi // step)

    def _better_turn(self, pixels: Pixels, lines: list[OcrLine]) -> tuple[int, list[OcrLine]]:
        """Another turn of a page on which Tesseract saw none, if it reads much better so."""
        best = 0, lines
        for turn in _turns_to_try(lines):
            other = self._engine().lines(turned(pixels, turn))
            if _legibility(other) > 1.3 * _legibility(best[1]):
                best = turn, other
        return best

    def _weighed(
        self, pixels: Pixels, dpi: int, lines: list[OcrLine], slope: float | None = None
    ) -> OcrPage:
        """The words of lines, weighed by the witness; `slope` is that of the page, if known."""
        if self._engines is Engines.TESSERACT:
            alone = tesseract.lines(pixels, dpi)
            words = tuple(word for line in alone for word in line)
            return OcrPage(words, slope=tesseract.slope(alone), witness=mean_confidence(words))
        slope = _slope(lines) if slope is None else slope
        lines = slants.noted(lines, slope)
        if self._engines is Engines.RAPIDOCR:
            return OcrPage(tuple(word for line in lines for word in line.words), slope=slope)
        witness = witnessed(pixels, dpi, lines, slope)
        lines = self._of_this_side(pixels, lines, witness)
        verdict = judge(lines, witness, self._engine().signs())
        kept = self._second_look(pixels, lines, witness, verdict)
        doubtful = doubted(pixels, kept, slope)
        seen = put_right(doubtful, verdict.agreement)
        touched = sum(one is not other for one, other in zip(doubtful, seen, strict=True))
        written = max(verdict.written, touched)
        return OcrPage(seen, 0, slope, verdict.agreement, verdict.witness, written=written)

    def _second_look(
        self,
        pixels: Pixels,
        lines: Sequence[OcrLine],
        witness: Sequence[OcrWord],
        verdict: Verdict,
    ) -> tuple[OcrWord, ...]:
        """The words, after doubted lines are read once more; a hand shows in the first look."""
        if not verdict.doubted:
            return verdict.words
        engine = self._engine()
        again = read_again(pixels, lines, verdict.doubted, engine.spelt)
        return judge(again, witness, engine.signs()).words

    def _of_this_side(
        self, pixels: Pixels, lines: list[OcrLine], witness: Sequence[OcrWord]
    ) -> list[OcrLine]:
        """The lines, read again where the back of the sheet shines through."""
        if not shines_through(pixels, lines, witness, self._engine().line):
            return lines
        again = self._engine().lines(wiped(pixels))
        again = slants.noted(again, _slope(again))
        return [*again, *left_over(lines, again)]

    def _engine(self) -> RapidEngine:
        if self._rapid is None:
            self._rapid = RapidEngine()
        return self._rapid


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


def _slope(lines: Sequence[OcrLine]) -> float:
    """How far the lines of a page sink; only long lines can tell."""
    slopes = [
        line.slope
        for line in lines
        if line.box[2] - line.box[0] > 8 * (line.box[3] - line.box[1]) and abs(line.slope) < 0.2
    ]
    slope = float(np.median(slopes)) if slopes else 0.0
    return slope if abs(slope) > 0.002 else 0.0
