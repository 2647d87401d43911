"""Agreement: equal marks agree wholly, differing ones partly, differing words are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.agreement import TextsDifferError, agreement

MARKED = """id: x-01
author: {author}
scenario: s
kind: DECLARATION
---
[I|d], [Ana Quispe|d], worked for [Luis Tello|l] in [Quito|LOC:q]. {third} took [my|d] passport.
---
d PERSON DECLARANT
l PERSON EXPLOITER / DOCUMENT_CONFISCATION
VICTIMIZED l d
"""


def write(folder: Path, author: str, third: str, old: str = "", new: str = "") -> Path:
    folder.mkdir()
    text = MARKED.format(author=author, third=third).replace(old, new)
    (folder / "01.txt").write_text(text, encoding="utf-8")
    return folder


def test_equal_marks_agree_wholly(tmp_path: Path) -> None:
    first = write(tmp_path / "a", "a", "[He|l]")
    second = write(tmp_path / "b", "b", "[He|l]")
    measures, count = agreement(first, second)
    figures = measures.figures()
    assert count == 1
    assert figures["alleged traffickers F1"] == figures["roles F1"] == 1.0
    assert figures["coreference CoNLL"] == pytest.approx(1.0)


def test_a_mark_left_out_costs_coreference_and_nothing_else(tmp_path: Path) -> None:
    first = write(tmp_path / "a", "a", "[He|l]")
    second = write(tmp_path / "b", "b", "He")
    figures = agreement(first, second)[0].figures()
    assert figures["coreference CoNLL"] < 1.0
    assert figures["relations F1"] == 1.0


def test_other_words_are_refused(tmp_path: Path) -> None:
    first = write(tmp_path / "a", "a", "[He|l]")
    write(tmp_path / "c", "c", "[He|l]", "in [Quito|LOC:q]", "in [Lima|LOC:q]")
    with pytest.raises(TextsDifferError):
        agreement(first, tmp_path / "c")
