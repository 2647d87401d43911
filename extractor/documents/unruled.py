"""Tables without rules: columns that begin at one edge each, rows that white or wrapping parts.

Invariant: what no cell of wraps is left as it is, to be read across; so is what might be prose.
Columns begin where words of several lines do, behind white that no word of the table crosses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.documents.rows import Boxes, rows_of

_WHITE, _AT_EDGE = 0.4, 0.25
"""White before a column and how far its lines begin apart, in heights of a line."""
_BLANKS, _WIDEST_BLANK = 1.5, 0.6
"""A column stands further off than words do; a typewriter's blanks are the widest, in heights."""
_FEWEST_EDGES, _FEWEST_ROWS, _FEWEST_AGAIN = 2, 3, 2
_SHARED = 0.6
_SELDOM_ALL = 3
_ROW_APART = 0.3
"""How much more white stands between rows than between the lines of a cell, in heights."""
_NEXT_LINE = 0.75
_BLANK, _SLACK = 0.25, 0.5

Cells = tuple[tuple[int, ...], ...]
_Cell = list[int]


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Lines `first` to before `end` that are rows of a table, the words of each by cell."""

    first: int
    end: int
    rows: tuple[Cells, ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where a column begins: lines `first` to before `end` leave it free.

    `begins` are the lines that have a word at it, in some of which another stands before it.
    """

    x: float
    first: int
    end: int
    begins: tuple[int, ...]

    def goes_on(self, first: int, end: int) -> bool:
        """Whether it runs through these lines and on, as the gutter of a page does."""
        outside = sum(not first <= n < end for n in self.begins)
        return self.first <= first and self.end >= end and outside >= _FEWEST_ROWS


class _Region(NamedTuple):
    """Lines `first` to before `end`, and the edges that they leave free.

    It is `in_columns` if one of the edges on the page goes on above or below.
    """

    first: int
    end: int
    xs: list[float]
    in_columns: bool


class Block:
    """Words of a page that are read together, in lines from top to bottom.

    `lines` are places among the members, from left to right.
    """

    def __init__(self, table: Boxes, members: NDArray[np.intp]) -> None:
        self.members, self.boxes = members, table[members]
        self.lines = rows_of(self.boxes)
        sizes = [len(line) for line in self.lines]
        self._height = float(np.median(self.boxes[:, 3] - self.boxes[:, 1]))
        self._begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self._line = np.repeat(np.arange(len(sizes)), sizes)
        self._sorted = self.boxes[[index for line in self.lines for index in line]]

    def tables(self, *, parted: bool = False) -> Iterator[Wrapped]:
        """The tables among the lines, from top to bottom.

        Only those whose rows are `parted` by white, if columns of prose may be among the lines.
        """
        taken = 0
        for region in self._regions:
            if region.first < taken or (parted and region.in_columns):
                continue
            read = self._table(region.first, region.end, region.xs, parted)
            if read is not None:
                taken = read.end
                yield read

    @cached_property
    def _regions(self) -> list[_Region]:
        return sorted(self._sought()) if len(self.lines) >= _FEWEST_ROWS else []

    @cached_property
    def _top(self) -> list[float]:
        tops: list[float] = np.minimum.reduceat(self._sorted[:, 1], self._begins).tolist()
        return tops

    @cached_property
    def _bottom(self) -> list[float]:
        bottoms: list[float] = np.maximum.reduceat(self._sorted[:, 3], self._begins).tolist()
        return bottoms

    def _sought(self) -> Iterator[_Region]:
        """Lines that the same edges leave free."""
        every = sorted(self._edges(), key=lambda edge: -len(edge.begins))
        edges = every
        while edges:
            together = [edge for edge in edges if _side_by_side(edges[0], edge)]
            first = max(edge.first for edge in together)
            end = min(edge.end for edge in together)
            begins = [n for edge in together for n in edge.begins if first <= n < end]
            if begins:
                first, end = self._grown(min(begins), max(begins) + 1, (first, end))
                xs = sorted(edge.x for edge in together)
                in_columns = any(edge.goes_on(first, end) for edge in every)
                yield _Region(first, end, xs, in_columns)
            edges = [edge for edge in edges if edge not in together]

    def _grown(self, first: int, end: int, room: tuple[int, int]) -> tuple[int, int]:
        """With the lines above and below that stand no further off than lines of a cell."""
        near = _NEXT_LINE * self._height
        while first > room[0] and self._top[first] - self._bottom[first - 1] < near:
            first -= 1
        while end < room[1] and self._top[end] - self._bottom[end - 1] < near:
            end += 1
        return first, end

    def _edges(self) -> Iterator[_Edge]:
        """Where several lines begin again behind white, and how far no word crosses that."""
        is_first = np.diff(self._line, prepend=-1) > 0
        white = self._sorted[1:, 0] - self._sorted[:-1, 2]
        within = white[~is_first[1:]]
        if not len(within):
            return
        blank = float(np.partition(within, len(within) // 4)[len(within) // 4])
        blank = min(blank, _WIDEST_BLANK * self._height)
        wide = max(_WHITE * self._height, _BLANKS * blank)
        begin = np.flatnonzero(is_first | np.append(False, white > wide))
        begin = begin[np.argsort(self._sorted[begin, 0], kind="stable")]
        apart = np.flatnonzero(np.diff(self._sorted[begin, 0]) > _AT_EDGE * self._height) + 1
        for group in np.split(begin, apart):
            again = self._line[group[~is_first[group]]]
            if len(group) >= _FEWEST_ROWS and len(again) >= _FEWEST_AGAIN:
                x = float(np.median(self._sorted[group, 0]))
                yield from self._free(x, np.unique(self._line[group]), again)

    def _free(self, x: float, begins: NDArray[np.intp], again: NDArray[np.intp]) -> Iterator[_Edge]:
        """The stretches of lines that no word at an edge crosses."""
        reach = _AT_EDGE * self._height
        crossing = (self._sorted[:, 0] < x - reach) & (self._sorted[:, 2] > x - reach)
        stops = [-1, *np.unique(self._line[crossing]).tolist(), len(self.lines)]
        for before, after in pairwise(stops):
            inside = [n for n in begins.tolist() if before < n < after]
            behind = np.count_nonzero((again > before) & (again < after))
            if len(inside) >= _FEWEST_ROWS and behind >= _FEWEST_AGAIN:
                yield _Edge(x, before + 1, after, tuple(inside))

    def _table(self, first: int, end: int, xs: Sequence[float], parted: bool) -> Wrapped | None:
        """The table that these lines are, if they are one and a cell of it wraps."""
        columns = [self._columns(line, xs) for line in self.lines[first:end]]
        apart = self._apart(first, end)
        two = len(xs) < _FEWEST_EDGES
        if (parted and (two or not any(apart))) or (two and not _labels_wrap(columns, apart)):
            return None
        right = [self._right(cells) for cells in zip(*columns, strict=True)]
        by_white = any(apart)
        rows, used = (
            self._parted(columns, apart, right) if by_white else self._run_on(columns, right)
        )
        if len(rows) < _FEWEST_ROWS or used == len(rows) or not _is_table(rows):
            return None
        kept = tuple(tuple(tuple(cell) for cell in row if cell) for row in rows)
        return Wrapped(first, first + used, kept)

    def _columns(self, line: Sequence[int], xs: Sequence[float]) -> list[_Cell]:
        cells: list[_Cell] = [[] for _ in range(len(xs) + 1)]
        for index in line:
            begin = self.boxes[index, 0] + _AT_EDGE * self._height
            cells[sum(x <= begin for x in xs)].append(index)
        return cells

    def _apart(self, first: int, end: int) -> list[bool]:
        """For each line but the first, whether more white is above it than within cells."""
        white, bottom = [], self._bottom[first]
        for n in range(first + 1, end):
            white.append(max(self._top[n] - bottom, 0.0))
            bottom = max(bottom, self._bottom[n])
        least, most = min(white), max(white)
        apart = least + _ROW_APART * self._height
        if least == 0.0:  # Lines of cells side by side are out of step: none tells the usual white.
            apart = max(apart, most / 2)
        return [one > apart for one in white]

    def _parted(
        self, columns: list[list[_Cell]], apart: list[bool], right: list[float]
    ) -> tuple[list[list[_Cell]], int]:
        """Rows that white parts, or else a line that opens one where a piece had room above."""
        rows: list[list[_Cell]] = []
        for cells, is_apart in zip(columns, [True, *apart], strict=True):
            if is_apart or self._opens_anew(rows[-1], cells, right):
                rows.append([[] for _ in cells])
            _extend(rows[-1], cells)
        return rows, len(columns)

    def _opens_anew(self, row: list[_Cell], cells: list[_Cell], right: list[float]) -> bool:
        """Whether a line close below another is another row: rows seldom wrap in all cells."""
        wide = len(cells) > _SELDOM_ALL and all(cells)
        return wide or (_opens(cells) and self._had_room(row, cells, right))

    def _run_on(
        self, columns: list[list[_Cell]], right: list[float]
    ) -> tuple[list[list[_Cell]], int]:
        """Rows of lines set alike: a line runs on if its pieces had no room in the one above."""
        rows: list[list[_Cell]] = []
        for number, cells in enumerate(columns):
            if _opens(cells):
                rows.append([list(cell) for cell in cells])
            elif rows and _below(rows[-1], cells) and not self._had_room(rows[-1], cells, right):
                _extend(rows[-1], cells)
            else:
                return rows, number
        return rows, len(columns)

    def _right(self, cells: Sequence[_Cell]) -> float:
        return max((float(self.boxes[n, 2]) for cell in cells for n in cell), default=0.0)

    def _had_room(self, row: list[_Cell], cells: list[_Cell], right: list[float]) -> bool:
        """Whether a piece of a line would have fitted behind the piece above it."""
        return any(
            above and below and not self._is_full(above[-1], below[0], edge)
            for above, below, edge in zip(row, cells, right, strict=True)
        )

    def _is_full(self, last: int, after: int, edge: float) -> bool:
        """Whether a word has no room behind another, in a column that ends at this edge."""
        wide = self.boxes[after, 2] - self.boxes[after, 0] + _BLANK * self._height
        return bool(self.boxes[last, 2] + wide > edge - _SLACK * self._height)


def _labels_wrap(columns: list[list[_Cell]], apart: list[bool]) -> bool:
    """Whether two columns are labels and what they ask for, white around each, some wrapping.

    Where the first column never wraps, reading across is reading by cells.
    """
    again = [
        bool(cells[0]) and not is_apart for cells, is_apart in zip(columns[1:], apart, strict=True)
    ]
    return sum(apart) >= _FEWEST_ROWS and 0 < sum(again) < sum(apart)


def _side_by_side(one: _Edge, other: _Edge) -> bool:
    """Whether most lines that begin at one of two edges leave the other free too."""
    shared = sum(other.first <= n < other.end for n in one.begins)
    back = sum(one.first <= n < one.end for n in other.begins)
    return shared >= _SHARED * len(one.begins) and back >= _SHARED * len(other.begins)


def _opens(cells: list[_Cell]) -> bool:
    """Whether a line has the first cell of a row, and half of the others at least."""
    return bool(cells[0]) and 2 * sum(map(bool, cells)) >= len(cells)


def _below(row: list[_Cell], cells: list[_Cell]) -> bool:
    """Whether each piece of a line has one above it in the row."""
    return all(bool(above) for above, below in zip(row, cells, strict=True) if below)


def _extend(row: list[_Cell], cells: list[_Cell]) -> None:
    for cell, more in zip(row, cells, strict=True):
        cell.extend(more)


def _is_table(rows: list[list[_Cell]]) -> bool:
    """Whether most rows have several cells, the first among them."""
    full = sum(bool(row[0]) and sum(map(bool, row)) > 1 for row in rows)
    return full >= _SHARED * len(rows)
