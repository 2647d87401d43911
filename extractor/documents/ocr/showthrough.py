"""The back of a sheet that shines through: proven by reading it in the mirror, then wiped off.

The witness looks at strong ink only and does not see it; the reading engine does, and runs it
into the lines of the front. Faint ink alone is no proof, for a pencil is faint too: words
that the witness did not see are read once more as they stand and mirrored, and only where the
mirror reads better is faint ink taken off the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from extractor.documents.ocr.pixels import Pixels, paper
from extractor.documents.ocr.reading import OcrLine, OcrWord
from extractor.record import Box

ReadLine = Callable[[Pixels], tuple[str, float]]
_FEWEST_LETTERS = 5
_STRETCHES = 4
_MIRRORED = 0.9
_BETTER = 0.08
_INK_PERCENTILE = 1.0
_STRONG = 0.55
_EDGE = 7
"""Pixels round strong ink, at 300 dpi, in which the soft edge of a stroke is kept."""


def shines_through(
    pixels: Pixels, lines: Sequence[OcrLine], witness: Sequence[OcrWord], read: ReadLine
) -> bool:
    """Whether words of these lines are those of the other side of the sheet."""
    unseen = sorted(_unseen(lines, witness), key=lambda box: box[0] - box[2])
    return any(_better_mirrored(_cut(pixels, box), read) for box in unseen[:_STRETCHES])


def left_over(lines: Sequence[OcrLine], again: Sequence[OcrLine]) -> list[OcrLine]:
    """Lines that are gone from the wiped page though they read well: a pencil, not the back."""
    return [line for line in lines if _reads_well(line) and not _touched(line, again)]


def _reads_well(line: OcrLine) -> bool:
    return min(word.confidence for word in line.words) >= _MIRRORED


def _touched(line: OcrLine, others: Sequence[OcrLine]) -> bool:
    return any(_on(line.box, o.box) and _overlap(line.box, o.box) > 0 for o in others)


def _better_mirrored(part: Pixels, read: ReadLine) -> bool:
    if min(part.shape) < 8:
        return False
    text, sure = read(np.ascontiguousarray(part[:, ::-1]))
    if sure < _MIRRORED or sum(c.isalpha() for c in text) < _FEWEST_LETTERS:
        return False
    return sure - read(part)[1] > _BETTER


def _unseen(lines: Sequence[OcrLine], witness: Sequence[OcrWord]) -> Iterator[Box]:
    """The stretches of lines in which the witness saw no word."""
    for line in lines:
        beside = [w.box for w in witness if _on(w.box, line.box)]
        words = [w for w in line.words if not any(_overlap(w.box, box) > 0 for box in beside)]
        if sum(len(w.text) for w in words) >= _FEWEST_LETTERS:
            left, right = min(w.box[0] for w in words), max(w.box[2] for w in words)
            yield left, line.box[1], right, line.box[3]


def _on(word: Box, line: Box) -> bool:
    return line[1] <= (word[1] + word[3]) / 2 <= line[3]


def _overlap(first: Box, second: Box) -> float:
    return min(first[2], second[2]) - max(first[0], second[0])


def _cut(pixels: Pixels, box: Box) -> Pixels:
    left, top, right, bottom = (max(0, round(side)) for side in box)
    return np.ascontiguousarray(pixels[top:bottom, left:right])


def wiped(pixels: Pixels) -> Pixels:
    """The page without ink that is faint through and through."""
    from scipy import ndimage  # noqa: PLC0415  (few pages need it)

    ground = paper(pixels)
    darkness = ground - pixels
    ink = np.percentile(darkness, 100 - _INK_PERCENTILE)
    near_ink = ndimage.maximum_filter(darkness > _STRONG * ink, size=_EDGE)
    return np.where(near_ink, pixels, ground).astype(np.uint8)
