"""A third witness: ink over and under letters that the reading does not account for.

Both engines may write a letter without its accent, and where they agree nobody doubts. The
pixels know: a plain letter has no ink over it, é has some, and Ễ more than Ê. A sure word
with ink left over, or with a mark that nobody printed, becomes doubtful; none is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.documents import order
from extractor.documents.ocr.accents import (
    highest,
    is_drawn_as_named,
    over,
    pieces_over,
    plain,
    under,
)
from extractor.documents.ocr.bodies import Body, Heights, bodies, heights
from extractor.documents.ocr.pieces import Pieces, pieces
from extractor.documents.ocr.pixels import Pixels
from extractor.documents.ocr.reading import OcrWord
from extractor.documents.ocr.standing import Ink, Loose, ink_at, loose
from extractor.documents.words import DOUBTFUL

_DOUBTED = 0.7
_SPECK = 0.4
"""In squares of the breadth of a stem: what is smaller is no mark, though it may be part of one."""
_SOME, _NONE = 0.2, 0.12
"""In heights of plain letters: what has grown a mark, and what has none."""
_CARRY_TWO = frozenset("aeoAEO")
_HANGING = frozenset("gpqyjfQJ")


def doubted(pixels: Pixels, words: Sequence[OcrWord], slope: float) -> tuple[OcrWord, ...]:
    """The words of an upright page, doubtful where their marks are not those of the ink."""
    kept = list(words)
    for line in order.lines([word.box for word in words], slope):
        unlike = _unlike(pixels, [words[n] for n in line.words], slope)
        for n in (n for n, wrong in zip(line.words, unlike, strict=True) if wrong):
            if words[n].confidence >= DOUBTFUL:
                kept[n] = replace(words[n], confidence=round(_DOUBTED * words[n].confidence, 4))
    return tuple(kept)


def _unlike(pixels: Pixels, words: Sequence[OcrWord], slope: float) -> list[bool]:
    """For each word of a line whether its marks are others than those of the ink."""
    found = pieces(pixels, words, slope)
    matched = bodies(found, words) if found else []
    line = heights(found, matched) if found else None
    if found is None or line is None:
        return [False] * len(words)
    near = loose(found, line)
    return [any(_is_unlike(body, found, line, near) for body in word) for word in matched]


def _is_unlike(body: Body, found: Pieces, line: Heights, near: Loose) -> bool:
    """Whether the ink at a letter is not that of its marks, whichever letter it may be."""
    if not all(c.isalnum() and is_drawn_as_named(c) and line.of(c) for c in body.letters):
        return False
    marks = ink_at(body, found, line, near, _SPECK)
    if body.letter is None:
        return marks.above > sum(map(pieces_over, body.letters)) or (
            not _HANGING.intersection(map(plain, body.letters))
            and marks.below > sum(map(under, body.letters))
        )
    everything = ink_at(body, found, line, near, 0.0)
    return _differs_over(body.letter, marks, everything) or _differs_under(
        body.letter, marks, everything
    )


def _differs_over(letter: str, marks: Ink, everything: Ink) -> bool:
    """Whether another number of marks stands over a letter than it should have."""
    if over(letter) == 0:
        return marks.rise > _SOME
    if everything.rise < _NONE or marks.above > pieces_over(letter):
        return True
    return over(letter) == 1 and plain(letter) in _CARRY_TWO and marks.rise > highest(letter)


def _differs_under(letter: str, marks: Ink, everything: Ink) -> bool:
    """Whether a mark hangs where none should or none where one should."""
    if plain(letter) in _HANGING:
        return False
    return everything.drop < _NONE if under(letter) else marks.drop > _SOME
