"""Pages filed twice and places blacked out are said; forms that differ in a name are not twins."""

from __future__ import annotations

from pathlib import Path

import casefiles
import numpy as np
import pytest
from numpy.typing import NDArray

from extractor.documents.assembly import PageContent, PlacedWord, TextBuilder
from extractor.documents.ocr.redactions import blacked_out
from extractor.documents.reading import read_case_file
from extractor.documents.repeats import repeated

_TEXT = "Part 3 Family Name Hollister Given Name Dwight " + "of the person named above who " * 5


def _found(*pages: tuple[str, float | None]) -> list[tuple[int, int]]:
    builder = TextBuilder()
    for text, sure in pages:
        words = [
            PlacedWord(part, (10, 20 * n, 60, 20 * n + 12), sure)
            for n, part in enumerate(text.split())
        ]
        builder.add(PageContent(612, 30 * len(words) + 30, words))
    return list(repeated(builder.pages))


def test_a_page_filed_twice() -> None:
    assert _found((_TEXT, None), ("Another page. " * 15, None), (_TEXT, None)) == [(3, 1)]


def test_a_repeated_page_is_said_in_the_record(tmp_path: Path) -> None:
    other = ["On another day he drove me to the market and back.", *casefiles.STATEMENT]
    pages = [casefiles.STATEMENT, other, casefiles.STATEMENT]
    case = read_case_file(casefiles.pdf(tmp_path / "a.pdf", pages))
    assert [page.page.repeats for page in case.pages] == [None, None, 1]


def test_a_doubtful_word_misread_once_is_the_same_page() -> None:
    again = _TEXT.replace("Hollister", "Hol1ister")
    assert _found((_TEXT, 0.7), (again, 0.7)) == [(2, 1)]
    assert _found((_TEXT, 0.99), (again, 0.99)) == []


def test_the_same_form_for_another_person_is_no_repeat() -> None:
    assert _found((_TEXT, 0.7), (_TEXT.replace("Hollister", "Quiroga"), 0.7)) == []


def test_pages_of_few_words_are_not_compared() -> None:
    assert _found(("Exhibit A", None), ("Exhibit A", None)) == []


def _page() -> NDArray[np.uint8]:
    page = np.full((2200, 1700), 245, np.uint8)
    page[400:404, 200:1500] = 10  # a rule
    for left in range(200, 1500, 30):  # a line of letters
        page[600:630, left : left + 15] = 30
    return page


def test_rules_letters_and_borders_are_not_blacked_out() -> None:
    page = _page()
    page[:, :60] = 0  # the border of a copy
    assert blacked_out(page, 200) == 0


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_black_bars_are_counted(dpi: int) -> None:
    page = _page()
    page[800:850, 300:900] = 5
    page[1000:1050, 300:600] = 5
    assert blacked_out(page, dpi) == 2
