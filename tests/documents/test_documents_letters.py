"""Of two readings of a word the better spelling is kept, and the other stands beside it."""

from __future__ import annotations

import pytest

from extractor.documents.ocr.agreement import judge
from extractor.documents.ocr.letters import settle
from extractor.documents.ocr.reading import OcrLine, OcrWord
from extractor.documents.words import DOUBTFUL

_SIGNS = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,'-ÁáéíóñÔôŁłĐđıÞşțêř"
)


@pytest.mark.parametrize(
    ("ours", "theirs", "kept", "sure"),
    [
        ("Dwight", "Dwight", "Dwight", True),
        ("“Call", '"Call', "“Call", True),  # quotes are printed in many ways
        ("Đurđević", "Ðurđević", "Đurđević", True),  # two letters that look the same
        ("Sofia,", "Sofía,", "Sofía,", False),  # a mark that the witness alone saw
        ("Lucja", "Łucja", "Łucja", False),
        ("Constanța", "Constanta", "Constanța", False),  # a mark that the reading alone saw
        ("Ôtani", "Ōtani", "Ōtani", True),  # the reading engine has no sign for it
        ("Nguyn", "Nguyễn", "Nguyễn", True),
        ("Trn", "Trần", "Trần", True),
        ("Vit", "Viêt", "Viêt", False),
        ("0fficer", "Officer", "Officer", False),  # a digit inside a word
        ("0'Rourke", "O'Rourke", "O'Rourke", False),
        ("0fc.", "Ofc.", "Ofc.", False),
        ("D0B", "DOB", "DOB", False),
        ("UXR-4471.", "UXR-447l.", "UXR-4471.", False),  # digits are no letters there
        ("185,(00", "185,000", "185,000", False),  # something else inside a number
        ("Po000017X.", "P0000017X.", "P0000017X.", False),
        ("14,500", "14.500", "14,500", False),
        ("1.", "ł.", "1.", False),
        ("a", "á", "a", False),  # a speck over a letter
        ("cash", "cost", "cash", False),
        ("pay", "pay.", "pay", False),
    ],
)
def test_the_better_spelling(ours: str, theirs: str, kept: str, sure: bool) -> None:
    settled = settle(ours, theirs, _SIGNS)
    assert (settled.text, settled.sure) == (kept, sure)


def _words(text: str, sure: float = 0.95) -> list[OcrWord]:
    words, x = [], 100.0
    for part in text.split():
        words.append(OcrWord(part, (x, 105, x + 20 * len(part), 135), sure))
        x += 20 * len(part) + 15
    return words


def _judged(ours: str, theirs: str) -> list[tuple[str, str | None, bool]]:
    words = _words(ours, 0.99)
    line = OcrLine(tuple(words), (100, 100, words[-1].box[2], 140))
    verdict = judge([line], _words(theirs), _SIGNS)
    return [(w.text, w.other, w.confidence < DOUBTFUL) for w in verdict.words]


def test_an_address_is_one_word() -> None:
    read = _judged("write a.lund @example.com. soon", "write a.lund@example.com. soon")
    assert [word for word, _, _ in read] == ["write", "a.lund@example.com.", "soon"]


def test_a_letter_between_digits_that_nobody_else_saw_is_a_digit() -> None:
    words = _words("1l90 Alhambra Mews, CELL 3O2", 0.99)
    line = OcrLine(tuple(words), (100, 100, words[-1].box[2], 140))
    read = {w.text: w.other for w in judge([line], [], _SIGNS).words}
    assert read == {"1190": "1l90", "Alhambra": None, "Mews,": None, "CELL": None, "302": "3O2"}


def test_both_readings_of_a_doubtful_word_are_kept() -> None:
    assert _judged("Dwight took $6,500", "Dwight took $6,800") == [
        ("Dwight", None, False),
        ("took", None, False),
        ("$6,500", "$6,800", True),
    ]
    assert _judged("Mr Sofia left", "Mr Sofía left")[1] == ("Sofía", "Sofia", True)


def test_a_comma_is_a_doubt_too() -> None:
    assert _judged("paid 3. Then", "paid 3, Then")[1] == ("3.", "3,", True)


def test_words_run_together_are_parted_where_the_witness_saw_a_blank() -> None:
    assert _judged("on theplane. In", "on the plane. In")[1:3] == [
        ("the", "theplane.", True),
        ("plane.", "theplane.", True),
    ]
    assert _judged("a bolivianos b", "a bo l ivianos b")[1][0] == "bolivianos"


def test_a_word_parted_at_a_letter_without_a_sign_is_one_again() -> None:
    assert _judged("in Hu , now", "in Huế, now")[1] == ("Huế,", None, False)


def test_a_word_that_the_witness_missed_is_doubtful_without_another_reading() -> None:
    assert _judged("Dwight took it", "Dwight it")[1] == ("took", None, True)


def test_a_torn_word_is_one_beside_others_that_differ_too() -> None:
    ours = [
        OcrWord("Nguyên", (100, 105, 220, 135), 0.99),
        OcrWord("H", (240, 105, 260, 135), 0.99),
        OcrWord("ng", (280, 105, 320, 135), 0.99),
    ]
    theirs = [
        OcrWord("Nguyn", (100, 105, 220, 135), 0.9),
        OcrWord("Hồng", (240, 105, 320, 135), 0.9),
    ]
    verdict = judge([OcrLine(tuple(ours), (100, 100, 320, 140))], theirs, _SIGNS)
    assert [word.text for word in verdict.words][-1] == "Hồng"
    assert len(verdict.words) == 2
