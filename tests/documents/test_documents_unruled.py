"""Tables without rules are read by cells where a cell wraps, captions left side first."""

from __future__ import annotations

import random
from collections.abc import Sequence

import casefiles
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from extractor.documents import order
from extractor.documents.ocr import columns, tesseract
from extractor.documents.ocr.reading import OcrLine, OcrWord
from extractor.record import Box

_HIGH, _LEADING, _LETTER, _BLANK = 11.0, 13.0, 5.5, 3.0

Row = Sequence[Sequence[str]]
"""The lines of each cell."""


def _words(x: float, top: float, text: str) -> list[tuple[str, Box]]:
    placed = []
    for word in text.split():
        placed.append((word, (x, top, x + _LETTER * len(word), top + _HIGH)))
        x += _LETTER * len(word) + _BLANK
    return placed


def _laid(rows: Sequence[Row], xs: Sequence[float], white: float) -> list[tuple[str, Box]]:
    """The cells of rows at these places, with some white between the rows."""
    placed, top = list[tuple[str, Box]](), 200.0
    for row in rows:
        for x, cell in zip(xs, row, strict=True):
            for n, line in enumerate(cell):
                placed += _words(x, top + n * _LEADING, line)
        top += max(map(len, row)) * _LEADING + white
    return placed


def _read(placed: Sequence[tuple[str, Box]], brackets: Sequence[str] = ()) -> list[str]:
    signs = [n for n, (word, _) in enumerate(placed) if word in brackets]
    beside = order.Beside(brackets=signs, silent=signs)
    lines = order.lines([box for _, box in placed], 0.0, beside)
    return [" ".join(placed[n][0] for n in line.words) for line in lines]


_WAGES: tuple[Row, ...] = (
    (["Period"], ["Hours"], ["Remarks"]),
    (["September"], ["412"], ["Kept for the ticket,", "she said, and the visa"]),
    (["October and", "November"], ["430"], ["For a coat and shoes"]),
    (["December"], ["418"], ["Nothing"]),
)
_PLACES = (72.0, 170.0, 240.0)


@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("white", [0.0, 4.0, 14.0])
def test_cells_that_wrap_are_read_one_after_the_other(white: float, shuffled: bool) -> None:
    placed = _laid(_WAGES, _PLACES, white)
    if shuffled:
        random.Random(3).shuffle(placed)
    wanted = [" ".join(line for cell in row for line in cell) for row in _WAGES]
    assert " ".join(_read(placed)) == " ".join(wanted)


def test_lines_in_the_middle_of_their_cells_belong_to_their_row() -> None:
    placed = _laid([row for row in _WAGES if max(map(len, row)) == 1], _PLACES, 9.0)
    top = 300.0
    placed += _words(72, top + 6, "January") + _words(170, top + 6, "426")
    placed += _words(240, top, "Sent to my mother by") + _words(240, top + 13, "way of the driver")
    assert " ".join(_read(placed)).endswith("January 426 Sent to my mother by way of the driver")


def test_rows_of_single_lines_are_read_across() -> None:
    rows = [(["May 4"], ["Ames"], ["$20"]), (["May 5"], ["Boone"], ["$0"])] * 3
    read = _read(_laid(rows, _PLACES, 9.0))
    assert read == [" ".join(cell[0] for cell in row) for row in rows]


def test_a_typewriter_s_blanks_make_no_columns() -> None:
    """Lines alike, as in a form letter: every word begins below another."""
    line = "and then we went on to the next"
    placed = [
        (word, (72 + 7.2 * at, 100 + 14.0 * n, 72 + 7.2 * (at + len(word)), 111 + 14.0 * n))
        for n in range(20)
        for at, word in _typed(line)
    ]
    assert _read(placed) == [line] * 20


def _typed(line: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for word in line.split():
        found.append((at, word))
        at += len(word) + 1
    return found


_WORD = st.text("abcdefgh", min_size=1, max_size=7)
_CELL = st.lists(_WORD, min_size=1, max_size=9)


@given(
    st.lists(st.tuples(_CELL, _CELL, _CELL), min_size=4, max_size=8),
    st.tuples(*[st.floats(7 * _LETTER, 120)] * 3),
    st.floats(6, 30),
    st.floats(11, 40),
)
def test_any_table_parted_by_white_is_read_row_by_row(
    cells: list[tuple[list[str], ...]], wide: tuple[float, ...], white: float, apart: float
) -> None:
    rows = [
        [_wrapped(words, width) for words, width in zip(row, wide, strict=True)] for row in cells
    ]
    xs = (72.0, 72.0 + wide[0] + apart, 72.0 + wide[0] + wide[1] + 2 * apart)
    read = " ".join(_read(_laid(rows, xs, white)))
    assert read == " ".join(line for row in rows for cell in row for line in cell)


def _wrapped(words: Sequence[str], width: float) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if _words(0, 0, longer)[-1][1][2] > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def test_labels_that_wrap_stand_before_what_they_ask_for() -> None:
    rows: list[Row] = [
        (["Name"], ["Ana Canux"]),
        (["Date and", "place of birth"], ["14 March 1994, Tarata,", "registered two years later"]),
        (["Entry"], ["Dulles, with her cousin", "from Cochabamba"]),
        (["Language"], ["Spanish"]),
    ]
    read = " ".join(_read(_laid(rows, (72.0, 190.0), 8.0)))
    assert read == " ".join(line for row in rows for cell in row for line in cell)


def test_a_table_in_a_column_takes_nothing_of_the_other_column() -> None:
    left = [f"the {n}th line of the story is told over here" for n in range(20)]
    above = [f"and line {n} of what stands beside it" for n in range(8)]
    placed = [word for n, line in enumerate(left) for word in _words(40, 100 + 13 * n, line)]
    placed += [word for n, line in enumerate(above) for word in _words(330, 100 + 13 * n, line)]
    table = [
        (word, (x0 + 258, top + 12, x1 + 258, bottom + 12))
        for word, (x0, top, x1, bottom) in _laid(_WAGES, (72.0, 150.0, 200.0), 5.0)
    ]
    read = " ".join(_read(placed + table))
    cells = [line for row in _WAGES for cell in row for line in cell]
    assert read == " ".join([*left, *above, *cells])


def test_numbers_of_lines_make_no_labels_of_two_columns() -> None:
    """Four pages of a transcript on a sheet: down the left side, then the right."""
    said = [f"said in line {n} of the page of {side}" for side in "abcd" for n in range(1, 13)]
    placed, numbers = list[tuple[str, Box]](), dict[int, int]()
    for n, line in enumerate(said):
        x, top = 50 + 270 * (n // 24), 80 + 14 * (n % 24) + 30 * (n % 24 // 12)
        numbers[len(placed)] = n % 12 + 1
        placed += [*_words(x, top, str(n % 12 + 1)), *_words(x + 24, top, line)]
    boxes = [box for _, box in placed]
    lines = order.lines(boxes, 0.0, order.Beside(numbers=numbers))
    read = [" ".join(placed[n][0] for n in line.words) for line in lines]
    assert read == [f"{n % 12 + 1} {line}" for n, line in enumerate(said)]


def _caption(brackets: Sequence[int]) -> list[tuple[str, Box]]:
    left = ("UNITED STATES OF AMERICA,", "", "v.", "", "ZOFIE KUBESOVA,", "Defendant.")
    right = ("", "Criminal No. 1:19-mj-00417", "", "FILED UNDER SEAL", "", "")
    placed = _words(180, 80, "UNITED STATES DISTRICT COURT OF ALEXANDRIA")
    for n, (one, other) in enumerate(zip(left, right, strict=True)):
        top = 120 + _LEADING * n
        placed += _words(72, top, one) + _words(330, top, other)
        placed += [(")", (300.0, top, 303.0, top + _HIGH))] if n in brackets else []
    return placed + _words(72, 230, "I swear that what follows is true and correct as I know it.")


@pytest.mark.parametrize("brackets", [range(6), range(1, 5), range(2, 6)])
def test_a_caption_is_read_left_side_first(brackets: Sequence[int]) -> None:
    """Also where OCR missed some of its brackets."""
    read = " ".join(_read(_caption(brackets), [")"]))
    assert "AMERICA, v. ZOFIE KUBESOVA, Defendant. Criminal No. 1:19-mj-00417 FILED UNDER" in read
    assert ")" not in read
    assert read.startswith("UNITED STATES DISTRICT COURT")
    assert read.endswith("as I know it.")


def test_brackets_that_part_nothing_are_read() -> None:
    """Too few of them, or a word across their place."""
    few = _read(_caption([0, 2]), [")"])
    assert "UNITED STATES OF AMERICA, )" in few
    crossed = _caption(range(6)) + _words(280, 120 + 5 * _LEADING, "acrosswithoutablank")
    assert ")" in " ".join(_read(crossed, [")"]))


def test_each_column_is_shown_to_the_witness_by_itself() -> None:
    """Two columns out of step: as one picture the witness mixes their lines."""
    page = Image.new("L", (1700, 900), 250)
    pen, face = ImageDraw.Draw(page), casefiles.font(26)
    lines = []
    for x, y, column in ((90, 90, casefiles.FIRST_COLUMN), (880, 106, casefiles.OTHER_COLUMN)):
        for n, text in enumerate(column):
            pen.text((x, y + 36 * n), text, fill=20, font=face)
            lines.append(_line(pen, (x, y + 36 * n), text, face))
    pixels = np.asarray(page)
    seen = " ".join(word.text for word in columns.witnessed(pixels, 200, lines, 0.0))
    assert seen == " ".join([*casefiles.FIRST_COLUMN, *casefiles.OTHER_COLUMN])
    assert seen != " ".join(word.text for word in tesseract.words(pixels, 200))


def _line(
    pen: ImageDraw.ImageDraw, place: tuple[float, float], text: str, face: casefiles.Face
) -> OcrLine:
    """A line as the reading engine would see it."""
    words, x = [], place[0]
    for word in text.split():
        wide = pen.textlength(word, font=face)
        words.append(OcrWord(word, (x, place[1] + 4, x + wide, place[1] + 32), 0.99))
        x += wide + pen.textlength(" ", font=face)
    return OcrLine(tuple(words), (place[0], place[1] + 4, x, place[1] + 32))
