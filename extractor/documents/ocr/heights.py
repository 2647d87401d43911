"""Where the letters of a line stand and how high they are, measured on its own plain letters.

Faces differ in how much higher capitals are than small letters, so what a line does not show
is taken from the other lines of its page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from extractor.documents.ocr.accents import hangs, plain, under
from extractor.documents.ocr.bodies import Body, bodies
from extractor.documents.ocr.pieces import Floats, Pieces, pieces
from extractor.documents.ocr.pixels import Pixels
from extractor.documents.ocr.reading import OcrWord

_SMALL = frozenset("acemnorsuvwxzgpqy")
_DOTTED = frozenset("ij")
_NEAREST = 9
_FEWEST = 3
_RATIO = 1.4
"""Height of capitals by that of small letters: 1.34 to 1.47 in common faces; where a page does
not tell, as one in capitals alone."""


@dataclass(frozen=True, slots=True)
class Heights:
    """The feet of standing letters, and how high small letters and capitals are; 0 if unseen."""

    across: Floats
    feet: Floats
    small: float
    tall: float

    def baseline(self, across: float) -> float:
        """The row on which letters stand near a place across the page; paper may be bent."""
        nearest = np.argsort(np.abs(self.across - across), kind="stable")[:_NEAREST]
        return float(np.median(self.feet[nearest]))

    def of(self, letter: str) -> float | None:
        """How high the body of a letter is; None for ascenders and figures: faces differ."""
        base = plain(letter)
        if base in _SMALL or base in _DOTTED:
            return self.small
        return self.tall if base.isupper() else None


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """A line's pieces of ink, the bodies of each of its words, and its heights."""

    pieces: Pieces
    words: tuple[tuple[Body, ...], ...]
    heights: Heights


def measured(
    pixels: Pixels, lines: Sequence[Sequence[OcrWord]], slope: float
) -> list[MeasuredLine | None]:
    """The lines of a page that sinks by `slope`; None for one with too few letters."""
    found = [_measured(pixels, words, slope) for words in lines]
    both = [h for h in (line.heights for line in found if line) if h.small and h.tall]
    ratio = float(np.median([h.tall / h.small for h in both])) if both else _RATIO
    return [line and replace(line, heights=_completed(line.heights, ratio)) for line in found]


def _completed(heights: Heights, ratio: float) -> Heights:
    small, tall = heights.small, heights.tall
    return replace(heights, small=small or tall / ratio, tall=tall or small * ratio)


def _measured(pixels: Pixels, words: Sequence[OcrWord], slope: float) -> MeasuredLine | None:
    found = pieces(pixels, words, slope)
    if found is None:
        return None
    matched = bodies(found, words)
    heights = _heights(found, [body for word in matched for body in word])
    return MeasuredLine(found, tuple(matched), heights) if heights else None


def _heights(found: Pieces, line: Sequence[Body]) -> Heights | None:
    """What the letters of a line that are known tell; None where they are too few."""
    known = [(body.piece, body.letter) for body in line if body.letter]
    standing = [piece for piece, letter in known if _stands(letter)]
    if len(standing) < _FEWEST:
        return None
    feet = Heights(found.centres()[standing], found.boxes[standing, 3], 0.0, 0.0)
    small = _median(_tops(found, feet, [n for n, c in known if c in _SMALL]))
    tall = _median(_tops(found, feet, [n for n, c in known if c.isascii() and c.isupper()]))
    return replace(feet, small=small, tall=tall) if small or tall else None


def _stands(letter: str) -> bool:
    """Whether a letter stands on the line; in some faces figures do not."""
    return letter.isalpha() and not hangs(letter) and not under(letter)


def _tops(found: Pieces, feet: Heights, bodies: Sequence[int]) -> Iterator[float]:
    """How high bodies rise over the line."""
    centres = found.centres()
    for n in bodies:
        yield feet.baseline(centres[n]) - float(found.boxes[n, 1])


def _median(values: Iterator[float]) -> float:
    """The middle value; 0 where there are too few."""
    rises = list(values)
    return max(0.0, float(np.median(rises))) if len(rises) >= _FEWEST else 0.0
