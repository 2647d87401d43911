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

from extractor.documents.ocr.pieces import Floats, Pieces
from extractor.documents.ocr.reading import OcrWord

_BODIES_OF_SIGNS = frozenset("$&()/?!@#§[]")
_QUOTES = "'\"‘’‚“”„`´"
_UNTOLD = re.compile(rf"(?<=[{_QUOTES}])\w|\w(?=[{_QUOTES}])|(?<=f)[ij]")
_MOST_JOINED = 2
_BROAD, _BROADEST = frozenset("mwMWŵŴæœÆŒ"), 1.5
"""All other letters are narrower than this, by their height, also in broad and bold faces."""


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
        letters, numbers = _with_bodies(word.text), ordered[inside]
        alike = len(letters) == len(numbers) and not _too_broad(letters, pieces.boxes[numbers])
        found.append(_one_by_one(letters, numbers) if alike else _about(letters, numbers))
    return found


def _too_broad(letters: str, boxes: Floats) -> bool:
    """Whether letters ran together after all, and as many others fell apart."""
    broad = boxes[:, 2] - boxes[:, 0] > _BROADEST * (boxes[:, 3] - boxes[:, 1])
    return any(is_broad and c not in _BROAD for c, is_broad in zip(letters, broad, strict=True))


def _with_bodies(text: str) -> str:
    """The letters, figures and signs of a word that have a body; `?` where untold."""
    text = _UNTOLD.sub("?", text)
    return "".join(c for c in text if c.isalnum() or c in _BODIES_OF_SIGNS)


def _one_by_one(letters: str, numbers: NDArray[np.intp]) -> tuple[Body, ...]:
    return tuple(Body(int(n), letter) for n, letter in zip(numbers, letters, strict=True))


def _about(letters: str, numbers: NDArray[np.intp]) -> tuple[Body, ...]:
    """Each body with the letters that it may be, where some ran together or fell apart."""
    joined = len(letters) - len(numbers)
    if len(letters) < 2:
        return ()
    if not 0 < joined <= _MOST_JOINED:
        return tuple(Body(int(n), letters) for n in numbers)
    return tuple(
        Body(int(n), letters[max(0, at - 1) : at + joined + 2]) for at, n in enumerate(numbers)
    )
