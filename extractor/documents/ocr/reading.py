"""What an OCR engine read: words in pixels, with a confidence from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.record import Box


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word in the pixels of the picture that was read.

    `other` is how the other engine read it, where that differs; `slant` is how far it runs
    clockwise of the lines of its page, in degrees.
    """

    text: str
    box: Box
    confidence: float
    other: str | None = None
    slant: float = 0.0


@dataclass(frozen=True, slots=True)
class Spelt:
    """A word of a picture that is one line; its sides are from 0 to 1 along the picture."""

    text: str
    start: float
    end: float
    confidence: float


@dataclass(frozen=True, slots=True)
class OcrLine:
    """A line as the engine saw it, its words from left to right.

    `before` is how the engine read it first, where it read it twice.
    """

    words: tuple[OcrWord, ...]
    box: Box
    slope: float = 0.0
    before: tuple[OcrWord, ...] = ()


@dataclass(frozen=True, slots=True)
class OcrPage:
    """A page as both engines together read it.

    Boxes are in pixels of the picture as filed. `agreement` is the share of words on which
    the engines agree (None with one engine); `witness` is Tesseract's own mean confidence;
    `redactions` is how many places are blacked out, `written` how many words stand in lines
    that look written by hand, `rules` are boxes around ruled lines, `pictures` around pictures.
    """

    words: tuple[OcrWord, ...]
    turn: int = 0
    slope: float = 0.0
    agreement: float | None = None
    witness: float | None = None
    ink: float = 0.0
    redactions: int = 0
    written: int = 0
    rules: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()

    def confidence(self) -> float | None:
        """Mean confidence of the words, longer words counting more."""
        weights = [max(len(word.text), 1) for word in self.words]
        if not weights:
            return None
        return mean([word.confidence for word in self.words], weights)


def mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """The weighted mean."""
    total = sum(value * weight for value, weight in zip(values, weights, strict=True))
    return total / sum(weights)
