"""Boxes to tick: found on scans, told apart, answered where sure, and never made of letters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import casefiles
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from extractor.documents import printed, scanned
from extractor.documents.assembly import PageContent, PlacedWord, TextBuilder
from extractor.documents.boxes import EMPTY, TICKED, is_box
from extractor.documents.checked import RawPage
from extractor.documents.ocr.boxed import with_boxes
from extractor.documents.ocr.reading import OcrPage, OcrWord
from extractor.documents.ocr.ticks import TickBox, tick_boxes
from extractor.documents.reading import read_case_file
from extractor.record import FormName

Pixels = NDArray[np.uint8]
Mark = str
MARKS = ("", "cross", "check", "filled", "pen")
_SIDE = 9.0


def _mark(pen: ImageDraw.ImageDraw, kind: Mark, x: float, y: float, side: float) -> None:
    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + side * across, y + side * down) for across, down in points]

    width = max(2, round(0.12 * side))
    if kind == "cross":
        pen.line(at((0.15, 0.15), (0.85, 0.85)), fill=20, width=width)
        pen.line(at((0.15, 0.85), (0.85, 0.15)), fill=20, width=width)
    elif kind == "check":
        pen.line(at((0.2, 0.5), (0.4, 0.8), (0.85, 0.2)), fill=20, width=width)
    elif kind == "filled":
        pen.rectangle(at((0.12, 0.12), (0.88, 0.88)), fill=20)
    elif kind == "pen":  # a check that begins in the box and runs over its frame
        pen.line(at((0.05, 0.4), (0.4, 1.1), (1.5, -0.6)), fill=50, width=width)
    elif kind == "speck":
        pen.ellipse(at((0.4, 0.4), (0.52, 0.52)), fill=20)
    elif kind == "dash":
        pen.line(at((0.37, 0.37), (0.57, 0.57)), fill=20, width=width)


def _form(marks: Sequence[Mark], dpi: int, side: float = _SIDE) -> Image.Image:
    """Questions 1, 2... each with two boxes, marked one after the other from left to right."""
    image = casefiles.picture([], dpi)
    pen, scale, face = ImageDraw.Draw(image), dpi / 72, casefiles.font(10 * dpi / 72)
    pen.text((50 * scale, 60 * scale), "Application for T Nonimmigrant Status", 20, face)
    pen.text((50 * scale, 90 * scale), "Part 4. About You", 20, face)
    for index, mark in enumerate(marks):
        y, x = (120 + 26 * (index // 2)) * scale, (380 + 70 * (index % 2)) * scale
        if index % 2 == 0:
            words = f"{index // 2 + 1}. Have you ever told an officer of it?"
            pen.text((50 * scale, y), words, 20, face)
        pen.rectangle(
            (x, y, x + side * scale, y + side * scale), outline=20, width=round(scale / 2)
        )
        _mark(pen, mark, x, y, side * scale)
        pen.text((x + (side + 6) * scale, y - scale), ("Yes", "No")[index % 2], 20, face)
    pen.text((50 * scale, 740 * scale), "Form I-914 Edition 01/20/25 Page 4 of 12", 20, face)
    return image


def _spoilt(image: Image.Image, fault: str) -> Pixels:
    chance = np.random.default_rng(4)
    if fault == "skew":
        image = image.rotate(1.5, resample=Image.Resampling.BICUBIC, fillcolor=250)
    grey = np.asarray(image.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float64)
    noisy = grey + chance.normal(0, 26 if fault == "fax" else 7, grey.shape)
    if fault == "fax":
        return np.where(noisy > 150, 255, 0).astype(np.uint8)
    return np.clip(noisy, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("fault", ["clean", "skew", "fax"])
@pytest.mark.parametrize(("dpi", "side"), [(200, 9.0), (300, 7.5), (200, 14.0)])
def test_every_mark_is_told_from_an_empty_box(dpi: int, side: float, fault: str) -> None:
    marks = [*MARKS, *("" for _ in MARKS)]
    found = tick_boxes(_spoilt(_form(marks, dpi, side), fault), dpi)
    found = [box for box in found if _x(box) > 350 * dpi / 72]  # left of it letters, told by OCR
    rows = sorted(found, key=lambda box: box.box[1])
    read = [box.ticked for i in range(0, len(rows), 2) for box in sorted(rows[i : i + 2], key=_x)]
    assert [ticked > 0.8 for ticked in read] == [bool(mark) for mark in marks]
    assert all(ticked < 0.2 for ticked, mark in zip(read, marks, strict=True) if not mark)


def _x(box: TickBox) -> float:
    return box.box[0]


def test_a_speck_ticks_nothing_and_a_dash_is_doubtful() -> None:
    found = tick_boxes(_spoilt(_form(["speck", "dash"], 300), "clean"), 300)
    speck, dash = sorted(found, key=_x)[-2:]
    assert speck.ticked < 0.2
    assert 0.2 < dash.ticked < 0.8


def test_cells_frames_and_letters_are_no_boxes() -> None:
    image = casefiles.picture(["DODO H8OB 80 BOOK DOOR", *casefiles.STATEMENT], 200)
    pen = ImageDraw.Draw(image)
    for column in range(9):
        pen.rectangle((300 + 36 * column, 1200, 336 + 36 * column, 1236), outline=20, width=2)
    pen.rectangle((300, 1400, 700, 1440), outline=20, width=2)
    boxes = tick_boxes(np.asarray(image), 200)
    words = [OcrWord("BOOK", (150, box.box[1], 1500, box.box[3]), 0.95) for box in boxes]
    assert [box for box in boxes if box.box[1] > 1190] == []
    assert not any(is_box(word.text) for word in with_boxes(words, boxes))


_AT = TickBox((100, 100, 130, 130), 1.0)


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ([("O", 100, 130), ("Yes", 140, 180)], ["Yes", TICKED]),
        ([("[X]", 98, 133), ("Yes", 140, 180)], ["Yes", TICKED]),
        ([("OYes", 100, 180)], ["Yes", TICKED]),
        ([("□Abduction", 98, 260)], ["Abduction", TICKED]),
        ([("Yes", 50, 92), ("D", 101, 128)], ["Yes", TICKED]),
        ([("YesO", 50, 130)], ["Yes", TICKED]),
        ([("Y", 140, 150), ("e", 152, 160)], ["Y", "e", TICKED]),
        ([("DOOR", 100, 220)], ["DOOR"]),
        ([("Bodyguard", 60, 240)], ["Bodyguard"]),
        ([("a", 400, 420)], ["a"]),
    ],
)
def test_what_a_box_was_read_as_goes_and_words_stay(
    read: list[tuple[str, float, float]], kept: list[str]
) -> None:
    words = [OcrWord(text, (left, 98, right, 134), 0.95) for text, left, right in read]
    assert [word.text for word in with_boxes(words, [_AT])] == kept


@given(st.lists(st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=12)))
def test_words_without_a_box_pass_unharmed(texts: list[str]) -> None:
    texts = [text for text in texts if not any(is_box(letter) for letter in text)]
    words = [OcrWord(text, (60 * i, 98, 60 * i + 50, 134), 0.9) for i, text in enumerate(texts)]
    assert list(with_boxes(words, [])) == words


def test_a_box_that_only_an_engine_saw_is_doubtful() -> None:
    page = OcrPage(with_boxes([OcrWord("□Yes", (100, 98, 180, 134), 0.97)], []))
    assert [word.text for word in page.words] == [EMPTY, "Yes"]
    assert scanned.content(RawPage(1, 612, 792), page).doubtful_boxes() == 1


def _answers(rows: Sequence[str]) -> dict[str, str]:
    """Rows as OCR reads them; `?` before a sign makes it doubtful, `|` is a wide gap."""
    words = []
    for number, row in enumerate(rows):
        x = 50.0
        for text in row.split():
            sure, bare = (0.5 if text.startswith("?") else 0.99), text.lstrip("?")
            if text != "|":
                box = (x, 100.0 + 20 * number, x + 6 * len(bare), 110.0 + 20 * number)
                words.append(PlacedWord(bare, box, sure))
            x += 40 if text == "|" else 6 * len(bare) + 4
    builder = TextBuilder()
    builder.add(PageContent(612, 792, words))
    return dict(printed.values(builder.pages, FormName.I_918B))


@pytest.mark.parametrize(
    ("rows", "answers"),
    [
        (["Part 5. Family", "1. Was it a relative? | ☒ Yes ☐ No"], {"P5_Line1": "Yes"}),
        (["Part 5. Family", "1. Was it a relative? | Yes ☐ No ☒"], {"P5_Line1": "No"}),
        (["Part 3. Acts", "1. The victim suffered:", "☐ Abduction ☒ Sexual Assault ☒ Torture"],
         {"P3_Line1": "Sexual Assault; Torture"}),
        (["Part 2. You", "4. Sex ☐ Male ☒ Female | 5.a. Married? ☒ Yes ☐ No"],
         {"P2_Line4_Sex": "Female", "P2_Line5a": "Yes"}),
        (["Part 2. You", "3. Did you", "a. Tell it? | ☐ Yes ☒ No", "b. Hide it? | ☒ Yes ☐ No"],
         {"P2_Line3a": "No", "P2_Line3b": "Yes"}),
        (["Part 2. You", "6. Date of Birth 04/14/1991 | ☐ Unknown"],
         {"P2_Line6_DateOfBirth": "04/14/1991"}),
        (["Part 2. You", "Relationship ☐ Spouse ☒ Child"], {"P2_Relationship": "Child"}),
        (["Part 2. You", "1. Were you there? ?☒ Yes ☐ No"], {}),
        (["Part 2. You", "1. Were you there? ☒ Yes ?☐ No"], {}),
        (["Part 2. You", "1. Were you there? ☒ Yes ☒ No"], {}),
        (["Part 2. You", "1. Were you ever", "held? ☒ Yes ☐ No", "hit? ☐ Yes ☒ No"], {}),
        (["Part 2. You", "1. Check all: ☒ Peonage ?☒ Torture"], {"P2_Line1": "Peonage"}),
    ],
)  # fmt: skip
def test_answers_by_box(rows: list[str], answers: dict[str, str]) -> None:
    assert _answers(rows) == answers


def test_ticked_boxes_of_a_scan_are_fields(tmp_path: Path) -> None:
    marks = ["cross", "", "", "pen", "", "dash", "", ""]
    pixels = _spoilt(_form(marks, 200), "clean")
    path = casefiles.scanned_pdf(tmp_path / "form.pdf", [Image.fromarray(pixels)])
    case = read_case_file(path)
    assert case.form is FormName.I_914
    answers = {name: value for name, value in case.fields.items() if name != "Edition"}
    assert answers == {"P4_Line1": "Yes", "P4_Line2": "No"}
    assert case.text.count(EMPTY) + case.text.count(TICKED) == len(marks)
    assert any("boxes that may be ticked: 1" in problem for problem in case.problems)
