"""Coloured ink across print is read apart; other colours leave a page as it is."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import casefiles
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from extractor.documents.ocr.inks import LEVEL, grey, parted, set_apart
from extractor.documents.ocr.reading import OcrWord
from extractor.documents.reading import read_case_file

DPI = 200
PAPER = (246, 243, 228)
RED, BLUE, VIOLET = (205, 40, 50), (50, 60, 180), (120, 55, 155)
LINES = [f"{a} {b}" for a, b in zip(casefiles.FIRST_COLUMN, casefiles.OTHER_COLUMN, strict=True)]


def pressed(size: tuple[int, int], ink: tuple[int, int, int], angle: float) -> Image.Image:
    """A stamp of two lines across the third to fifth line of print."""
    page = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(page)
    for n, line in enumerate(("RECEIVED", "MAR 02 2021")):
        pen.text((500, 360 + 62 * n), line, fill=ink, font=casefiles.font(46))
    return page.rotate(angle, center=(700, 420), fillcolor="white")


def on_paper(page: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(ImageChops.multiply(page, Image.new("RGB", page.size, PAPER)))


def printed() -> Image.Image:
    return casefiles.picture(LINES, DPI).convert("RGB")


@pytest.mark.parametrize("ink", [RED, BLUE, VIOLET])
@pytest.mark.parametrize("angle", [0.0, 14.0])
def test_print_and_ink_come_apart(ink: tuple[int, int, int], angle: float) -> None:
    print_, stamp = printed(), pressed((1700, 2200), ink, angle)
    layers = parted(on_paper(ImageChops.multiply(print_, stamp)), DPI)
    assert layers is not None
    bare = grey(on_paper(print_)).astype(int)
    assert np.mean(np.abs(layers.print - bare) > 60) < 0.0005
    pressed_here = np.asarray(stamp.convert("L")) < 150
    assert (layers.ink < 128)[pressed_here].mean() > 0.85
    assert (layers.ink < 128)[~pressed_here].mean() < 0.001


def _answers(pen: ImageDraw.ImageDraw) -> None:
    for n in range(len(LINES)):
        pen.text((1420, 205 + round(66.7 * n)), "Yes, in May", fill=BLUE, font=casefiles.font(34))
        pen.line((1400, 246 + 66.7 * n, 1660, 246 + 66.7 * n), fill="black", width=3)


def _marker(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((160, 264, 900, 308), fill=(255, 255, 90))


def _tick(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((1500, 300, 1530, 330), outline="black", width=3)
    pen.line((1498, 298, 1532, 332), fill=BLUE, width=4)


def _fringes(pen: ImageDraw.ImageDraw) -> None:
    """Nothing in colour but the paper."""


@pytest.mark.parametrize("drawn", [_answers, _marker, _tick, _fringes])
def test_ink_that_lies_on_no_letters_stays(drawn: Callable[[ImageDraw.ImageDraw], None]) -> None:
    layer = Image.new("RGB", (1700, 2200), "white")
    drawn(ImageDraw.Draw(layer))
    assert parted(on_paper(ImageChops.multiply(printed(), layer)), DPI) is None


def test_a_page_full_of_ink_is_parted_in_sixty_bytes_a_pixel() -> None:
    page = Image.new("RGB", (1700, 2200), "white")
    pen = ImageDraw.Draw(page)
    for down in range(0, 2200, 60):
        pen.text((10, down), "RECEIVED " * 7, fill=RED, font=casefiles.font(46))
    colours = on_paper(ImageChops.multiply(printed(), page))
    tracemalloc.start()
    layers = parted(colours, 2 * DPI)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert layers is not None
    assert len(layers.places) == 1
    assert peak < 60 * 1700 * 2200


def test_words_in_ink_on_print_are_none_of_its_lines() -> None:
    print_ = [OcrWord("taken", (100, 100, 160, 120), 0.9)]
    across = [
        OcrWord("FILED", (120, 95, 200, 125), 0.9),
        OcrWord("2021", (120, 140, 200, 170), 0.9),
    ]
    place = (90, 90, 300, 300)
    assert [w.slant for w in set_apart(across, print_, [place])] == [LEVEL, LEVEL]
    assert set_apart(across[1:], print_, [place]) == across[1:]
    assert set_apart(across, print_, [(90, 400, 300, 500)]) == []
    assert len(set_apart(across, print_, [place, (90, 130, 300, 500)])) == 2


@pytest.mark.parametrize("suffix", [".pdf", ".jpg"])
def test_a_stamp_in_ink_leaves_the_lines_that_it_crosses_whole(tmp_path: Path, suffix: str) -> None:
    stamp = pressed((1700, 2200), VIOLET, 0.0)
    page = Image.fromarray(on_paper(ImageChops.multiply(printed(), stamp)))
    path = tmp_path / f"scan{suffix}"
    if suffix == ".pdf":
        casefiles.scanned_pdf(path, [page])
    else:
        page.save(path, dpi=(DPI, DPI))
    assert read_case_file(path).text == "\n".join(LINES) + "\n\nRECEIVED\nMAR 02 2021"
