"""Offsets are exact for whatever is read, and words survive JSON."""

from __future__ import annotations

import tempfile
from pathlib import Path

import casefiles
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.documents.assembly import PageContent, PlacedWord, TextBuilder
from extractor.documents.reading import read_case_file, render_page
from extractor.documents.words import CaseText, words_from_json, words_to_json
from extractor.record import Page

_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1
)
_WORD = _TEXT.filter(lambda text: text.isprintable() and not any(c.isspace() for c in text))
_PLACED = st.builds(
    PlacedWord,
    text=_WORD,
    box=st.tuples(st.floats(0, 300), st.floats(0, 700), st.floats(301, 612), st.floats(701, 792)),
    confidence=st.none() | st.floats(0, 1),
    other=st.none() | _WORD,
)


def _check(case: CaseText) -> None:
    for page in case.pages:
        place = page.page.start
        for word in page.words:
            assert case.text[word.start : word.end] == word.text
            assert place <= word.start < word.end <= page.page.end
            place = word.end
    ends = [0, *(page.page.end for page in case.pages)]
    assert all(page.page.start >= end for page, end in zip(case.pages, ends, strict=False))
    assert ends[-1] <= len(case.text)


@given(st.lists(st.lists(_PLACED, max_size=12), max_size=4))
def test_offsets_of_placed_words(pages: list[list[PlacedWord]]) -> None:
    builder = TextBuilder()
    for words in pages:
        builder.add(PageContent(612, 792, words))
    text = builder.text()
    for page, words in zip(builder.pages, pages, strict=True):
        assert sorted(w.text for w in page.words) == sorted(w.text for w in words)
        for word in page.words:
            assert text[word.start : word.end] == word.text


_STATEMENT = st.text(
    st.sampled_from("abcXYZ éüñ.,-'\"0123456789\n\n\t\f") | st.sampled_from("中文ñđ𝒜😀"),
    min_size=1,
    max_size=600,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_STATEMENT.filter(str.strip))
def test_plain_text_is_kept_letter_for_letter(statement: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text(statement, encoding="utf-8", newline="")
        case = read_case_file(path)
    assert case.text == statement
    _check(case)


def test_offsets_in_a_pdf(tmp_path: Path) -> None:
    _check(read_case_file(casefiles.pdf(tmp_path / "a.pdf", [casefiles.STATEMENT, [], ["End."]])))


def test_long_text_becomes_letter_pages(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    text = "\n\n".join(f"{n}. " + "Dwight Hollister took the money. " * 5 for n in range(60))
    path.write_text(text)
    case = read_case_file(path)
    assert case.text == text
    assert len(case.pages) > 1
    _check(case)
    for page in case.pages:
        for word in page.words:
            assert 0 < word.box[0] < word.box[2] <= page.page.width
            assert 0 < word.box[1] < word.box[3] <= page.page.height
    assert render_page(path, 2).startswith(b"\x89PNG")


def test_form_feeds_part_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("First page.\n\fSecond page of Dwight.")
    case = read_case_file(path)
    assert [page.page.number for page in case.pages] == [1, 2]
    assert case.page_of(case.text.index("Dwight")).page.number == 2


def test_one_box_a_line(tmp_path: Path) -> None:
    case = read_case_file(casefiles.pdf(tmp_path / "a.pdf", [casefiles.STATEMENT]))
    start, end = case.text.index("Evaristo"), case.text.index("agency")
    _, boxes = case.boxes(start, end)
    assert len(boxes) == 2


@given(st.lists(st.lists(_PLACED, max_size=12), max_size=4))
def test_both_readings_survive_json(pages: list[list[PlacedWord]]) -> None:
    builder = TextBuilder()
    for words in pages:
        builder.add(PageContent(612, 792, words))
    again = words_from_json(words_to_json(builder.pages))
    assert list(again) == builder.pages


def test_words_stored_before_there_was_a_second_reading_are_read() -> None:
    page = Page(number=1, start=0, end=2, text_source="ocr", width=612, height=792)
    stored = {"page": page.model_dump(mode="json"), "words": [["My", [0, 0, 9, 9], 0, 2, 0.7]]}
    word = words_from_json([stored])[0].words[0]
    assert (word.text, word.other, word.doubtful) == ("My", None, True)


def test_json_loses_nothing(tmp_path: Path) -> None:
    case = read_case_file(casefiles.pdf(tmp_path / "a.pdf", [casefiles.STATEMENT, []]))
    again = words_from_json(words_to_json(case.pages))
    assert again == case.pages
    assert isinstance(again[0].page, Page)
