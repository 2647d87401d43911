"""Which piece of ink is the body of which letter, and how high the letters of a line stand.

A word with as many bodies as letters is matched letter by letter. Where one or two letters ran
into their neighbours a body may be any of two or three letters; where more did, or where
letters fell apart, nothing is claimed. Heights are measured on the line's own plain letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractor.documents.ocr.accents import plain, under
from extractor.documents.ocr.pieces import Floats, Pieces
from extractor.documents.ocr.reading import OcrWord

_SMALL = frozenset("acemnorsuvwxzgpqy")
_DOTTED = frozenset("ij")
_HANGING = frozenset("gpqyjfQJ")
_BODIES_OF_SIGNS = frozenset("$&()/?!@#§[]")
_MOST_JOINED = 2
_NEAREST = 9
_FEWEST = 3
_CAPITAL = 1.37
"""Height of capitals by that of small letters, where a line shows only one of them."""


@dataclass(frozen=True, slots=True)
class Body:
    """The piece of ink that is the body of a letter; where letters ran together, of which may be."""

    piece: int
    letters: str

    @property
    def letter(self) -> str | None:
        """The letter, where it is known."""
        return self.letters if len(self.letters) == 1 else None


@dataclass(frozen=True, slots=True)
class Heights:
    """Where the letters of a line stand, and how high small letters and capitals are."""

    across: Floats
    feet: Floats
    small: float
    tall: float

    def baseline(self, across: float) -> float:
        """The row on which letters stand near a place across the page; paper may be bent."""
        nearest = np.argsort(np.abs(self.across - across), kind="stable")[:_NEAREST]
        return float(np.median(self.feet[nearest]))

    def of(self, letter: str) -> float | None:
        """How high the body of such a letter is; None for ascenders, which differ by face."""
        base = plain(letter)
        if base in _SMALL or base in _DOTTED:
            return self.small
        return self.tall if _is_tall(base) else None


def bodies(pieces: Pieces, words: Sequence[OcrWord]) -> list[tuple[Body, ...]]:
    """The bodies of each word from left to right; none for a word that cannot be matched."""
    centres = pieces.centres()
    ordered = np.flatnonzero(pieces.letter)
    ordered = ordered[np.argsort(pieces.boxes[ordered, 0])]
    found = []
    for word in words:
        inside = (centres[ordered] >= word.box[0] - 1) & (centres[ordered] <= word.box[2] + 1)
        letters = "".join(c for c in word.text if c.isalnum() or c in _BODIES_OF_SIGNS)
        found.append(_matched(letters, ordered[inside]))
    return found


def _matched(letters: str, numbers: NDArray[np.intp]) -> tuple[Body, ...]:
    """Each body with the letters that it may be, were it only that some ran together."""
    joined = len(letters) - len(numbers)
    if not 0 <= joined <= _MOST_JOINED:
        return ()
    return tuple(Body(int(n), letters[at : at + joined + 1]) for at, n in enumerate(numbers))


def heights(pieces: Pieces, found: Sequence[tuple[Body, ...]]) -> Heights | None:
    """The heights of a line; None where too few of its letters could be matched."""
    letters = [(body.piece, body.letter) for word in found for body in word if body.letter]
    standing = [piece for piece, letter in letters if _stands(letter)]
    if len(standing) < _FEWEST:
        return None
    line = Heights(pieces.centres()[standing], pieces.boxes[standing, 3], 0.0, 0.0)
    small = _median(_tops(pieces, line, letters, _SMALL.__contains__))
    tall = _median(_tops(pieces, line, letters, _is_tall))
    if small is None and tall is None:
        return None
    small, tall = small or (tall or 0.0) / _CAPITAL, tall or (small or 0.0) * _CAPITAL
    return Heights(line.across, line.feet, small, tall)


def _is_tall(base: str) -> bool:
    return base.isupper() or base.isdigit()


def _stands(letter: str) -> bool:
    return letter.isalnum() and plain(letter) not in _HANGING and not under(letter)


def _tops(
    pieces: Pieces,
    line: Heights,
    letters: Sequence[tuple[int, str]],
    wanted: Callable[[str], bool],
) -> Iterator[float]:
    """How high the plain letters of a kind rise."""
    centres = pieces.centres()
    for piece, letter in letters:
        if letter.isascii() and wanted(letter):
            yield line.baseline(centres[piece]) - float(pieces.boxes[piece, 1])


def _median(values: Iterator[float]) -> float | None:
    measured = list(values)
    return float(np.median(measured)) if len(measured) >= _FEWEST else None
