"""Doubt comes from disagreement, and a doubtful word is never replaced or dropped."""

from __future__ import annotations

import pytest

from extractor.documents.ocr.agreement import judge
from extractor.documents.ocr.reading import OcrLine, OcrPage, OcrWord
from extractor.documents.scanned import flags
from extractor.documents.words import DOUBTFUL
from extractor.record import PageFlag


def _line(text: str, top: float = 100.0, sure: float = 0.99) -> OcrLine:
    words = _words(text, top, sure)
    box = (words[0].box[0], top, words[-1].box[2], top + 40)
    return OcrLine(tuple(words), box)


def _words(text: str, top: float = 100.0, sure: float = 0.95) -> list[OcrWord]:
    words, x = [], 100.0
    for part in text.split():
        words.append(OcrWord(part, (x, top + 5, x + 20 * len(part), top + 35), sure))
        x += 20 * len(part) + 15
    return words


def test_agreement_makes_sure() -> None:
    verdict = judge([_line("Dwight took the money")], _words("Dwight took the money"))
    assert verdict.agreement == 1.0
    assert all(word.confidence > 0.95 for word in verdict.words)


def test_disagreement_makes_doubt_and_keeps_the_reading() -> None:
    verdict = judge([_line("Dwight took the cash")], _words("Dwight took the cost"))
    assert [word.text for word in verdict.words] == ["Dwight", "took", "the", "cash"]
    assert verdict.words[3].confidence < 0.75 < verdict.words[0].confidence
    assert verdict.agreement == 0.75


def test_blanks_alone_are_a_small_doubt() -> None:
    verdict = judge([_line("I make it")], _words("Imake it"))
    assert verdict.agreement == 1.0
    assert 0.75 < verdict.words[1].confidence < 0.95


def test_a_word_that_only_the_witness_saw_is_added_doubtful() -> None:
    witness = [*_words("Dwight took it"), *_words("Lorraine", top=400)]
    verdict = judge([_line("Dwight took it")], witness)
    assert verdict.words[-1].text == "Lorraine"
    assert verdict.words[-1].confidence < 0.5


@pytest.mark.parametrize("ours", ["Nguyn", "Nguyen"])
def test_letters_without_a_sign_come_from_the_witness(ours: str) -> None:
    signs = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzé")
    verdict = judge([_line(f"Mr {ours} left")], _words("Mr Nguyễn left"), signs)
    assert [word.text for word in verdict.words] == ["Mr", "Nguyễn", "left"]
    taken = judge([_line("Mr Nguyen left")], _words("Mr Nguyén left"), signs).words[1]
    assert (taken.text, taken.other) == ("Nguyén", "Nguyen")
    assert taken.confidence < DOUBTFUL


def test_without_a_witness_nothing_is_sure_and_nothing_unreadable() -> None:
    verdict = judge([_line("Dwight took the money")], [])
    page = OcrPage(verdict.words, 0, 0.0, verdict.agreement, verdict.witness)
    assert flags(page, None) == [PageFlag.LOW_OCR_CONFIDENCE]


def test_case_and_accents_do_not_count() -> None:
    verdict = judge([_line("Peña, NUÑEZ.")], _words("Pena Nuñez"))
    assert verdict.agreement == 1.0


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (OcrPage((), ink=0.0), [PageFlag.BLANK]),
        (OcrPage((), ink=0.1), [PageFlag.UNREADABLE]),
        (OcrPage(tuple(_words("all is well")), agreement=1.0, witness=0.95), []),
        (
            OcrPage(tuple(_words("a hard hand", sure=0.5)), agreement=0.3, witness=0.4),
            [PageFlag.LOW_OCR_CONFIDENCE, PageFlag.HANDWRITING],
        ),
        (
            OcrPage(tuple(_words("a neat hand")), agreement=0.57, witness=0.65),
            [PageFlag.HANDWRITING],
        ),
        (OcrPage(tuple(_words("a speckled fax")), agreement=0.73, witness=0.56), []),
        (
            OcrPage(tuple(_words("no way", sure=0.2)), agreement=0.05, witness=0.7),
            [PageFlag.LOW_OCR_CONFIDENCE, PageFlag.UNREADABLE],
        ),
    ],
)
def test_flags(page: OcrPage, wanted: list[PageFlag]) -> None:
    assert flags(page, None) == wanted


def test_written_lines_on_a_printed_page_are_counted() -> None:
    print_ = ["My name is Dwight Hollister and I live here"] * 6
    lines = [_line(text, 100 * n) for n, text in enumerate(print_)]
    seen = [word for n, text in enumerate(print_) for word in _words(text, 100 * n)]
    hand = _line("she took me to the other house at night", 700, 0.8)
    for sure, written in ((0.4, 9), (0.9, 0)):
        scrawl = _words("She foal vue ro thr ofhc haise", 700, sure)
        verdict = judge([*lines, hand], [*seen, *scrawl])
        assert verdict.written == written
        page = OcrPage(verdict.words, agreement=0.9, witness=0.9, written=verdict.written)
        assert (PageFlag.HANDWRITING in flags(page, None)) is bool(written)


def test_a_page_on_which_the_witness_saw_nothing_is_a_hand_where_the_reading_is_unsure() -> None:
    text = "she took me to the other house at night and locked it"
    verdict = judge([_line(text, sure=0.8)], [])
    assert PageFlag.HANDWRITING in flags(OcrPage(verdict.words, written=verdict.written), None)


def test_another_language_is_flagged() -> None:
    page = OcrPage(tuple(_words("todo bien")), agreement=1.0, witness=0.95)
    assert flags(page, "es") == [PageFlag.NON_ENGLISH]
    assert flags(page, "en") == []
