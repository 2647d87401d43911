"""Scans: names are found, doubt is carried, and no page is skipped."""

from __future__ import annotations

import io
from pathlib import Path

import casefiles
import numpy as np
import pytest
from PIL import Image, ImageDraw

from extractor.documents.limits import Limits
from extractor.documents.ocr import pool, tesseract
from extractor.documents.reading import read_case_file, render_page
from extractor.documents.settings import Engines, ReadingSettings
from extractor.errors import MissingProgramError
from extractor.record import PageFlag, TextSource


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".pdf"])
def test_names_on_a_scan(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"scan{suffix}"
    image = casefiles.picture(casefiles.STATEMENT)
    if suffix == ".pdf":
        casefiles.scanned_pdf(path, [image])
    else:
        image.save(path, dpi=(200, 200))
    case = read_case_file(path)
    page = case.pages[0].page
    for name in ("Marisol Quiroga Benalcazar", "Dwight Hollister", "$6,500"):
        assert name in case.text
    assert page.text_source is TextSource.OCR
    assert page.flags == []
    assert page.ocr_confidence is not None
    assert page.ocr_confidence > 0.9
    assert (page.width, page.height) == pytest.approx((612, 792), abs=1)
    start = case.text.index("Lorraine")
    _, boxes = case.boxes(start, start + 8)
    assert boxes[0][1] < 72 + 24 * 7 + 12 < boxes[0][3] + 6


def test_every_page_of_a_tiff(tmp_path: Path) -> None:
    path = tmp_path / "scan.tiff"
    pages = [casefiles.picture([f"Page {n}: Dwight Hollister took the money."]) for n in (1, 2, 3)]
    bilevel = [page.convert("1") for page in pages]
    bilevel[0].save(path, save_all=True, append_images=bilevel[1:], compression="group4")
    case = read_case_file(path)
    assert len(case.pages) == 3
    assert case.text.count("Hollister") == 3
    assert render_page(path, 3, dpi=60).startswith(b"\x89PNG")


def test_a_picture_too_large_for_the_dpi_asked_for_is_drawn_smaller(tmp_path: Path) -> None:
    path = tmp_path / "plan.png"
    casefiles.picture(["Page 1"]).save(path)
    settings = ReadingSettings(limits=Limits(pixels=100_000))
    with Image.open(io.BytesIO(render_page(path, 1, 220, settings))) as drawn:
        assert 90_000 < drawn.width * drawn.height <= 100_000


@pytest.mark.parametrize("turn", [90, 180])
def test_turned_scan_is_read_upright(tmp_path: Path, turn: int) -> None:
    path = tmp_path / "turned.png"
    lines = [*casefiles.STATEMENT, *casefiles.FIRST_COLUMN, *casefiles.OTHER_COLUMN]
    casefiles.picture(lines).rotate(turn, expand=True).save(path)
    case = read_case_file(path)
    assert "Dwight Hollister" in case.text
    assert case.text.index("Evaristo") < case.text.index("Lorraine")
    page = case.pages[0].page
    word = case.words_in(case.text.index("DECLARATION"), case.text.index("DECLARATION") + 3)[0]
    if turn == 90:  # the top of the text is the left of the paper
        assert word.box[0] < 0.25 * page.width
    else:
        assert word.box[1] > 0.75 * page.height


@pytest.mark.parametrize("engines", list(Engines))
def test_skewed_scan_keeps_its_lines(tmp_path: Path, engines: Engines) -> None:
    path = tmp_path / "skew.png"
    lines = [*casefiles.STATEMENT, *casefiles.FIRST_COLUMN]
    casefiles.picture(lines).rotate(-2.5, fillcolor=250).save(path)
    text = read_case_file(path, ReadingSettings(engines=engines)).text
    assert "My uncle Evaristo Quiroga told me about work in a hotel in Tampa." in text
    assert text.index("Evaristo") < text.index("Golden Path") < text.index("Lorraine")


def test_dark_page_without_letters_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "noise.png"
    image = Image.new("L", (1200, 1600), 240)
    pen = ImageDraw.Draw(image)
    for y in range(200, 1400, 40):
        pen.line((200, y, 1000, y + 15), fill=40, width=6)
    image.save(path)
    case = read_case_file(path)
    assert case.pages[0].page.flags
    assert len(case.pages) == 1


def test_blank_scan_is_blank(tmp_path: Path) -> None:
    path = tmp_path / "blank.png"
    noise = np.random.default_rng(3).integers(244, 252, (1100, 850), dtype=np.uint8)
    Image.fromarray(noise).save(path)
    page = read_case_file(path).pages[0].page
    assert page.flags == [PageFlag.BLANK]


@pytest.mark.parametrize("mode", ["P", "RGBA", "CMYK", "I;16", "LA"])
def test_pictures_of_every_mode(tmp_path: Path, mode: str) -> None:
    grey = casefiles.picture(["Dwight Hollister took the money."], 150).crop((0, 0, 1275, 400))
    path = tmp_path / ("a.tiff" if mode in ("CMYK", "I;16") else "a.png")
    if mode == "I;16":
        Image.fromarray(np.asarray(grey).astype(np.uint16) * 200).save(path)
    else:
        grey.convert("RGB").convert(mode if mode != "LA" else "L").convert(mode).save(path)
    settings = ReadingSettings(engines=Engines.RAPIDOCR)
    assert "Hollister" in read_case_file(path, settings).text


@pytest.mark.parametrize("engine", [Engines.RAPIDOCR, Engines.TESSERACT])
def test_one_engine_alone(tmp_path: Path, engine: Engines) -> None:
    path = tmp_path / "scan.png"
    casefiles.picture(casefiles.STATEMENT).save(path)
    case = read_case_file(path, ReadingSettings(engines=engine))
    assert "Hollister" in case.text
    assert case.pages[0].page.ocr_confidence is not None


def test_missing_tesseract_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract.shutil, "which", lambda _: None)
    with pytest.raises(MissingProgramError) as caught:
        pool.OcrPool(Engines.BOTH, 1)
    assert "tesseract-ocr-script-latn" in caught.value.line()
    pool.OcrPool(Engines.RAPIDOCR, 1).close()


def test_two_columns_on_paper(tmp_path: Path) -> None:
    path = tmp_path / "columns.png"
    image = Image.new("L", (1700, 2200), 250)
    pen = ImageDraw.Draw(image)
    face = casefiles.font(34)
    for number, (left, right) in enumerate(
        zip(casefiles.FIRST_COLUMN, casefiles.OTHER_COLUMN, strict=True)
    ):
        pen.text((140, 300 + 60 * number), left, fill=20, font=face)
        pen.text((920, 300 + 60 * number), right, fill=20, font=face)
    image.save(path)
    text = read_case_file(path).text
    assert text.index("took most of it away") < text.index("The second column begins")
