"""A second look wins back letters, touches nothing that agreed, and takes away no doubt."""

from __future__ import annotations

from collections.abc import Sequence

import casefiles
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from extractor.documents.ocr.again import read_again
from extractor.documents.ocr.agreement import judge
from extractor.documents.ocr.rapid import RapidEngine
from extractor.documents.ocr.reading import OcrLine, OcrWord, Spelt
from extractor.documents.words import DOUBTFUL

Pixels = NDArray[np.uint8]
_PAGE = np.full((2200, 900), 255, np.uint8)


def _line(text: str, slope: float = 0.0) -> OcrLine:
    """A line 600 pixels wide, 30 high beside its slope."""
    parts = text.split()
    width = 600 / len(parts)
    box = (100.0, 200.0, 700.0, 230 + 600 * abs(slope))
    words = [
        OcrWord(part, (100 + n * width, box[1], 95 + (n + 1) * width, box[3]), 0.9)
        for n, part in enumerate(parts)
    ]
    return OcrLine(tuple(words), box, slope)


def _reader(text: str, sure: float = 0.9, seen: list[Pixels] | None = None):  # type: ignore[no-untyped-def]  # noqa: ANN202
    def read(pictures: Sequence[Pixels]) -> list[list[Spelt]]:
        if seen is not None:
            seen.extend(pictures)
        parts = text.split()
        step = 1 / len(parts)
        return [[Spelt(p, n * step, (n + 1) * step, sure) for n, p in enumerate(parts)]] * len(
            pictures
        )

    return read


def test_a_line_that_is_not_doubted_stays_and_is_not_looked_at() -> None:
    seen: list[Pixels] = []
    lines = [_line("she took my papers"), _line("he look my popers")]
    again = read_again(_PAGE, lines, [1], _reader("he took my papers", seen=seen))
    assert again[0] is lines[0]
    assert len(seen) == 1
    assert [word.text for word in again[1].words] == ["he", "took", "my", "papers"]
    assert again[1].before == lines[1].words


def test_what_was_read_otherwise_stays_doubtful_though_the_witness_agrees() -> None:
    again = read_again(_PAGE, [_line("he look my papers")], [0], _reader("he took my papers"))
    witness = _line("he took my papers").words
    words = judge(again, witness).words
    assert [word.text for word in words] == ["he", "took", "my", "papers"]
    assert [word.confidence < DOUBTFUL for word in words] == [False, True, False, False]
    assert words[1].other == "look"


def test_a_line_that_was_shown_as_large_as_the_engine_takes_it_is_not_read_again() -> None:
    lines = [_line("he look my popers")]
    assert read_again(_PAGE[:1200], lines, [0], _reader("he took my papers")) == lines


@pytest.mark.parametrize("reading", [_reader("xx yy", sure=0.1), lambda _: [[]]])
def test_a_second_look_that_fails_leaves_the_first(reading) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    lines = [_line("he took my papers")]
    assert read_again(_PAGE, lines, [0], reading) == lines


def test_letters_written_closely_are_given_room() -> None:
    widths = []
    for text in (
        "he took it away",
        "he took it all away from me and from my sister and from my mother late at night",
    ):
        seen: list[Pixels] = []
        read_again(_PAGE, [_line(text)], [0], _reader(text, seen=seen))
        widths.append(seen[0].shape[1])
    assert widths[0] == 600
    assert 600 < widths[1] <= 960


@given(st.floats(-0.15, 0.15), st.floats(0, 0.9))
def test_a_sloping_line_is_shown_level_and_its_words_lie_on_it(slope: float, start: float) -> None:
    page = _PAGE.copy()
    line = _line("he took my papers", slope)
    top = 200 - min(slope, 0.0) * 600
    for x in range(100, 700):
        middle = round(top + 15 + slope * (x - 100))
        page[middle - 2 : middle + 3, x] = 0
    seen: list[Pixels] = []

    def read(pictures: Sequence[Pixels]) -> list[list[Spelt]]:
        seen.extend(pictures)
        return [[Spelt("he", start, start + 0.1, 0.9)]]

    word = read_again(page, [line], [0], read)[0].words[0]
    assert seen[0].shape == (30, 600)
    assert seen[0][14:16].max() < 128
    assert seen[0][:8].min() > 128 < seen[0][22:].min()
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    assert page[round(y), round(x)] == 0


def test_the_engine_tells_where_the_words_of_a_line_are() -> None:
    pixels = np.asarray(casefiles.picture(casefiles.STATEMENT))
    engine = RapidEngine()
    assert engine.spelt([pixels[:60]]) == [[]]  # before its first page
    line = max(engine.lines(pixels[:700]), key=lambda line: len(line.words))
    left, top, right, bottom = (round(side) for side in line.box)
    [words] = engine.spelt([pixels[top:bottom, left:right]])
    assert [word.text for word in words][-2:] == [word.text for word in line.words][-2:]
    for word, known in zip(words, line.words, strict=True):
        assert left + word.start * (right - left) == pytest.approx(known.box[0], abs=12)
        assert left + word.end * (right - left) == pytest.approx(known.box[2], abs=12)
