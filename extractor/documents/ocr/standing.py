"""What stands over and under one letter of a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from extractor.documents.ocr.accents import plain
from extractor.documents.ocr.bodies import Body, Heights
from extractor.documents.ocr.pieces import Pieces

_GAP, _WIDE = 0.6, 1.5
"""In heights of small letters: how far a mark may stand off, and what is too wide for one."""
_TOUCH, _OVERLAP, _SLACK = 0.12, 0.5, 0.25
_SLIM = frozenset("ijI")
Loose = Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Ink:
    """What stands over and under a letter, in heights of plain letters of its kind.

    `rise` is from the height of the plain letter up, `drop` from the line down; `above` and
    `below` are how many loose pieces are part of it.
    """

    rise: float
    drop: float
    above: int
    below: int


def loose(found: Pieces, line: Heights) -> Loose:
    """The pieces that may be marks, by the body of a letter that each is nearest to."""
    centres, letters = found.centres(), np.flatnonzero(found.letter)
    wide = found.boxes[:, 2] - found.boxes[:, 0]
    by_body: dict[int, list[int]] = defaultdict(list)
    for n in np.flatnonzero(~found.letter & ~found.edge & (wide <= _WIDE * line.small)):
        by_body[int(letters[np.abs(centres[letters] - centres[n]).argmin()])].append(int(n))
    return by_body


def ink_at(body: Body, found: Pieces, line: Heights, near: Loose, least: float) -> Ink:
    """The ink at a letter whose height is known, made of pieces with at least such an area."""
    left, top, right, bottom = found.boxes[body.piece]
    foot = line.baseline(found.left + (left + right) / 2)
    height = max(line.of(letter) or 0.0 for letter in body.letters)
    head, touch, gap = foot - height, _TOUCH * line.small, _GAP * line.small
    slack = _SLACK * line.small if _SLIM.issuperset(map(plain, body.letters)) else 0.0
    marks = found.boxes[[n for n in near.get(body.piece, ()) if found.area[n] >= least]]
    across = np.minimum(marks[:, 2], right + slack) - np.maximum(marks[:, 0], left - slack)
    marks = marks[across >= _OVERLAP * np.minimum(marks[:, 2] - marks[:, 0], right - left)]
    above = marks[(marks[:, 3] <= head + touch) & (marks[:, 3] >= head - gap)]
    below = marks[(marks[:, 1] >= foot) & (marks[:, 1] <= foot + gap)]
    rise = head - min(top, above[:, 1].min(initial=top))
    drop = max(bottom, below[:, 3].max(initial=bottom)) - foot
    return Ink(float(rise / height), float(drop / line.small), len(above), len(below))
