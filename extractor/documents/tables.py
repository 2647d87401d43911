"""Ruled tables: which words stand in which cell.

Invariant: a table is found only where reading across its rows would mix the lines of cells
that stand side by side, and where every cell with words is a rectangle whose words keep
inside it; a form with boxes here and there is no table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from extractor.documents.groups import groups
from extractor.documents.rows import Boxes, rows_of

_NEAR = 3.5
"""Points between the ends or sides of rules that are drawn to meet."""
_CLOSED = 0.7
_MOST_RULES, _MOST_CELLS = 1_500, 1_000
_OVER_EDGE, _MOST_OVER = 0.6, 0.05

Edges = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell by the rows and columns of the lattice that it takes, with its words."""

    top: int
    left: int
    bottom: int
    words: tuple[int, ...]
    lines: int


@dataclass(frozen=True)
class Table:
    """The words of a table by row and cell; signs that stand for its rules are not read."""

    rows: tuple[tuple[tuple[int, ...], ...], ...]
    signs: tuple[int, ...] = ()

    def members(self) -> Iterator[int]:
        """Every word of the table, signs too."""
        yield from (index for row in self.rows for cell in row for index in cell)
        yield from self.signs


def found(rules: Boxes, words: Boxes, members: NDArray[np.intp]) -> list[Table]:
    """The tables that these rules make of the members, no two with a word in common."""
    if not 4 <= len(rules) <= _MOST_RULES:
        return []
    taken: set[int] = set()
    tables = []
    for part in _joined(rules):
        table = _table(rules[part], words, members)
        if table is not None and taken.isdisjoint(table.members()):
            taken.update(table.members())
            tables.append(table)
    return tables


def _joined(rules: Boxes) -> Iterator[NDArray[np.intp]]:
    """Rules that touch each other, by way of others or at once."""
    grown = rules + np.array([-1.0, -1.0, 1.0, 1.0]) * _NEAR / 2

    def touching(at: int) -> NDArray[np.bool_]:
        x0, y0, x1, y1 = grown[at]
        met: NDArray[np.bool_] = (grown[:, 0] <= x1) & (grown[:, 2] >= x0)
        met &= (grown[:, 1] <= y1) & (grown[:, 3] >= y0)
        return met

    for part in groups(len(rules), touching):
        yield np.array(part)


def _table(rules: Boxes, words: Boxes, members: NDArray[np.intp]) -> Table | None:
    """The table of rules that touch, if it is one that has to be read by cells."""
    lying = rules[:, 2] - rules[:, 0] >= rules[:, 3] - rules[:, 1]
    box = (*rules[:, :2].min(axis=0).tolist(), *rules[:, 2:].max(axis=0).tolist())
    xs = _lines_at(np.append((rules[~lying, 0] + rules[~lying, 2]) / 2, (box[0], box[2])))
    ys = _lines_at(np.append((rules[lying, 1] + rules[lying, 3]) / 2, (box[1], box[3])))
    if len(xs) < 3 or len(xs) * len(ys) > _MOST_CELLS:
        return None
    upright = _drawn(rules[~lying], xs, ys)
    across = _drawn(rules[lying][:, [1, 0, 3, 2]], ys, xs)
    cells = _cells(_regions(upright, across.T), (xs, ys), words[members])
    if not any(_mixed(one, other) for one, other in combinations(cells, 2)):
        return None
    tops = sorted({cell.top for cell in cells})
    rows = tuple(
        tuple(tuple(members[list(cell.words)].tolist()) for cell in cells if cell.top == top)
        for top in tops
    )
    return Table(rows)


def _mixed(one: _Cell, other: _Cell) -> bool:
    """Whether reading across would mix two cells that stand side by side."""
    beside = one.top < other.bottom and other.top < one.bottom and one.left != other.left
    alike = (one.top, one.bottom) == (other.top, other.bottom)
    return beside and (max(one.lines, other.lines) > 1 or not alike)


def _lines_at(places: Edges) -> Edges:
    """Places of rules, those that nearly fall together made one."""
    places = np.sort(places)
    groups = np.split(places, np.flatnonzero(np.diff(places) > _NEAR) + 1)
    return np.array([group.mean() for group in groups])


def _drawn(rules: Boxes, xs: Edges, ys: Edges) -> NDArray[np.bool_]:
    """For each line at xs and each stretch between two of ys, whether a rule is drawn there."""
    share = np.zeros((len(xs), len(ys) - 1))
    for x0, top, x1, bottom in rules:
        overlap = np.minimum(ys[1:], bottom + _NEAR) - np.maximum(ys[:-1], top - _NEAR)
        share[np.abs(xs - (x0 + x1) / 2).argmin()] += np.maximum(overlap, 0.0) / np.diff(ys)
    return share >= _CLOSED


def _regions(upright: NDArray[np.bool_], across: NDArray[np.bool_]) -> NDArray[np.intp]:
    """A number for each place of the lattice; places with no rule between them share it.

    `upright` is by column line and row, `across` by column and row line.
    """
    columns, rows = upright.shape[0] - 1, across.shape[1] - 1
    numbers = np.arange(rows * columns).reshape(rows, columns)
    changed = True
    while changed:
        before = numbers.copy()
        for column in range(1, columns):
            _level(numbers[:, column - 1], numbers[:, column], ~upright[column])
        for row in range(1, rows):
            _level(numbers[row - 1], numbers[row], ~across[:, row])
        changed = bool((before != numbers).any())
    return numbers


def _level(one: NDArray[np.intp], other: NDArray[np.intp], is_open: NDArray[np.bool_]) -> None:
    least = np.minimum(one, other)
    one[is_open] = least[is_open]
    other[is_open] = least[is_open]


def _cells(numbers: NDArray[np.intp], lattice: tuple[Edges, Edges], words: Boxes) -> list[_Cell]:
    """The cells with words in reading order; none if this is no table."""
    xs, ys = lattice
    column = np.searchsorted(xs, (words[:, 0] + words[:, 2]) / 2) - 1
    row = np.searchsorted(ys, (words[:, 1] + words[:, 3]) / 2) - 1
    inside = (column >= 0) & (column < len(xs) - 1) & (row >= 0) & (row < len(ys) - 1)
    at = np.full(len(words), -1)
    at[inside] = numbers[row[inside], column[inside]]
    cells, over = [], 0
    for number in np.unique(at[inside]):
        taken = np.argwhere(numbers == number)
        (top, left), (bottom, right) = taken.min(axis=0), taken.max(axis=0) + 1
        if (bottom - top) * (right - left) != len(taken):
            return []
        members = np.flatnonzero(at == number)
        over += _over_edge(words[members], float(xs[left]), float(xs[right]))
        lines = len(rows_of(words[members]))
        cells.append(_Cell(int(top), int(left), int(bottom), tuple(members.tolist()), lines))
    if over > _MOST_OVER * inside.sum():
        return []
    return sorted(cells, key=lambda cell: (cell.top, cell.left))


def _over_edge(words: Boxes, left: float, right: float) -> int:
    """How many words reach out of their cell: then its sides are not its sides."""
    reach = _OVER_EDGE * (words[:, 3] - words[:, 1])
    return int(((words[:, 0] < left - reach) | (words[:, 2] > right + reach)).sum())
