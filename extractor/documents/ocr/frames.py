"""Frames of boxes to tick: four short straight sides that close a square and go no further.

Not found: round letters (no corners), cells of tables and boxes of single digits (their lines
go on), frames of answers (too long). Places are pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractor.documents.ocr.strokes import LEAN, LONGEST, SHORTEST, Dark, Strokes, upright_strokes

_SQUARE = 1.2
_UNEVEN = 1.35
"""How much longer than its opposite a pen may make a side."""
_THICKEST = 0.2
"""Of a side, for an open box; what is thicker is a letter, or a box filled."""
_SOLID = 0.6
_COVERED, _LEAST_COVERED = 0.85, 0.7
_BEYOND = 0.3
_CORNER, _FEWEST_CORNERS = 0.07, 4
_MOST = 2_000
"""Squares above which a page is a pattern and no form; a box may be seen as several."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The middle of each side of a box, and how thick its line is."""

    left: int
    top: int
    right: int
    bottom: int
    line: int

    @property
    def side(self) -> float:
        """How long its sides are."""
        return (self.right - self.left + self.bottom - self.top) / 2

    def touches(self, other: Frame) -> bool:
        """Whether two frames share any place."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0 and down > 0

    def mirrored(self) -> Frame:
        """Rows for columns."""
        return Frame(self.top, self.left, self.bottom, self.right, self.line)


def frames(dark: Dark, dpi: int) -> list[Frame]:
    """The frames on a page; where candidates overlap, the one whose sides are most complete."""
    mirror = np.ascontiguousarray(dark.T)
    upright, level = upright_strokes(dark, dpi), upright_strokes(mirror, dpi)
    drawn = {*_pairs(upright, dpi), *(pair.mirrored() for pair in _pairs(level, dpi))}
    kept: list[Frame] = []
    for candidates in (drawn, {*_blocks(dark, upright, dpi)}):  # what fills a frame comes last
        squares = [frame for frame in candidates if _is_square(frame, SHORTEST * dpi / 72)]
        if len(squares) > _MOST:
            return []
        weighed = [(_complete(dark, mirror, frame), frame) for frame in squares]
        for complete, frame in sorted(weighed, key=_best_first):
            if complete and not any(frame.touches(other) for other in kept):
                kept.append(frame)
    return kept


def _best_first(weighed: tuple[float, Frame]) -> tuple[float, float, int, int]:
    complete, frame = weighed
    return -complete, -frame.side, frame.left, frame.top


def _is_square(frame: Frame, least: float) -> bool:
    short, long = sorted((frame.right - frame.left, frame.bottom - frame.top))
    return short + frame.line >= least and long <= _SQUARE * short


def _pairs(strokes: Strokes, dpi: int) -> Iterator[Frame]:
    """Two strokes side by side, as far apart as they are long; named as if they stood upright."""
    long = strokes[:, 3] - strokes[:, 2]
    strokes = strokes[strokes[:, 1] <= _THICKEST * long + 1]
    strokes = strokes[np.argsort(strokes[:, 2], kind="stable")]
    reach = LONGEST * dpi / 72
    for index, (at, _, start, end) in enumerate(strokes.tolist()):
        slack = max(3.0, (_UNEVEN - 1) * (end - start))
        last = int(np.searchsorted(strokes[:, 2], start + slack, side="right"))
        near = strokes[index + 1 : last]
        apart = np.abs(near[:, 0] - at)
        fits = (np.abs(near[:, 3] - end) <= slack) & (apart <= reach)
        fits &= (apart * _UNEVEN >= end - start) & (apart <= _UNEVEN * (end - start))
        for other in near[fits]:
            yield from _around(strokes[index], other)


def _around(one: NDArray[np.int64], other: NDArray[np.int64]) -> Iterator[Frame]:
    """Frames between two sides; where a pen made one longer, the other tells the end."""
    left, right = sorted((int(one[0]), int(other[0])))
    line = int(min(one[1], other[1]))
    inward = line // 2
    for top in {int(one[2]), int(other[2])}:
        for bottom in {int(one[3]), int(other[3])}:
            yield Frame(left, top + inward, right, bottom - inward, line)


def _blocks(dark: Dark, strokes: Strokes, dpi: int) -> Iterator[Frame]:
    """A box that is filled is one thick stroke."""
    for at, thick, top, bottom in strokes.tolist():
        short, long = sorted((thick, bottom - top + 1))
        if short < SHORTEST * dpi / 72 or long > _SQUARE * short:
            continue
        left, right = at - thick // 2, at + thick // 2
        if dark[top : bottom + 1, left : right + 1].mean() > _SOLID:
            yield Frame(left + 1, top + 1, right - 1, bottom - 1, 1)


def _complete(dark: Dark, mirror: Dark, frame: Frame) -> float:
    """How complete the sides of a frame are; 0 where it is none."""
    upright, level = _Sides(dark, frame), _Sides(mirror, frame.mirrored())
    covered = sorted([*upright.covered(), *level.covered()])
    if covered[0] < _LEAST_COVERED or covered[1] < _COVERED:
        return 0.0
    if upright.going_on() + level.going_on() > 1:
        return 0.0
    if _corners(dark, frame, upright.outward(), level.outward()) < _FEWEST_CORNERS:
        return 0.0
    return round(sum(covered), 2)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The left and the right side of a frame, looked at in a band that forgives their lean."""

    dark: Dark
    frame: Frame

    def _band(self, middle: int, start: int, end: int) -> NDArray[np.bool_]:
        wide = 1 + round(LEAN * self.frame.side)
        part = self.dark[max(start, 0) : max(end, 0), max(middle - wide, 0) : middle + wide + 1]
        return np.asarray(part.any(axis=1))

    def covered(self) -> list[float]:
        """The share of each side that is inked."""
        top, bottom = self.frame.top, self.frame.bottom
        bands = [self._band(x, top, bottom + 1) for x in (self.frame.left, self.frame.right)]
        return [float(band.mean()) if band.size else 0.0 for band in bands]

    def going_on(self) -> int:
        """How many of their four ends go on beyond the frame."""
        more, off = max(3, round(_BEYOND * self.frame.side)), 2 + self.frame.line // 2
        top, bottom = self.frame.top - off, self.frame.bottom + off + 1
        ends = [
            self._band(x, start, end)
            for x in (self.frame.left, self.frame.right)
            for start, end in ((top - more, top), (bottom, bottom + more))
        ]
        return sum(bool(end.size and end.mean() > 0.9) for end in ends)

    def outward(self) -> list[int]:
        """How far the ink of each side goes outward: half its line."""
        most = max(1, round(_THICKEST * self.frame.side))
        rows = self.frame.top + np.arange(1, 4) * (self.frame.bottom - self.frame.top) // 4
        found = []
        for x, step in ((self.frame.left, -1), (self.frame.right, 1)):
            columns = np.clip(x + step * np.arange(1, most + 1), 0, self.dark.shape[1] - 1)
            runs = np.cumprod(self.dark[np.ix_(rows, columns)], axis=1).sum(axis=1)
            found.append(int(np.median(runs)))
        return found


def _corners(dark: Dark, frame: Frame, across: Sequence[int], down: Sequence[int]) -> int:
    """How many of the outer corners are inked, where a round letter has none."""
    near = max(1, round(_CORNER * frame.side))
    found = 0
    for x in (frame.left - across[0], frame.right + across[1]):
        for y in (frame.top - down[0], frame.bottom + down[1]):
            place = dark[max(y - near, 0) : y + near + 1, max(x - near, 0) : x + near + 1]
            found += bool(place.any())
    return found
