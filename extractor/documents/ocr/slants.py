"""Lines that slant while their page does not: stamps, notes in a margin."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from extractor.documents.ocr.reading import OcrLine

_LEAST = 4.0
"""Degrees; the engine's boxes of level lines stray by less where they are long enough."""
_LONG = 2.0
_FEWEST_LETTERS = 4


def noted(lines: Sequence[OcrLine], slope: float) -> list[OcrLine]:
    """The lines of a page whose lines sink by `slope`, the words of those that slant marked.

    A line too short to tell slants as one that slants and lies next to it.
    """
    sure = {n: _slant(line, slope) for n, line in enumerate(lines) if _tells(line)}
    slanting = {n: slant for n, slant in sure.items() if abs(slant) > _LEAST}
    short = [n for n in range(len(lines)) if n not in sure]
    near = {n: m for n in short for m in slanting if _touch(lines[n], lines[m])}
    found = {**slanting, **{n: slanting[m] for n, m in near.items()}}
    return [_marked(line, found.get(n, 0.0)) for n, line in enumerate(lines)]


def _slant(line: OcrLine, slope: float) -> float:
    return math.degrees(math.atan(line.slope) - math.atan(slope))


def _tells(line: OcrLine) -> bool:
    """Whether a line is long enough to tell how it slants."""
    x0, y0, x1, y1 = line.box
    rise = abs(line.slope) * (x1 - x0)
    thick = max(y1 - y0 - rise, 1.0)
    letters = sum(len(word.text) for word in line.words)
    return letters >= _FEWEST_LETTERS and x1 - x0 > _LONG * thick


def _touch(line: OcrLine, other: OcrLine) -> bool:
    """Whether two lines lie no further apart than half the height of the first."""
    reach = (line.box[3] - line.box[1]) / 2
    across = max(line.box[0], other.box[0]) - min(line.box[2], other.box[2])
    down = max(line.box[1], other.box[1]) - min(line.box[3], other.box[3])
    return max(across, down) < reach


def _marked(line: OcrLine, slant: float) -> OcrLine:
    if not slant:
        return line
    return replace(line, words=tuple(replace(word, slant=round(slant, 2)) for word in line.words))
