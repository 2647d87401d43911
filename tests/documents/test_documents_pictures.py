"""Pictures on scans are found; borders, bars, shadows and print are none."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from extractor.documents.ocr.pictures import pictured
from extractor.record import Box

DPI = 200
Page = NDArray[np.uint8]


def paper() -> Page:
    """A grey page with a little grain."""
    grain = np.random.default_rng(5).normal(235, 6, (2200, 1700))
    return np.clip(grain, 0, 255).astype(np.uint8)


def darkened(box: tuple[int, int, int, int], grey: int) -> Page:
    page = paper()
    x0, top, x1, bottom = box
    page[top:bottom, x0:x1] = np.minimum(page[top:bottom, x0:x1], grey)
    return page


def words_on(box: tuple[int, int, int, int]) -> list[Box]:
    """Rows of words over a place."""
    x0, top, x1, bottom = box
    return [
        (x, y, x + 60.0, y + 24.0)
        for y in range(top, bottom - 24, 40)
        for x in range(x0, x1 - 60, 80)
    ]


def test_a_picture_is_found_where_it_is() -> None:
    (box,) = pictured(darkened((600, 700, 1100, 1200), 120), DPI, [])
    assert np.abs(np.array(box) - (600, 700, 1100, 1200)).max() < 0.15 * DPI


@pytest.mark.parametrize(
    ("reason", "box"),
    [
        ("the dark border of a copy", (0, 0, 300, 2200)),
        ("a bar that blacks out a line", (400, 800, 1200, 850)),
        ("a page that is dark all over", (20, 20, 1680, 2180)),
    ],
)
def test_what_is_no_picture(reason: str, box: tuple[int, int, int, int]) -> None:
    assert pictured(darkened(box, 60), DPI, []) == (), reason


def test_a_stain_with_words_on_it_is_none() -> None:
    box = (600, 700, 1100, 1200)
    assert pictured(darkened(box, 130), DPI, words_on(box)) == ()


def test_print_is_none() -> None:
    page = paper()
    for top in range(200, 2000, 40):
        page[top : top + 24, 200:1500:9] = 20
        page[top : top + 24, 202:1500:9] = 20
    assert pictured(page, DPI, []) == ()
