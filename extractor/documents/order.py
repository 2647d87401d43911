"""Reading order: our own cut over word boxes.

A page is read in rows from top to bottom, unless a gutter of `gutters` parts it. A table whose
cells hold several lines, ruled or not, is read cell by cell, the caption of a court paper left
side first; a stamp comes after the paragraph that its middle lies in or nearest to, as lines of
its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractor.documents import captions, stamps, tables
from extractor.documents.gutters import blocks
from extractor.documents.line_numbers import line_numbers
from extractor.documents.rows import Boxes
from extractor.documents.unruled import Block, Cells
from extractor.record import Box

_PARAGRAPH_GAP = 1.45
_MOST_PICTURES = 60
"""A page with more holds icons or pieces of one; the largest tell how text flows."""
_DOWN = 4.0
"""How much more white below a line parts it from a stamp than white at its side."""


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one line, by index; `new_paragraph` when white stands above it."""

    words: tuple[int, ...]
    new_paragraph: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a page beside the boxes of its words.

    `slants` are the words that run otherwise than the page and how far clockwise, in degrees;
    `silent` those without a letter or digit, which others may be written on; `signs` are boxes
    to tick, which make no prose of a column; `brackets` stand alone and may part a caption,
    `numbers` may count lines. Boxes are `exact` if they come from the page's own faces and not
    from a picture of it.
    """

    rules: Sequence[Box] = ()
    pictures: Sequence[Box] = ()
    slants: Mapping[int, float] = field(default_factory=dict)
    silent: Collection[int] = ()
    signs: Collection[int] = ()
    brackets: Collection[int] = ()
    numbers: Mapping[int, int] = field(default_factory=dict)
    exact: bool = True


_NOTHING = Beside()


def upright(boxes: Sequence[Box], turn: int, width: float, height: float) -> list[Box]:
    """Boxes as they would lie if the page were turned until its text stands upright.

    `turn` is how far clockwise the page has to be turned for that.
    """
    if turn == 90:
        return [(height - y1, x0, height - y0, x1) for x0, y0, x1, y1 in boxes]
    if turn == 180:
        return [(width - x1, height - y1, width - x0, height - y0) for x0, y0, x1, y1 in boxes]
    if turn == 270:
        return [(y0, width - x1, y1, width - x0) for x0, y0, x1, y1 in boxes]
    return list(boxes)


def as_filed(boxes: Sequence[Box], turn: int, width: float, height: float) -> list[Box]:
    """The way back from `upright`; width and height are those of the page as filed."""
    if turn in (90, 270):
        return upright(boxes, 360 - turn, height, width)
    return upright(boxes, turn, width, height)


def lines(boxes: Sequence[Box], slope: float = 0.0, beside: Beside = _NOTHING) -> list[Line]:
    """Words in reading order, line by line; `slope` is how far lines sink along the page."""
    if not boxes:
        return []
    largest = sorted(beside.pictures, key=_area)[-_MOST_PICTURES:]
    table, rules, pictures = (level(part, slope) for part in (boxes, beside.rules, largest))
    apart = list(stamps.slanted(table, beside.slants))
    members = _without(np.arange(len(table)), apart)
    found = tables.found(_upright(rules, slope), _upright(table, slope), members)
    members = _without(members, found)
    found += captions.found(table, members, beside.brackets)
    members = _without(members, found)
    whole = Block(table, members) if len(members) else None
    found += _unruled(whole)
    members = _without(members, found)
    silent = np.isin(members, list(beside.silent))
    apart += stamps.upright(table, members[~silent], exact=beside.exact)
    members = np.append(_without(members, apart), len(table) + np.arange(len(found)))
    stood_for = np.vstack([table, *(_around(table, one.members()) for one in found)])
    spoken = np.ones(len(stood_for), dtype=bool)
    spoken[[*beside.signs, *line_numbers(table, beside.numbers)]] = False
    read = _lines(stood_for, members, pictures, spoken, whole)
    read = [line for row in read for line in _unfolded(row, table, found)]
    return _with_stamps(read, apart, table)


def _unruled(whole: Block | None) -> list[tables.Table]:
    """Tables without rules; columns of prose are among the words still."""
    wrapped = whole.tables(parted=True) if whole else ()
    return [tables.Table(_of_page(one.rows, whole.members)) for one in wrapped if whole]


def _of_page(rows: Sequence[Cells], members: NDArray[np.intp]) -> tuple[Cells, ...]:
    """Cells of words by their place among the members, by their place on the page."""
    return tuple(tuple(tuple(members[list(cell)].tolist()) for cell in row) for row in rows)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _without(
    members: NDArray[np.intp], found: Sequence[stamps.Stamp | tables.Table]
) -> NDArray[np.intp]:
    taken = [index for one in found for index in one.members()]
    return members[~np.isin(members, taken)] if taken else members


def _with_stamps(read: list[Line], apart: Sequence[stamps.Stamp], table: Boxes) -> list[Line]:
    """The lines, each stamp after the end of the paragraph nearest to its middle."""
    if not apart or not read:
        return [*read, *(line for stamp in apart for line in _stamp_lines(stamp))]
    boxes = np.array([_around(table, line.words) for line in read])
    ends = [n for n in range(1, len(read)) if read[n].new_paragraph] + [len(read)]
    after: dict[int, list[Line]] = {}
    for stamp in apart:
        x, y = stamp.middle
        away = np.maximum(np.maximum(boxes[:, 0] - x, x - boxes[:, 2]), 0.0)
        away += _DOWN * np.maximum(np.maximum(boxes[:, 1] - y, y - boxes[:, 3]), 0.0)
        end = ends[bisect_right(ends, int(away.argmin()))]
        after.setdefault(end, []).extend(_stamp_lines(stamp))
    return [line for n in range(len(read)) for line in (read[n], *after.get(n + 1, ()))]


def _around(table: Boxes, members: Iterable[int]) -> Boxes:
    boxes = table[list(members)]
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def _stamp_lines(stamp: stamps.Stamp) -> Iterator[Line]:
    for n, words in enumerate(stamp.lines):
        yield Line(words, n == 0)


def level(boxes: Sequence[Box], slope: float) -> Boxes:
    """The boxes as they would lie if lines did not sink."""
    table = np.asarray(boxes, dtype=np.float64).reshape(-1, 4)
    sink = slope * (table[:, 0] + table[:, 2]) / 2
    table[:, 1] -= sink
    table[:, 3] -= sink
    return table


def _upright(table: Boxes, slope: float) -> Boxes:
    """Level boxes as they would lie if upright rules did not lean: on a turned sheet they do."""
    if not slope:
        return table
    leant = table.copy()
    leant[:, 0::2] += slope * (table[:, 1:2] + table[:, 3:4]) / 2
    return leant


def _lines(
    table: Boxes,
    members: NDArray[np.intp],
    pictures: Boxes,
    spoken: NDArray[np.bool_],
    whole: Block | None = None,
) -> list[Line]:
    """The lines of the members; `whole` is a block that may be just these."""
    found = blocks(table, members, pictures, spoken)
    if len(found) == 1 and whole is not None and np.array_equal(found[0], whole.members):
        return _block_lines(table, whole)
    return [line for one in found for line in _block_lines(table, Block(table, one))]


def _unfolded(row: Line, table: Boxes, found: Sequence[tables.Table]) -> Iterator[Line]:
    """A line in which tables stand as one word, with their own lines after its words."""
    words = tuple(index for index in row.words if index < len(table))
    if words:
        yield Line(words, row.new_paragraph)
    for index in (index for index in row.words if index >= len(table)):
        for cells in found[index - len(table)].rows:
            yield from _row_of_cells(table, cells)


def _row_of_cells(table: Boxes, cells: Sequence[Sequence[int]]) -> Iterator[Line]:
    """Across if each cell holds one line, else cell by cell; a row is a paragraph."""
    spoken = np.ones(len(table), dtype=bool)
    read = [_lines(table, np.array(cell), np.empty((0, 4)), spoken) for cell in cells]
    if all(len(lines) == 1 for lines in read):
        read = [[Line(tuple(index for one in read for index in one[0].words), True)]]
    for n, line in enumerate(line for lines in read for line in lines):
        yield Line(line.words, n == 0)


def _block_lines(table: Boxes, block: Block) -> list[Line]:
    """The lines of one block, those of tables that have no rules cell by cell."""
    plain = _plain_lines(block)
    read, at = list[Line](), 0
    for one in block.tables():
        read += plain[at : one.first]
        for cells in _of_page(one.rows, block.members):
            read += _row_of_cells(table, cells)
        at = one.end
    return [*read, *plain[at:]]


def _plain_lines(block: Block) -> list[Line]:
    """Each row a line; a paragraph begins where the rows stand further apart."""
    middles = ((block.boxes[:, 1] + block.boxes[:, 3]) / 2).tolist()
    members = block.members.tolist()
    centres = [sum(middles[i] for i in row) / len(row) for row in block.lines]
    pitches = [after - before for before, after in pairwise(centres)]
    usual = float(np.median(pitches)) if pitches else 0.0
    found = []
    for number, row in enumerate(block.lines):
        apart = number == 0 or pitches[number - 1] > _PARAGRAPH_GAP * usual
        found.append(Line(tuple(members[i] for i in row), apart))
    return found


def clipped(box: Box, width: float, height: float) -> Box:
    """A box cut to its page, to hundredths of a point."""
    x0, top, x1, bottom = box
    left, right = (round(min(max(x, 0.0), width), 2) for x in (x0, x1))
    above, below = (round(min(max(y, 0.0), height), 2) for y in (top, bottom))
    return left, above, right, below
