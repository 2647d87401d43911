"""Two readings of one page become one, and their disagreement becomes doubt.

rapidocr reads; Tesseract is the witness. A doubtful word is never dropped, and what the other
engine read stands beside it; a word that only the witness saw is added with little
confidence. How two readings of a line are weighed is in `weighing`, of a word in `letters`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.documents.ocr.hand import looks_written, mean_confidence, worth_another_look
from extractor.documents.ocr.letters import folded, mended_number
from extractor.documents.ocr.reading import OcrLine, OcrWord
from extractor.documents.ocr.weighing import counted, remembered, weigh
from extractor.record import Box

_UNSEEN = 0.45
_ALONE = 0.65
_SURE_WITNESS = 0.6
_FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """The words with their doubt, and how far the two readings agree."""

    words: tuple[OcrWord, ...]
    agreement: float | None
    witness: float | None
    written: int = 0
    """Words in lines that look written by hand."""
    doubted: tuple[int, ...] = ()
    """The places of lines that are worth a second look."""


def judge(
    lines: Sequence[OcrLine], witness: Sequence[OcrWord], signs: frozenset[str] = frozenset()
) -> Verdict:
    """Weigh every word of the reading by what the witness saw in its line.

    `signs` are the letters that the reading engine can write at all.
    """
    if not witness:
        return _unwitnessed(lines)
    words: list[OcrWord] = []
    agreed: list[float] = []
    taken: set[int] = set()
    doubted: list[int] = []
    written = 0
    for place, line in enumerate(lines):
        beside = _beside(line, witness, taken)
        seen = [witness[i] for i in beside]
        taken.update(beside)
        weighed = list(weigh(line.words, seen, signs))
        same = [number for part in weighed for number in counted(part)]
        words += remembered([word for part in weighed for word in part.words], line.before)
        agreed += same
        doubted += [place] if worth_another_look(seen, same) else []
        written += len(line.words) if looks_written(line.words, seen, same) else 0
    words += _only_witnessed([w for i, w in enumerate(witness) if i not in taken], lines)
    agreement = sum(agreed) / len(agreed) if agreed else None
    sure = mean_confidence(witness)
    return Verdict(tuple(words), agreement, sure, written, tuple(doubted))


def _beside(line: OcrLine, witness: Sequence[OcrWord], taken: set[int]) -> list[int]:
    """The places of the witness's words in a line, from left to right."""
    return sorted(
        (i for i, word in enumerate(witness) if i not in taken and _lies_in(word.box, line)),
        key=lambda i: witness[i].box[0],
    )


def _unwitnessed(lines: Sequence[OcrLine]) -> Verdict:
    """The reading alone: the witness saw nothing, or had no time to look."""
    read = [word for line in lines for word in line.words]
    words = tuple(_alone(word) for word in read)
    return Verdict(
        words, None, None, len(words) if looks_written(read, (), [0.0] * len(read)) else 0
    )


def _lies_in(box: Box, line: OcrLine) -> bool:
    """Whether a word's middle lies in a line, which may slope."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    left, top, right, bottom = line.box
    sink = line.slope * (x - left)
    rise = abs(line.slope) * (right - left)
    if line.slope >= 0:
        top, bottom = top + sink, bottom - rise + sink
    else:
        top, bottom = top + rise + sink, bottom + sink
    return left - 4 <= x <= right + 4 and top <= y <= bottom


def _alone(word: OcrWord) -> OcrWord:
    """A word that nobody else saw; a letter between its digits is taken for a digit."""
    text = mended_number(word.text)
    other = word.text if text != word.text else word.other
    return _with(replace(word, text=text, other=other), _ALONE * word.confidence)


def _with(word: OcrWord, confidence: float) -> OcrWord:
    return replace(word, confidence=round(min(max(confidence, 0.0), 1.0), 4))


def _only_witnessed(words: Sequence[OcrWord], lines: Sequence[OcrLine]) -> list[OcrWord]:
    """Words that the reading missed altogether: no line of it touches them."""
    return [
        _with(word, _UNSEEN * word.confidence)
        for word in words
        if word.confidence >= _SURE_WITNESS
        and len(folded(word.text)) >= _FEWEST_LETTERS
        and not any(_touch(word.box, line.box) for line in lines)
    ]


def _touch(box: Box, line: Box) -> bool:
    across = min(box[2], line[2]) - max(box[0], line[0])
    down = min(box[3], line[3]) - max(box[1], line[1])
    return across > 0 and down > 0.3 * (box[3] - box[1])
