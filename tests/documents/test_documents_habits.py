"""What a hand's letters are taken for throughout a page is put right, and stays doubtful."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.ocr.habits import Habit, habits, put_right
from extractor.documents.ocr.reading import OcrWord
from extractor.documents.words import DOUBTFUL

_WRITTEN = (
    "the driver took my passport and her brother drove us from there to a farm where every "
    "worker owed rent for our room, never more than forty dollars; Kubrova and Zerrika saw 2017"
)


def _page(text: str) -> list[OcrWord]:
    return [OcrWord(t, (0.0, 0.0, 9.0, 9.0), 0.95) for t in text.split()]


def _read(text: str, agreement: float | None = 0.5) -> list[OcrWord]:
    return list(put_right(_page(text), agreement))


def test_words_are_read_as_the_hand_writes_its_letters() -> None:
    misread = _WRITTEN.replace("r", "n")
    assert habits(misread.split()) == [Habit("n", "r")]
    words = _read(misread)
    right = [w for w in _WRITTEN.split() if not w.startswith(("Kub", "Zer"))]
    assert [w.text for w in words if w.text in right] == right


def test_a_name_keeps_its_letters_and_shows_what_it_may_be() -> None:
    name = next(w for w in _read(_WRITTEN.replace("r", "n")) if w.text.startswith("Kub"))
    assert (name.text, name.other) == ("Kubnova", "Kubrova")


def test_a_sign_that_stands_for_the_hyphen_is_one_in_numbers_too() -> None:
    text = "my sister=in=law, a co=worker, wrote 555=0142 and 555=0188 on a two=page note; U=441"
    assert [w.text for w in _read(text)] == text.replace("=", "-").split()


def test_letters_read_for_a_digit_are_the_digit_where_others_are() -> None:
    text = "In 2C17 and 2C18 he owed 4C0 dollars, in 2C19 then 8C0; call 555-C142. Carla saw it"
    words = [w.text for w in _read(text)]
    assert {"2017", "2018", "400", "2019", "800;", "555-0142.", "Carla"} <= set(words)


@pytest.mark.parametrize("agreement", [None, 0.8, 0.97])
def test_a_page_on_which_the_engines_agree_is_left_alone(agreement: float | None) -> None:
    page = _page(_WRITTEN.replace("r", "n"))
    assert put_right(page, agreement) == tuple(page)


def test_three_names_that_become_words_by_one_letter_are_no_habit() -> None:
    text = _WRITTEN + " Kook Klay and Kalk"
    assert _read(text) == _page(text)


@given(
    text=st.text(string.printable + "éñŽß", max_size=300),
    letters=st.tuples(st.sampled_from("aeinrst"), st.sampled_from("aehknrtu")),
)
def test_whatever_is_changed_is_doubtful_and_keeps_what_was_read(
    text: str, letters: tuple[str, str]
) -> None:
    page = _page(f"{_WRITTEN.replace(*letters)} {text}")
    words = put_right(page, 0.2)
    assert len(words) == len(page)
    for before, after in zip(page, words, strict=True):
        assert before.box == after.box
        if before != after:
            assert after.confidence < DOUBTFUL
        if before.text != after.text:
            assert after.other == before.text
