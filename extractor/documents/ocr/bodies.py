"""Which piece of ink is the body of which letter.

A word with as many bodies as letters is matched letter by letter. Where one or two letters ran
into their neighbours a body may be any of the letters about its place; where more did, or where
letters fell apart, any of the word. Letters beside a quote and an i that may lean on an f count
as signs: which ink is whose cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractor.documents.ocr.pieces import Pieces
from extractor.documents.ocr.reading import OcrWord

_BODIES_OF_SIGNS = frozenset("$&()/?!@#§[]")
_QUOTES = "'\"‘’‚“”„`´"
_UNTOLD = re.compile(rf"(?<=[{_QUOTES}])\w|\w(?=[{_QUOTES}])|(?<=f)[ij]")
_MOST_JOINED = 2


@dataclass(frozen=True, slots=True)
class Body:
    """The piece of ink that is the body of a letter, and which letters it may be."""

    piece: int
    letters: str

    @property
    def letter(self) -> str | None:
        """The letter, where it is known."""
        return self.letters if len(self.letters) == 1 else None


def bodies(pieces: Pieces, words: Sequence[OcrWord]) -> list[tuple[Body, ...]]:
    """The bodies of each word from left to right; none for a word that cannot be matched."""
    centres = pieces.centres()
    ordered = np.flatnonzero(pieces.letter)
    ordered = ordered[np.argsort(pieces.boxes[ordered, 0])]
    found = []
    for word in words:
        inside = (centres[ordered] >= word.box[0] - 1) & (centres[ordered] <= word.box[2] + 1)
        found.append(_matched(_with_bodies(word.text), ordered[inside]))
    return found


def _with_bodies(text: str) -> str:
    """The letters, figures and signs of a word that have a body; `?` where untold."""
    text = _UNTOLD.sub("?", text)
    return "".join(c for c in text if c.isalnum() or c in _BODIES_OF_SIGNS)


def _matched(letters: str, numbers: NDArray[np.intp]) -> tuple[Body, ...]:
    """Each body with the letters that it may be."""
    joined = len(letters) - len(numbers)
    if joined == 0:
        return tuple(Body(int(n), letter) for n, letter in zip(numbers, letters, strict=True))
    if not 0 < joined <= _MOST_JOINED:
        return tuple(Body(int(n), letters) for n in numbers) if len(letters) > 1 else ()
    return tuple(
        Body(int(n), letters[max(0, at - 1) : at + joined + 2]) for at, n in enumerate(numbers)
    )
