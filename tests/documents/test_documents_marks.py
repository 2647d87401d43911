"""Ink over and under letters that the reading leaves out makes a word doubtful, nothing else."""

from __future__ import annotations

import casefiles
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from extractor.documents.ocr.marks import doubted
from extractor.documents.ocr.reading import OcrWord
from extractor.documents.words import DOUBTFUL

Pixels = NDArray[np.uint8]
_DPI = 200
_LEFT, _TOP, _LEADING = 150, 200, 60
_STATEMENT = (
    "My cousin Rose was driven to a farm outside Newark",
    "and heard \"work, or owe us\" from Mr. O'Malley; it's",
    "a barn; six of us slept in it, and I was paid $85.",
)


def _printed(lines: list[str], size: float = 10.5) -> Pixels:
    """A page with these lines, soft as a scanner gives them."""
    image = Image.new("L", (1400, 300 + _LEADING * len(lines)), 245)
    pen = ImageDraw.Draw(image)
    for n, line in enumerate(lines):
        place = (_LEFT, _TOP + _LEADING * n)
        pen.text(place, line, fill=30, font=casefiles.font(size * _DPI / 72), anchor="ls")
    return np.asarray(image.filter(ImageFilter.GaussianBlur(0.6)))


def _words(printed: list[str], read: list[str], size: float = 10.5) -> list[OcrWord]:
    """What was read, each word where it was printed and as high as a line."""
    face = casefiles.font(size * _DPI / 72)
    words = []
    for n, (line, text) in enumerate(zip(printed, read, strict=True)):
        x, y = float(_LEFT), _TOP + _LEADING * n
        for shown, word in zip(line.split(), text.split(), strict=True):
            end = x + face.getlength(shown)
            words.append(OcrWord(word, (x, y - 32, end, y + 12), 0.99))
            x = end + face.getlength(" ")
    return words


def _doubted(pixels: Pixels, words: list[OcrWord], slope: float = 0.0) -> list[str]:
    return [w.text for w in doubted(pixels, words, slope) if w.confidence < DOUBTFUL]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("TRỊNH", "TRINH"),  # a dot under a capital
        ("NGUYỄN", "NGUYÊN"),  # the upper of two marks
        ("NGUYỄN", "NGUYEN"),
        ("Hồng", "Hông"),
        ("Sofía", "Sofìa"),  # which way a mark leans is not seen
        ("Ñusta", "Nusta"),
        ("Ngọzi", "Ngozi"),
        ("Çelik", "Celik"),  # a cedilla is part of its letter
        ("Resa", "Résa"),  # a mark that nobody printed
        ("Yıldız", "Yildiz"),  # dots that nobody printed
    ],
)
def test_a_mark_that_was_read_otherwise(printed: str, read: str) -> None:
    line = f"a man named {printed} drove us there and came again"
    pixels, other = _printed([*_STATEMENT, line]), line.replace(printed, read)
    wrong = _doubted(pixels, _words([*_STATEMENT, line], [*_STATEMENT, other]))
    assert wrong == ([] if read == "Sofìa" else [read])
    assert _doubted(pixels, _words([*_STATEMENT, line], [*_STATEMENT, line])) == []


def test_skew_specks_and_underlines_are_no_marks() -> None:
    lines = [*_STATEMENT, "Marisol Áñez, Jiří Dvořák and Nguyễn Thị Hồng"]
    page = Image.fromarray(_printed(lines))
    pen = ImageDraw.Draw(page)
    pen.line((_LEFT, _TOP + 8, 900, _TOP + 8), fill=30, width=3)
    degrees, (width, height) = 2.0, page.size
    turned = np.array(page.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=245))
    chance = np.random.default_rng(7)
    turned[chance.random(turned.shape) < 0.002] = 30
    words = [_turned(word, degrees, width / 2, height / 2) for word in _words(lines, lines)]
    assert _doubted(turned, words, float(np.tan(np.radians(degrees)))) == []


def _turned(word: OcrWord, degrees: float, x: float, y: float) -> OcrWord:
    """A word where it lies on a page turned clockwise about a place."""
    left, top, right, bottom = word.box
    across, down = (left + right) / 2 - x, (top + bottom) / 2 - y
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    middle = x + across * cos - down * sin, y + across * sin + down * cos
    half = (right - left) / 2, (bottom - top) / 2
    box = (middle[0] - half[0], middle[1] - half[1], middle[0] + half[0], middle[1] + half[1])
    return OcrWord(word.text, box, word.confidence)


@settings(max_examples=40, derandomize=True, deadline=None)
@given(
    st.lists(
        st.text("aceimnorstuvwxzbdhlgpyAEINORSTéíñóüčşžÁÉÖŠếộữỸ", min_size=2, max_size=9),
        min_size=8,
        max_size=8,
    ),
    st.floats(10, 13),
)
def test_what_is_read_as_printed_is_hardly_ever_doubted(words: list[str], size: float) -> None:
    lines = [*_STATEMENT, " ".join(words)]
    wrong = _doubted(_printed(lines, size), _words(lines, lines, size))
    assert len(wrong) <= 1


_BOX = st.tuples(*[st.floats(-50, 400)] * 4)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=6), _BOX, st.floats(0, 1))), st.integers(0, 9))
def test_words_are_never_changed(
    drawn: list[tuple[str, tuple[float, ...], float]], seed: int
) -> None:
    pixels = np.random.default_rng(seed).integers(0, 255, (200, 300), dtype=np.uint8)
    words = [OcrWord(text, (a, b, c, d), sure) for text, (a, b, c, d), sure in drawn]
    after = doubted(pixels, words, 0.01)
    assert [(w.text, w.box, w.other) for w in after] == [(w.text, w.box, w.other) for w in words]
    assert all(new.confidence <= old.confidence for new, old in zip(after, words, strict=True))
