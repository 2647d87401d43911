"""Boxes put among the words of a page, in place of the letters that they were read as.

What the engines read decides whether a square is a box at all: one that lies within a word is
a letter, one without words beside it is a picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extractor.documents.boxes import EMPTY, SIGNS, TICKED, looks_like_box
from extractor.documents.ocr.reading import OcrWord
from extractor.documents.ocr.ticks import TickBox
from extractor.documents.words import DOUBTFUL
from extractor.record import Box

_MOST_LETTERS = 3
"""What one box is read as, with its sides as brackets."""
_COVERED = 0.65
_TOUCHED = 0.3
_ENOUGH, _ALIKE = 5, 1.2
_FEWEST_BESIDE = 2
_UNSURE = 0.5
_BESIDE = 3.0
"""Widths of a box within which a form prints its option."""


def with_boxes(words: Sequence[OcrWord], boxes: Sequence[TickBox]) -> tuple[OcrWord, ...]:
    """The words of OCR with a sign for each box, those among them that engines saw included."""
    kept, signs = placed(words, boxes)
    return (*(part for word in kept for part in _parted(word)), *signs)


def placed(
    words: Sequence[OcrWord], boxes: Sequence[TickBox]
) -> tuple[list[OcrWord], list[OcrWord]]:
    """The words that stay, and a sign for each box; `ticked` far from 0 and 1 makes it doubtful."""
    kept, signs = list(words), []
    for box in _alike([box for box in boxes if _cleared(words, box) is not None]):
        cleared = _cleared(kept, box)
        if cleared is not None:
            kept = cleared
            signs.append(_sign(box))
    return kept, signs


def _cleared(words: Sequence[OcrWord], box: TickBox) -> list[OcrWord] | None:
    """The words without what the box was read as; None where the square is no box."""
    touched = [word for word in words if _touches(word.box, box.box)]
    left = [_without(word, box.box) for word in touched]
    rest = [word for word in left if word is not None and word.text]
    kept = [word for word in words if word not in touched] + rest
    if None in left or sum(_letters_beside(word, box.box) for word in kept) < _FEWEST_BESIDE:
        return None
    return kept


def _alike(boxes: Sequence[TickBox]) -> list[TickBox]:
    """Without those of another size, where a page has enough boxes to tell the usual one."""
    sides = [box.box[2] - box.box[0] for box in boxes]
    usual = median(sides) if sides else 0.0
    pairs = zip(boxes, sides, strict=True)
    few = len(boxes) < _ENOUGH
    return [box for box, side in pairs if few or 1 / _ALIKE < side / usual < _ALIKE]


def _parted(word: OcrWord) -> tuple[OcrWord, ...]:
    """A box that an engine read as one stands alone; whether it is ticked, no engine can tell."""
    signs = len(word.text) - len(word.text.lstrip(SIGNS))
    if not signs:
        return (word,)
    left, top, right, bottom = word.box
    middle = left + (right - left) * signs / len(word.text)
    unsure = min(word.confidence, _UNSURE)
    sign = replace(word, text=EMPTY, box=(left, top, middle, bottom), confidence=unsure, other=None)
    if signs == len(word.text):
        return (sign,)
    rest = replace(word, text=word.text[signs:], box=(middle, top, right, bottom), other=None)
    return sign, rest


def _sign(box: TickBox) -> OcrWord:
    ticked = box.ticked >= 0.5
    sure = round(max(box.ticked, 1 - box.ticked), 4)
    text, other = (TICKED, EMPTY) if ticked else (EMPTY, TICKED)
    return OcrWord(text, box.box, sure, None if sure >= DOUBTFUL else other)


def _touches(word: Box, box: Box) -> bool:
    across = min(word[2], box[2]) - max(word[0], box[0])
    down = min(word[3], box[3]) - max(word[1], box[1])
    width = min(word[2] - word[0], box[2] - box[0])
    return across > _TOUCHED * width and down > _TOUCHED * (box[3] - box[1])


def _letters_beside(word: OcrWord, box: Box) -> int:
    """The letters of a word that stands beside a box; an engine may cut one letter by letter."""
    apart = max(word.box[0] - box[2], box[0] - word.box[2])
    down = min(word.box[3], box[3]) - max(word.box[1], box[1])
    near = apart < _BESIDE * (box[2] - box[0]) and down > _TOUCHED * (box[3] - box[1])
    return sum(letter.isalpha() for letter in word.text) if near else 0


def _without(word: OcrWord, box: Box) -> OcrWord | None:
    """A word without its box, which may leave no text; None where the box is a letter of it."""
    left, _, right, _ = word.box
    if not any(letter.isalnum() for letter in word.text) and len(word.text) <= _MOST_LETTERS:
        return replace(word, text="")
    covered = (min(right, box[2]) - max(left, box[0])) / max(right - left, 1.0)
    if covered > _COVERED:
        alike = looks_like_box(word.text) or word.confidence < DOUBTFUL or len(word.text) == 1
        return replace(word, text="") if alike and len(word.text) <= _MOST_LETTERS else None
    if (box[0] + box[2]) < (left + right):
        return _trimmed(word, box, from_left=True)
    return _trimmed(word, box, from_left=False)


def _trimmed(word: OcrWord, box: Box, *, from_left: bool) -> OcrWord | None:
    """A word without the letters at one end that stand for the box."""
    left, top, right, bottom = word.box
    for count in range(min(_MOST_LETTERS, len(word.text) - 1), 0, -1):
        gone = word.text[:count] if from_left else word.text[-count:]
        rest = word.text[count:] if from_left else word.text[:-count]
        if not gone.strip(SIGNS) or (looks_like_box(gone) and _is_option(rest)):
            around = (box[2], top, right, bottom) if from_left else (left, top, box[0], bottom)
            return replace(word, text=rest, box=around, other=None)
    return None


def _is_option(text: str) -> bool:
    """Whether a word begins like the options of a form: `Yes`, `No`, `Male`."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and text[0].isupper() and all(c.islower() for c in letters[1:])
