"""Ruled tables: cells of several lines are read cell by cell, forms across."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import casefiles
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen import canvas

from extractor.documents import order
from extractor.documents.ocr.rules import ruled_lines
from extractor.documents.reading import read_case_file
from extractor.record import Box

_CELLS = (
    ("Date", "What happened", "Who"),
    ("4 May|in the|morning", "The driver took|our passports", "Evaristo"),
    ("5 May", "We cleaned|forty rooms|without a rest", "Lorraine|and Dwight"),
)
_XS, _YS = (72.0, 150.0, 300.0, 420.0), (700.0, 670.0, 620.0, 570.0)


@pytest.mark.parametrize("kind", ["grid", "frames", "bars", "open sides"])
def test_cells_are_read_one_after_the_other(tmp_path: Path, kind: str) -> None:
    page = canvas.Canvas(str(tmp_path / "t.pdf"), pagesize=casefiles.LETTER)
    for row, cells in enumerate(_CELLS):
        for column, cell in enumerate(cells):
            for n, line in enumerate(cell.split("|")):
                page.drawString(_XS[column] + 4, _YS[row] - 14 - 14 * n, line)
    _rule(page, kind)
    page.save()
    text = read_case_file(tmp_path / "t.pdf").text
    wanted = " ".join(cell for row in _CELLS for cell in row).replace("|", " ")
    assert " ".join(text.split()) == wanted
    assert text.startswith("Date What happened Who\n\n")


def _rule(page: canvas.Canvas, kind: str) -> None:
    if kind == "grid":
        page.grid(_XS, _YS)
    elif kind == "open sides":
        page.lines([(_XS[0], y, _XS[-1], y) for y in _YS])
        page.lines([(x, _YS[0], x, _YS[-1]) for x in _XS[1:-1]])
    else:
        for x0, x1 in pairwise(_XS):
            for y1, y0 in pairwise(_YS):
                _frame(page, kind, (x0, y0, x1 - x0, y1 - y0))


def _frame(page: canvas.Canvas, kind: str, frame: Box) -> None:
    x, y, wide, high = frame
    if kind == "frames":
        page.rect(x, y, wide, high)
    else:
        page.rect(x, y, wide, 0.5, stroke=0, fill=1)
        page.rect(x, y, 0.5, high, stroke=0, fill=1)


def test_boxes_in_a_frame_are_no_table(tmp_path: Path) -> None:
    """A form: labels outside the boxes that their answers stand in, two lines in one.

    Two rows of it are too few for columns of white.
    """
    page = canvas.Canvas(str(tmp_path / "f.pdf"), pagesize=casefiles.LETTER)
    page.rect(60, 500, 480, 220)
    for n, label in enumerate(("Name", "City")):
        y = 690 - 60 * n
        page.drawString(72, y, label)
        page.rect(120, y - 20, 120, 36)
        page.drawString(126, y, f"Answer {n}")
        page.drawString(126, y - 14, "and more")
        page.drawString(300, y, f"see item {n}")
    page.save()
    text = read_case_file(tmp_path / "f.pdf").text
    assert text.split("\n")[0] == "Name Answer 0 see item 0"


def test_rules_of_a_scan_are_found_and_letters_are_none() -> None:
    """Upside down or not, a lattice has all its rules and no others."""
    picture = casefiles.picture(casefiles.STATEMENT)
    plain = np.asarray(picture)
    ruled = plain.copy()
    for n in range(4):
        ruled[1500 + 120 * n : 1503 + 120 * n, 200:1400] = 30
        ruled[1500:1860, 200 + 400 * n : 203 + 400 * n] = 30
    assert ruled_lines(plain, 200) == ()
    for pixels in (ruled, np.ascontiguousarray(ruled[::-1, ::-1])):
        found = ruled_lines(pixels, 200)
        level = [box for box in found if box[2] - box[0] > box[3] - box[1]]
        assert (len(level), len(found) - len(level)) == (4, 4)


_BOX = st.tuples(st.floats(0, 600), st.floats(0, 780), st.floats(1, 200), st.floats(1, 40)).map(
    lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3])
)
_PLACES = st.lists(st.integers(0, 40), min_size=2, max_size=6, unique=True)


@given(st.lists(_BOX, max_size=60), _PLACES, _PLACES, st.floats(-0.05, 0.05), st.data())
def test_no_word_is_lost_whatever_is_drawn(
    boxes: list[Box], xs: list[int], ys: list[int], slope: float, data: st.DataObject
) -> None:
    left, right, top, bottom = (15.0 * n for n in (min(xs), max(xs), min(ys), max(ys)))
    rules = [(15.0 * x, top, 15.0 * x, bottom) for x in xs]
    rules += [(left, 15.0 * y, right, 15.0 * y) for y in ys]
    places = st.integers(0, max(len(boxes) - 1, 0))
    slants = data.draw(st.dictionaries(places, st.floats(-180, 180), max_size=len(boxes)))
    beside = order.Beside(rules, boxes[:3], slants, data.draw(st.sets(places)))
    found = [index for line in order.lines(boxes, slope, beside) for index in line.words]
    assert sorted(found) == list(range(len(boxes)))
