"""A third witness: ink over and under letters that the reading does not account for.

Both engines may write a letter without its accent, and where they agree nobody doubts. The
pixels know: a plain letter has no ink over it, é has some, and Ễ more than Ê. A sure word
with ink left over, or with a mark that nobody printed, becomes doubtful; none is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

from extractor.documents import order
from extractor.documents.ocr.accents import (
    hangs,
    highest,
    is_drawn_as_named,
    over,
    plain,
    under,
)
from extractor.documents.ocr.bodies import Body
from extractor.documents.ocr.heights import MeasuredLine, measured
from extractor.documents.ocr.pixels import Pixels
from extractor.documents.ocr.reading import OcrWord
from extractor.documents.ocr.standing import Ink, Loose, ink_at, loose
from extractor.documents.words import DOUBTFUL

_DOUBTED = 0.7
_SPECK = 0.4
"""In squares of the breadth of a stem: what is smaller is no mark, though it may be part of one."""
_SOME, _NONE = 0.2, 0.1
"""In heights of plain letters: what has grown a mark, and what has none."""
_CARRY_TWO = frozenset("aeoAEO")


def doubted(pixels: Pixels, words: Sequence[OcrWord], slope: float) -> tuple[OcrWord, ...]:
    """The words of an upright page, doubtful where their marks are not those of the ink."""
    lines = [line.words for line in order.lines([word.box for word in words], slope)]
    measures = measured(pixels, [[words[n] for n in line] for line in lines], slope)
    kept = list(words)
    for line, measure in zip(lines, measures, strict=True):
        for n, unlike in zip(line, _unlike(measure) if measure else (), strict=False):
            if unlike and words[n].confidence >= DOUBTFUL:
                kept[n] = replace(words[n], confidence=round(_DOUBTED * words[n].confidence, 4))
    return tuple(kept)


def _unlike(line: MeasuredLine) -> Iterator[bool]:
    """For each word of a line whether its marks are others than those of the ink."""
    near = loose(line)
    for word in line.words:
        yield any(_is_unlike(body, line, near) for body in word)


def _is_unlike(body: Body, line: MeasuredLine, near: Loose) -> bool:
    """Whether the ink at a letter is not that of its marks, whichever letter it may be."""
    if not all(is_drawn_as_named(c) and line.heights.of(c) for c in body.letters):
        return False
    marks = ink_at(body, line, near, _SPECK)
    if _too_much_over(body.letters, marks) or _too_much_under(body.letters, marks):
        return True
    return body.letter is not None and _lacks(body.letter, ink_at(body, line, near, 0.0))


def _too_much_over(letters: str, marks: Ink) -> bool:
    """Whether ink rises over a letter as over none that it may be, or is more marks than theirs."""
    if marks.rise > max(map(_highest, letters)):
        return True
    return marks.rise > _SOME and marks.above > sum(map(over, letters))


def _highest(letter: str) -> float:
    """How far ink rises over a letter at most: one mark less than two, on letters that have two."""
    if over(letter) == 0:
        return _SOME
    return highest(letter) if over(letter) == 1 and plain(letter) in _CARRY_TWO else inf


def _too_much_under(letters: str, marks: Ink) -> bool:
    """Whether a mark hangs from a letter, or stands under it, that may be none with one."""
    if any(map(hangs, letters)):
        return False
    return marks.below > sum(map(under, letters)) or (
        marks.drop > _SOME and not any(map(under, letters))
    )


def _lacks(letter: str, ink: Ink) -> bool:
    """Whether a letter has a mark where there is no ink at all."""
    no_mark_under = under(letter) > 0 and not hangs(letter) and ink.drop < _NONE
    return no_mark_under or (over(letter) > 0 and ink.rise < _NONE)
