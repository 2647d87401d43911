"""What stands over and under one letter of a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from extractor.documents.ocr.accents import plain
from extractor.documents.ocr.bodies import Body
from extractor.documents.ocr.heights import MeasuredLine
from extractor.documents.ocr.pieces import Floats

_GAP_ABOVE, _GAP_BELOW, _WIDE = 0.6, 0.45, 1.5
"""In heights of small letters: how far a mark stands off at most (the second over another; a
dot below), and what is too wide for one."""
_TOUCH, _OVERLAP, _SLACK = 0.12, 0.5, 0.25
_TIE = 1e-3
_TIER = 0.1
_EDGE = 0.5
"""Pixels by which ink seems to reach too far, for a pixel half in ink counts."""
_SLIM = frozenset("ijI")
Loose = Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Ink:
    """What stands over and under a letter, in heights of plain letters of its kind.

    `rise` is from the height of the plain letter up, `drop` from the line down; `above` counts
    the marks one over another, none, one or more, and `below` the loose pieces under the line.
    """

    rise: float
    drop: float
    above: int
    below: int


def loose(line: MeasuredLine) -> Loose:
    """The pieces that may be marks, by the body of a letter that each is nearest to."""
    found = line.pieces
    letters = np.flatnonzero(found.letter)
    bodies = found.boxes[letters]
    wide = found.boxes[:, 2] - found.boxes[:, 0]
    by_body: dict[int, list[int]] = defaultdict(list)
    for n in np.flatnonzero(~found.letter & ~found.edge & (wide <= _WIDE * line.heights.small)):
        nearest = letters[_distances(found.boxes[n], bodies).argmin()]
        by_body[int(nearest)].append(int(n))
    return by_body


def _distances(piece: Floats, letters: Floats) -> Floats:
    """How far to the side of letters a piece is; over two, the nearer middle counts."""
    middle, middles = (piece[0] + piece[2]) / 2, (letters[:, 0] + letters[:, 2]) / 2
    outside = np.maximum(letters[:, 0] - middle, middle - letters[:, 2])
    distances: Floats = np.maximum(outside, 0) + _TIE * np.abs(middles - middle)
    return distances


def ink_at(body: Body, line: MeasuredLine, near: Loose, least: float) -> Ink:
    """The ink at a letter whose height is known, made of pieces with at least such an area."""
    found, heights = line.pieces, line.heights
    left, top, right, bottom = found.boxes[body.piece]
    foot = heights.baseline(found.left + (left + right) / 2)
    height = max(heights.of(letter) or 0.0 for letter in body.letters)
    unit, head = heights.small, foot - height
    slack = _SLACK * unit if _SLIM.issuperset(map(plain, body.letters)) else 0.0
    marks = found.boxes[[n for n in near.get(body.piece, ()) if found.area[n] >= least]]
    across = np.minimum(marks[:, 2], right + slack) - np.maximum(marks[:, 0], left - slack)
    marks = marks[across >= _OVERLAP * np.minimum(marks[:, 2] - marks[:, 0], right - left)]
    stands_off = (head - marks[:, 3]) / unit
    above = marks[(stands_off >= -_TOUCH) & (stands_off <= _GAP_ABOVE)]
    below = marks[(marks[:, 1] >= foot) & (marks[:, 1] <= foot + _GAP_BELOW * unit)]
    grown = bottom - top - height
    rise = max(min(head - top, grown), head - above[:, 1].min(initial=head))
    drop = max(min(bottom - foot, grown), below[:, 3].max(initial=foot) - foot)
    return Ink(
        float((rise - _EDGE) / height),
        float((drop - _EDGE) / unit),
        _tiers(above, height),
        len(below),
    )


def _tiers(above: Floats, height: float) -> int:
    """How many marks stand one over another; two halves of one mark stand side by side."""
    tops = above[:, 1]
    return int(len(tops) > 0) + int(tops.max(initial=0) > tops.min(initial=inf) + _TIER * height)
