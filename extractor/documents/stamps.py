"""Words that were stamped or noted across or beside the lines of a page.

Words that slant while the page does not are a stamp. So are words that lie on a line of
prose, and words beside prose that are out of step with its lines; what stands in step, as in
a form or a table, is none. Lines are runs of words that follow each other as the page gives
them: a page that gives its words in another order has no prose here, and so no such stamp.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from extractor.documents.groups import groups
from extractor.documents.rows import Boxes, rows_of

_ALIKE = 0.12
"""Lines of one face and size differ less in height, also as OCR measures them."""
_MARKED = 0.3
"""Marks on capitals make words of one line differ by this much."""
_IN_STEP, _ON_LINE = 0.2, 0.1
_ON_ACROSS, _ON_DOWN = 0.5, 0.25
_BLANK, _NEXT_LINE, _LINE_BELOW, _COLUMN = 1.0, 0.6, 2.2, 3.0
_PROSE = 5
_MOST_WORDS = 25
_MOST_STRINGS = _MOST_SLANTED = 1_000
_HALF = 0.5
_ONE_TURN = 6.0
_HALF_TURNED = 0.3

_Flags = NDArray[np.bool_]
_Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Its lines of words, by index, and its middle."""

    lines: tuple[tuple[int, ...], ...]
    middle: tuple[float, float]

    def members(self) -> Iterator[int]:
        """Every word of the stamp."""
        return (index for line in self.lines for index in line)


def slanted(table: Boxes, slants: Mapping[int, float]) -> Iterator[Stamp]:
    """Stamps of words that run otherwise than the page, `slants` degrees clockwise."""
    if not 0 < len(slants) < min(_HALF * len(table), _MOST_SLANTED):
        return
    members = np.array(sorted(slants))
    boxes = table[members]
    turns = np.array([slants[index] for index in members.tolist()])
    thick = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    reach = np.maximum(thick, thick[:, None])
    near = (_gaps(boxes, 0) < reach) & (_gaps(boxes, 1) < reach)
    near &= np.abs(turns - turns[:, None]) < _ONE_TURN
    for group in groups(len(near), near.__getitem__):
        back = _turned_back(boxes[group], float(np.radians(np.median(turns[group]))))
        yield _stamp(table, members[group], back)


def upright(table: Boxes, members: NDArray[np.intp], *, exact: bool) -> Iterator[Stamp]:
    """Stamps among the members, words that run as the page does and stand as it gave them.

    Where boxes are not `exact`, on scans, lines that lie on others are none: the engine takes
    them for one, in boxes that overlap as they happen to.
    """
    strings = list(_strings(table, members))
    if len(strings) > _MOST_STRINGS:
        return
    for group in _Strings.of(table, strings).apart(exact=exact):
        words = np.concatenate([strings[number] for number in group])
        yield _stamp(table, words, table[words])


def _stamp(table: Boxes, members: NDArray[np.intp], level: Boxes) -> Stamp:
    """The stamp of these words, whose lines are those of their levelled boxes."""
    boxes = table[members]
    x, y = (boxes[:, :2].min(axis=0) + boxes[:, 2:].max(axis=0)) / 2
    lines = tuple(tuple(members[row].tolist()) for row in rows_of(level))
    return Stamp(lines, (float(x), float(y)))


def _turned_back(boxes: Boxes, turn: float) -> Boxes:
    """Boxes of slanted words as they would lie upright, about as high as their letters."""
    cos, sin = np.cos(turn), np.sin(turn)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    along, down = x * cos + y * sin, y * cos - x * sin
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    thick = np.minimum(wide, high)
    square = cos * cos - sin * sin
    if abs(square) > _HALF_TURNED:  # else the box of a long word does not tell its height
        thick = np.clip((high * abs(cos) - wide * abs(sin)) / square, thick / 4, thick)
    else:
        thick = thick / 4
    half = thick / 2
    return np.stack([along - half, down - half, along + half, down + half], axis=1)


def _strings(table: Boxes, members: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """Words set one after the other in one face: lines of a column, or of a stamp."""
    if not len(members):
        return
    before, after = table[members[:-1]], table[members[1:]]
    high, others = before[:, 3] - before[:, 1], after[:, 3] - after[:, 1]
    blank = after[:, 0] - before[:, 2]
    apart = np.abs(after[:, 3] - before[:, 3]) > _IN_STEP * high
    apart |= np.abs(others - high) > _MARKED * np.maximum(high, others)
    apart |= (blank > _BLANK * high) | (blank < -_ON_ACROSS * high)
    yield from np.split(members, np.flatnonzero(apart) + 1)


@dataclass(frozen=True)
class _Strings:
    """Strings by box, height and number of words, and how they stand to each other."""

    boxes: Boxes
    high: _Numbers
    words: NDArray[np.intp]
    alike: _Flags
    across: _Numbers
    down: _Numbers

    @classmethod
    def of(cls, table: Boxes, strings: Sequence[NDArray[np.intp]]) -> _Strings:
        """The strings with these words."""
        ends = [(*table[w, :2].min(axis=0), *table[w, 2:].max(axis=0)) for w in strings]
        boxes = np.array(ends).reshape(-1, 4)
        heights = (table[:, 3] - table[:, 1]).tolist()
        high = np.array([median(heights[n] for n in w.tolist()) for w in strings])
        alike = np.abs(high - high[:, None]) < _ALIKE * np.maximum(high, high[:, None])
        words = np.array([len(string) for string in strings], dtype=np.intp)
        return cls(boxes, high, words, alike, _gaps(boxes, 0), _gaps(boxes, 1))

    def apart(self, *, exact: bool) -> Iterator[list[int]]:
        """Strings that disturb prose, stamp by stamp."""
        prose, text = self._prose()
        if not prose.any():
            return
        usual = float(np.median(np.repeat(self.high[prose], self.words[prose])))
        body = text & (np.abs(self.high - usual) < _ALIKE * usual)
        crossing = self._crossing(body) & exact
        close = (self.across < 0) & (self.down < _NEXT_LINE * self._least())
        for group in self._grown(crossing & ~body, close & (crossing | ~text)[:, None]):
            yield group
            text[group] = True
        beside = self._beside(prose) & ~text
        for group in self._grown(beside, close & ~text[:, None]):
            if self._out_of_step(np.array(group), prose, usual):
                yield group

    def _least(self) -> _Numbers:
        return np.minimum(self.high, self.high[:, None])

    def _prose(self) -> tuple[_Flags, _Flags]:
        """Lines of prose, and those with the short lines that begin where they do."""
        step = np.abs(self.boxes[:, 1] - self.boxes[:, 1][:, None])
        next_line = (step < _LINE_BELOW * self._least()) & (step > 0.5 * self._least())
        next_line &= self.alike & (self.across < 0)
        long = self.words >= _PROSE
        prose: _Flags = long & (next_line & long).any(axis=1)
        edge = np.abs(self.boxes[:, 0] - self.boxes[:, 0][:, None]) < self._least()
        return prose, prose | (next_line & edge & prose).any(axis=1)

    def _crossing(self, body: _Flags) -> _Flags:
        """Strings that lie on a line of the body."""
        least = self._least()
        on = (self.across < -_ON_ACROSS * least) & (self.down < -_ON_DOWN * least) & body
        np.fill_diagonal(on, val=False)
        return np.asarray(on.any(axis=1))

    def _beside(self, prose: _Flags) -> _Flags:
        """Strings with white between them and a line of prose at their side."""
        beside = (self.across > _BLANK * self._least()) & (self.down < 0) & prose
        return np.asarray(beside.any(axis=1))

    def _grown(self, seeds: _Flags, reach: _Flags) -> Iterator[list[int]]:
        """Seeds with all that can be reached from them, in groups of few words."""
        taken, more = seeds, seeds | (reach & seeds).any(axis=1)
        while more.sum() > taken.sum():
            taken, more = more, more | (reach & more).any(axis=1)
        members = np.flatnonzero(taken)
        near = (self.across < 0) & (self.down < _NEXT_LINE * self._least())
        among = near[np.ix_(members, members)]
        for group in groups(len(members), among.__getitem__):
            numbers = members[group]
            if self.words[numbers].sum() <= _MOST_WORDS:
                yield numbers.tolist()

    def _out_of_step(self, group: NDArray[np.intp], prose: _Flags, usual: float) -> bool:
        """Whether strings beside prose are no part of its lines, nor of a column of it."""
        least = self._least()[group]
        others = np.ones(len(self.high), dtype=np.bool_)
        others[group] = False
        over = (self.across[group] < 0) & (self.down[group] < _BLANK * least) & prose
        over |= (
            (self.across[group] < 0)
            & (self.down[group] < _COLUMN * least)
            & (prose & self.alike[group])
        )
        touching = (self.across[group] < _BLANK * least) & (self.down[group] < -_HALF * least)
        if over.any() or (touching & others).any():
            return False
        middle, base = (self.boxes[:, 1] + self.boxes[:, 3]) / 2, self.boxes[:, 3]
        with_line = np.abs(middle[group][:, None] - middle) < _IN_STEP * least
        in_step = (with_line & self.alike[group] & others).any(axis=1)
        on_line = np.abs(base[group][:, None] - base) < _ON_LINE * least
        if (on_line & others).any(axis=1).all():
            return False
        of_other_size = (np.abs(self.high[group] - usual) > _ALIKE * usual).all()
        return bool(in_step.mean() < _HALF and (len(group) > 1 or of_other_size))


def _gaps(boxes: Boxes, axis: int) -> _Numbers:
    """White between each two boxes along an axis; negative where they overlap."""
    begins, ends = boxes[:, axis], boxes[:, axis + 2]
    return np.maximum(begins, begins[:, None]) - np.minimum(ends, ends[:, None])
