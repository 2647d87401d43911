"""Lines that look written by hand, also where most of a page is printed.

On print the two engines agree on nearly every word even under a fax's noise; on a hand the
witness fails almost wholly and knows it, while the reading engine guesses on. Both signs are
asked for: the engines hardly agree, and the witness is unsure or sees nothing at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.documents.ocr.reading import OcrWord, mean

_FEWEST_WORDS = 3
_MOST_AGREED = 0.34
_SURE_WITNESS = 0.6
_SURE_READING = 0.9
_DOUBTED, _DOUBTFUL_WITNESS = 0.8, 0.8
_FEWEST_ON_PAGE, _LEAST_SHARE = 8, 0.05


def looks_written(
    reading: Sequence[OcrWord], witness: Sequence[OcrWord], agreed: Sequence[float]
) -> bool:
    """Whether a line with these words, which agree so far, looks written by hand."""
    if len(agreed) < _FEWEST_WORDS or sum(agreed) > _MOST_AGREED * len(agreed):
        return False
    if witness:
        return (mean_confidence(witness) or 0.0) < _SURE_WITNESS
    return (mean_confidence(reading) or 0.0) < _SURE_READING


def worth_another_look(witness: Sequence[OcrWord], agreed: Sequence[float]) -> bool:
    """Whether a line is read so differently that it is read again: of print hardly one is."""
    if len(agreed) < _FEWEST_WORDS or sum(agreed) > _DOUBTED * len(agreed):
        return False
    return (mean_confidence(witness) or 0.0) < _DOUBTFUL_WITNESS


def enough(written: int, words: int) -> bool:
    """Whether so many words in written lines make a page one with handwriting."""
    return written >= max(_FEWEST_ON_PAGE, _LEAST_SHARE * words)


def mean_confidence(words: Sequence[OcrWord]) -> float | None:
    """The mean confidence of an engine's own words, longer words counting more."""
    if not words:
        return None
    return mean([w.confidence for w in words], [float(len(w.text)) for w in words])
