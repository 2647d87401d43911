"""`declarant explain` quotes the words behind every finding."""

from __future__ import annotations

import pytest

from declarant.explaining import explanation
from declarant.extras import needing
from extractor.errors import MissingProgramError
from extractor.record import Page, Span
from tests.language.test_display import TEXT, record


def test_each_role_comes_with_its_sentence_and_page() -> None:
    whole = record()
    whole.entities[0].roles[0].evidence.append(Span(start=0, end=len(TEXT)))
    whole.pages.append(
        Page(number=1, start=0, end=len(TEXT), text_source="digital", width=612, height=792)
    )
    lines = list(explanation(whole))
    assert lines[0] == "Luis Tello: score 0.90, 1 mentions"
    assert lines[1] == "  EXPLOITER 0.90"
    assert lines[2] == f"    “{TEXT}” [page 1]"


def test_a_sentence_that_goes_on_over_a_page_comes_without_the_foot_between() -> None:
    between = Span(start=TEXT.index("took"), end=TEXT.index("my"))
    whole = record().model_copy(update={"between_pages": [between]})
    whole.entities[0].roles[0].evidence.append(Span(start=0, end=len(TEXT)))
    assert "    “Luis Tello my passport in Quito.”" in list(explanation(whole))


def test_nothing_found_is_said() -> None:
    empty = record().model_copy(update={"alleged_traffickers": []})
    assert "No alleged trafficker" in next(iter(explanation(empty)))


def test_a_missing_extra_is_named() -> None:
    with pytest.raises(MissingProgramError, match="extra `spacy`"), needing("spacy"):
        import no_such_library_of_ours  # noqa: F401
