"""A paragraph that goes on over a page is whole when it is understood; no place is lost."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import casefiles
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen import canvas

from extractor.documents.assembly import PageContent, PlacedWord, TextBuilder
from extractor.documents.reading import read_case_file
from extractor.documents.running import running_lines
from extractor.documents.words import CaseText
from extractor.pipeline import record_of
from extractor.prose import Prose, prose_of
from extractor.record import (
    DocumentKind,
    ModelVersion,
    Record,
    Section,
    Source,
    Span,
)
from models.runtime import shipped_runtime

STORY = (
    (
        "DECLARATION OF ROSA PROBE",
        "I, Rosa Probe, declare that what follows is true and correct to the best",
        "of my memory. In March 2019 I came to Nowhere to clean rooms in a hotel",
        "because a woman of my town had said that the pay was good and honest.",
        "On the first night the driver came to the house where we slept and then",
        "he asked every one of us for the papers we carried. He took my pass-",
    ),
    (
        "port and locked it in a drawer of his desk, and said that I owed $6,000.",
        "I worked every day from five in the morning and was never paid for it.",
        "Whoever asked for money was beaten in the yard, and all of us saw this.",
        "The man who gave the orders in that house and beat us was called Ramon",
    ),
    (
        "Dela Nada, and his sister Fictora kept the keys. Ramon Dela Nada told me",
        "that he would call immigration if I spoke to anyone outside the house.",
        "I declare under penalty of perjury that the foregoing is true.",
    ),
)
HEAD, FOOT = "Declaration of Rosa Probe", "Page {} of 3   PROBE-00012{}"


def drawn(path: Path, pages: Sequence[Sequence[str]], head: str, foot: str) -> Path:
    sheet = canvas.Canvas(str(path), pagesize=casefiles.LETTER)
    for number, lines in enumerate(pages, start=1):
        sheet.setFont("Times-Roman", 12)
        sheet.drawString(72, 750, head.format(number, number))
        sheet.drawString(72, 36, foot.format(number, number))
        for row, line in enumerate(lines):
            sheet.drawString(72, 700 - 16 * row, line)
        sheet.showPage()
    sheet.save()
    return path


def built(
    pages: Sequence[tuple[str, Sequence[str], str]],
    sure: float | None = None,
    starts: Sequence[int] = (0,),
    top: float = 120,
) -> CaseText:
    """Pages with a head, lines of text and a foot; papers begin with the pages in `starts`."""
    builder = TextBuilder()
    for head, lines, foot in pages:
        rows = [(40, head), *((top + 14 * n, line) for n, line in enumerate(lines)), (750, foot)]
        words = [
            PlacedWord(word, (72 + 60 * n, y, 125 + 60 * n, y + 10), sure)
            for y, row in rows
            for n, word in enumerate(row.split())
        ]
        builder.add(PageContent(612, 792, words))
    text = builder.text()
    begins = [0, *(builder.pages[n].page.start for n in starts[1:])]
    sections = tuple(
        Section(start=start, end=end, kind=DocumentKind.DECLARATION)
        for start, end in itertools.pairwise([*begins, len(text)])
    )
    source = Source(filename="a.pdf", media_type="application/pdf", sha256="0" * 64, bytes=1)
    return CaseText(
        source, text, tuple(builder.pages), DocumentKind.DECLARATION, None, {}, sections, ()
    )


def running(case: CaseText) -> list[str]:
    return [case.text[line.start : line.end] for line in running_lines(case.text, case.pages)]


def test_a_sentence_and_a_name_cut_by_the_page_are_whole(tmp_path: Path) -> None:
    case = read_case_file(drawn(tmp_path / "a.pdf", STORY, HEAD, FOOT))
    record = record_of(case, shipped_runtime())
    assert record.text == case.text
    assert all(f"Page {n} of 3 PROBE-00012{n}" in record.text for n in (1, 2, 3))
    assert record.text.count(HEAD) == 3
    answer = next(t for t in record.alleged_traffickers if t.name == "Ramon Dela Nada")
    cut = next(
        mention
        for mention in record.entity(answer.entity).mentions
        if record.quote(mention) == "Ramon\nDela Nada"
    )
    assert record.text[cut.start : cut.end].split("\n")[0] == "Ramon"
    assert (cut.page, len(cut.boxes)) == (2, 1)
    quotes = [record.quote(span) for t in record.alleged_traffickers for span in t.evidence]
    assert any("took my pass-\nport and locked it" in quote for quote in quotes)
    assert not any("Page" in quote or HEAD in quote for quote in quotes)


def test_a_line_that_happens_to_come_again_is_no_head() -> None:
    """Set like the lines below it, and not on a third page."""
    pages = [["A. Yes.", *(f"Q. And on day {n} {m}" for m in "abcdef")] for n in (1, 2)]
    assert running(built([("", page, "") for page in pages], top=60)) == []
    assert running(built([("A. Yes.", page[1:], "") for page in pages])) == ["A. Yes."] * 2


@pytest.mark.parametrize(
    ("foot", "runs"),
    [
        ("Page {} of 7", True),
        ("- {} -", True),
        ("EX 00{}", True),
        ("Form I-914 Edition 01/20/25 Page {} of 11", True),
        ("He paid me $1{}0 and", False),
        ("See exhibit 3{}", False),
    ],
)
def test_what_counts_the_pages_runs_on(foot: str, runs: bool) -> None:
    """Numbers grow by one a page: those of a story grow as they like."""
    numbers = (3, 4) if runs else (3, 7)
    case = built([("", ["word " * 6] * 5, foot.format(n)) for n in numbers])
    assert bool(running(case)) is runs


def test_a_head_that_was_misread_on_one_page_runs_on() -> None:
    heads = ("Statement of Rosa Probe, page 1", "Staternent of Rosa Prob, page 2")
    lines = ["word " * 6] * 5
    assert running(built([(head, lines, "") for head in heads], sure=0.9)) == list(heads)
    assert running(built([(head, lines, "") for head in heads])) == []


def test_words_that_stand_in_a_head_only_stay_once() -> None:
    line = "and then we went on to the next"
    head = "Probe, A 000-000-001, page {}"
    case = built([("", [line] * 5, "")] + [(head.format(n), [line] * 5, "") for n in (2, 3)])
    prose = prose_of(case).case.text
    assert prose.count("A 000-000-001") == 1
    assert f"{line}\n{line}" in prose.split("page 2")[1]


def test_a_head_between_two_paragraphs_is_left_out_the_blank_line_stays() -> None:
    line = "and then we went on to the next"
    pages = [*[line] * 43, "And so it ended."], ["Later.", *[line] * 43]
    apart = built([("Probe", page, f"- {n} -") for n, page in enumerate(pages, start=1)])
    assert "so it ended.\n\nLater.\n" in prose_of(apart).case.text
    near = built([("", page, f"p. {n}") for n, page in enumerate(pages, start=1)], top=134)
    assert "so it ended.\np. 1\n\nLater.\n" in near.text
    assert "so it ended.\n\nLater.\n" in prose_of(near).case.text


def test_the_parts_of_a_form_stay_parted() -> None:
    lines = ["Family name Probe Given name Rosa"] * 5
    case = built([("", lines, f"Form I-914 Edition 01/20/25 Page {n} of 6") for n in (1, 2)])
    forms = [
        part.model_copy(update={"kind": DocumentKind.APPLICATION_FORM}) for part in case.sections
    ]
    assert prose_of(replace(case, sections=tuple(forms))).between == ()
    assert prose_of(case).between != ()


def test_nothing_is_left_out_between_two_papers() -> None:
    lines = ["and then we went on to the next"] * 5
    case = built([("Bates 1", lines, ""), ("Bates 2", lines, "")], starts=(0, 1))
    assert running(case) == ["Bates 1", "Bates 2"]
    assert prose_of(case).between == ()


def test_text_without_pages_is_kept_letter_for_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\f".join(f"Page {n} of 3\n\nand so\n" + "it went on\n" * 9 for n in (1, 2, 3)))
    assert prose_of(read_case_file(path)).between == ()


_WORDS = st.lists(st.sampled_from(["and", "Rosa", "went.", "x-", "Probe", "7", "“no"]), min_size=1)
_PAGES = st.lists(
    st.tuples(
        st.sampled_from(["", "Rosa Probe", "Page {}", "Probe {}"]),
        st.lists(_WORDS.map(" ".join), max_size=6),
        st.sampled_from(["", "{}", "- {} -", "Rosa Probe {} of 9", "only here"]),
    ),
    min_size=1,
    max_size=6,
)


@given(_PAGES, st.lists(st.booleans(), min_size=6, max_size=6))
@settings(max_examples=80, deadline=None)
def test_prose_keeps_every_word_of_the_story(
    pages: list[tuple[str, list[str], str]], begins: list[bool]
) -> None:
    numbered = [
        (head.format(n), body, foot.format(n)) for n, (head, body, foot) in enumerate(pages)
    ]
    starts = [0, *(n for n in range(1, len(pages)) if begins[n])]
    case = built(numbered, starts=starts)
    prose = prose_of(case)
    told = Counter(word for _, body, _ in numbered for line in body for word in line.split())
    assert not told - Counter(prose.case.text.split())
    assert case.text.split() == [word.text for page in case.pages for word in page.words]


@given(_PAGES, st.data())
@settings(max_examples=80, deadline=None)
def test_every_place_of_the_prose_is_the_same_in_the_whole(
    pages: list[tuple[str, list[str], str]], data: st.DataObject
) -> None:
    """Whatever is left out, as long as no word is cut."""
    case = built([(head.format(n), body, foot) for n, (head, body, foot) in enumerate(pages)])
    words = [word for page in case.pages for word in page.words]
    left_out = data.draw(st.lists(st.sampled_from(words), unique=True)) if words else []
    spans = [Span(start=word.start, end=word.end) for word in left_out]
    prose = Prose(case, tuple(sorted(spans, key=lambda span: span.start)))
    text = prose.case.text
    stay = [word for page in prose.case.pages for word in page.words]
    assert [text[word.start : word.end] for word in stay] == [word.text for word in stay]
    whole = [word for word in words if word not in left_out]
    assert [prose.in_whole(word.start, word.end) for word in stay] == [
        (word.start, word.end) for word in whole
    ]
    found = [
        Span(start=first.start, end=last.end) for first, last in itertools.combinations(stay, 2)
    ]
    record = _record(prose.case, found)
    placed = prose.record_of_whole(record)
    evidence = placed.case.evidence["LABOR"]
    assert [placed.quote(span) for span in evidence] == [record.quote(span) for span in found]
    assert placed.pages == [page.page for page in case.pages]
    assert placed.text == case.text
    Record.model_validate(placed.model_dump())


def _record(case: CaseText, found: list[Span]) -> Record:
    record = Record(
        source=case.source,
        model=ModelVersion(name="stand-in", version="1"),
        pages=[page.page for page in case.pages],
        text=case.text,
        sections=list(case.sections),
    )
    told = record.case.model_copy(update={"evidence": {"LABOR": found}})
    return record.model_copy(update={"case": told})
