"""Reading order: columns are read down, forms and transcripts across."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import casefiles
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen import canvas

from extractor.documents import order
from extractor.documents.reading import read_case_file

Place = tuple[float, float, str]


def _drawn(path: Path, places: Sequence[Place], *, shuffled: bool) -> str:
    """The text of a page with these lines, whatever order they were painted in."""
    places = list(places)
    if shuffled:
        random.Random(7).shuffle(places)
    page = canvas.Canvas(str(path), pagesize=casefiles.LETTER)
    page.setFont("Times-Roman", 11)
    for x, y, text in places:
        page.drawString(x, y, text)
    page.save()
    return " ".join(read_case_file(path).text.split())


def _columns(top: float = 600) -> list[Place]:
    left = [(72.0, top - 14 * n, line) for n, line in enumerate(casefiles.FIRST_COLUMN)]
    right = [(320.0, top - 14 * n, line) for n, line in enumerate(casefiles.OTHER_COLUMN)]
    return left + right


@pytest.mark.parametrize("shuffled", [False, True])
def test_two_columns_are_read_down(tmp_path: Path, shuffled: bool) -> None:
    heading = [(72.0, 640.0, "A heading that stands over both columns and is as wide as both")]
    footer = [
        (72.0, 400.0, "And one line under both of the columns that closes the page, as ever.")
    ]
    text = _drawn(tmp_path / "c.pdf", [*heading, *_columns(), *footer], shuffled=shuffled)
    wanted = [heading[0][2], *casefiles.FIRST_COLUMN, *casefiles.OTHER_COLUMN, footer[0][2]]
    assert text == " ".join(wanted)


@pytest.mark.parametrize("shuffled", [False, True])
def test_columns_with_offset_lines(tmp_path: Path, shuffled: bool) -> None:
    left = [(72.0, 600.0 - 14 * n, line) for n, line in enumerate(casefiles.FIRST_COLUMN)]
    right = [(320.0, 593.0 - 14 * n, line) for n, line in enumerate(casefiles.OTHER_COLUMN)]
    text = _drawn(tmp_path / "c.pdf", [*left, *right], shuffled=shuffled)
    assert text == " ".join([*casefiles.FIRST_COLUMN, *casefiles.OTHER_COLUMN])


@pytest.mark.parametrize("shuffled", [False, True])
def test_three_columns(tmp_path: Path, shuffled: bool) -> None:
    lines = ["we were told to wait", "by the old gate and", "not to speak to men",
             "of any other house", "until the driver had", "come back to take us"]  # fmt: skip
    places = [
        (60.0 + 170 * column, 700.0 - 14 * n, line)
        for column in range(3)
        for n, line in enumerate(lines)
    ]
    assert _drawn(tmp_path / "c.pdf", places, shuffled=shuffled) == " ".join(lines * 3)


@pytest.mark.parametrize("shuffled", [False, True])
def test_form_is_read_across(tmp_path: Path, shuffled: bool) -> None:
    rows = [
        ("Family Name", "Quiroga", "Given Name", "Marisol"),
        ("Date of Birth", "02/14/1991", "Country", "Ecuador"),
        ("Alien Number", "A000 111 222", "Passport", "X0000001"),
        ("Agency", "Tampa Police", "Case Number", "TP-2021-0417"),
        ("Certifier", "Sgt. Oduya", "Title", "Sergeant"),
        ("Address", "411 Franklin St", "City", "Tampa"),
    ]
    places = [
        (x, 700.0 - 18 * n, cell)
        for n, row in enumerate(rows)
        for x, cell in zip((72.0, 170.0, 320.0, 420.0), row, strict=True)
    ]
    text = _drawn(tmp_path / "f.pdf", places, shuffled=shuffled)
    assert text == " ".join(cell for row in rows for cell in row)


@pytest.mark.parametrize("shuffled", [False, True])
def test_line_numbers_of_a_transcript_stay_with_their_lines(tmp_path: Path, shuffled: bool) -> None:
    lines = [*casefiles.FIRST_COLUMN, *casefiles.OTHER_COLUMN]
    spoken = [f"{'QA'[n % 2]}. {line}" for n, line in enumerate(lines)]
    places = [(50.0, 700.0 - 20 * n, str(n + 1)) for n in range(len(lines))]
    places += [(110.0, 700.0 - 20 * n, line) for n, line in enumerate(spoken)]
    text = _drawn(tmp_path / "t.pdf", places, shuffled=shuffled)
    assert text == " ".join(f"{n + 1} {line}" for n, line in enumerate(spoken))


def test_letterhead_is_no_column(tmp_path: Path) -> None:
    places = [
        (72.0, 740.0, "U.S. Citizenship"),
        (72.0, 726.0, "and Immigration"),
        (72.0, 712.0, "Services"),
        (330.0, 726.0, "Non-Precedent Decision of the"), (330.0, 712.0, "Administrative Office"),
        (72.0, 670.0, "In Re: 0000000"), (330.0, 670.0, "Date: JULY 22, 2020"),
        (72.0, 640.0, "Motion on Office Decision"),
    ]  # fmt: skip
    body = [(72.0, 600.0 - 14 * n, f"{a} {b}") for n, (a, b) in enumerate(
        zip(casefiles.FIRST_COLUMN, casefiles.OTHER_COLUMN, strict=True))]  # fmt: skip
    text = _drawn(tmp_path / "l.pdf", [*places, *body], shuffled=False)
    assert "In Re: 0000000 Date: JULY 22, 2020 Motion" in text
    assert text.endswith(body[-1][2])


def test_river_of_blanks_is_no_gutter(tmp_path: Path) -> None:
    """Rows of a typed transcript in which the blanks stand below each other."""
    rows = [
        ("A. Yeah. There was a", "processing area so"),
        ("I don't get confused", "I don't confuse it"),
        ("anyone else -- the pro", "most of the product"),
        ("were mixed or blended", "second or third flo"),
        ("because that was the le", "vel of the tanks tha"),
    ]
    places = [(x, 700.0 - 24 * n, cell) for n, row in enumerate(rows)
              for x, cell in zip((100.0, 212.0), row, strict=True)]  # fmt: skip
    text = _drawn(tmp_path / "r.pdf", places, shuffled=False)
    assert text == " ".join(" ".join(row) for row in rows)


_BOX = st.tuples(st.floats(0, 600), st.floats(0, 780), st.floats(1, 200), st.floats(1, 40)).map(
    lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3])
)


@given(st.lists(_BOX, max_size=60), st.floats(-0.1, 0.1))
def test_every_word_comes_once(boxes: list[order.Box], slope: float) -> None:
    found = [index for line in order.lines(boxes, slope) for index in line.words]
    assert sorted(found) == list(range(len(boxes)))


@given(st.lists(_BOX, min_size=1, max_size=9), st.sampled_from([0, 90, 180, 270]))
def test_turning_there_and_back(boxes: list[order.Box], turn: int) -> None:
    there = order.upright(boxes, turn, 612, 792)
    back = order.as_filed(there, turn, 612, 792)
    for before, after in zip(boxes, back, strict=True):
        assert after == pytest.approx(before)
