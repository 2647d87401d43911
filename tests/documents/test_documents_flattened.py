"""Boxes to tick on digital forms whose values were flattened into drawings and letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import casefiles
import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extractor.documents.boxes import is_box, is_ticked
from extractor.documents.checked import Raster, RawPage
from extractor.documents.client import FileReading
from extractor.documents.drawn_boxes import words_with_boxes
from extractor.documents.kinds import MediaType
from extractor.documents.reading import read_case_file
from extractor.documents.settings import ReadingSettings
from extractor.documents.words import CaseText
from extractor.record import FormName

_Draw = Callable[[Canvas, float, float], None]
_SIGNS = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def _square(canvas: Canvas, x: float, y: float) -> None:
    canvas.rect(x, y, 9, 9)


def _four_lines(canvas: Canvas, x: float, y: float) -> None:
    corners = [(x, y), (x + 8, y), (x + 8, y + 8), (x, y + 8), (x, y)]
    for (x0, y0), (x1, y1) in pairwise(corners):
        canvas.line(x0, y0, x1, y1)


def _filled_twice(canvas: Canvas, x: float, y: float) -> None:
    for inset, grey in ((0.0, 0.0), (0.6, 1.0)):
        canvas.setFillGray(grey)
        canvas.rect(x + inset, y + inset, 9 - 2 * inset, 9 - 2 * inset, stroke=0, fill=1)
    canvas.setFillGray(0)


def _typed(canvas: Canvas, text: str, face: str, x: float, y: float) -> None:
    canvas.setFont(face, 9)
    canvas.drawCentredString(x + 4.5, y + 1.4, text)


def _greyed(canvas: Canvas, x: float, y: float) -> None:
    canvas.setFillGray(0.45)
    canvas.rect(x, y, 9, 9, fill=1)
    canvas.setFillGray(0)


def _cross(canvas: Canvas, x: float, y: float) -> None:
    canvas.line(x + 1, y + 1, x + 8, y + 8)
    canvas.line(x + 1, y + 8, x + 8, y + 1)


def _pen(canvas: Canvas, x: float, y: float) -> None:
    canvas.line(x + 1, y + 5, x + 4, y + 1)
    canvas.line(x + 4, y + 1, x + 13, y + 14)


_MARKS: dict[str, _Draw] = {
    "X": lambda canvas, x, y: _typed(canvas, "X", "Helvetica-Bold", x, y),
    "x": lambda canvas, x, y: _typed(canvas, "x", "Courier", x, y),
    "check": lambda canvas, x, y: _typed(canvas, "✔", "ZapfDingbats", x, y),
    "dingbat": lambda canvas, x, y: _typed(canvas, "✘", "ZapfDingbats", x, y),
    "square": lambda canvas, x, y: _typed(canvas, "■", "ZapfDingbats", x, y),
    "dot": lambda canvas, x, y: canvas.circle(x + 4.5, y + 4.5, 2.6, stroke=0, fill=1),
    "cross": _cross,
    "pen": _pen,
}


def _form(path: Path, asked: Sequence[tuple[_Draw, _Draw | None]], *more: _Draw) -> Path:
    """Questions 1, 2... with a box for Yes and one for No, each with its mark or none."""
    canvas = Canvas(str(path), pagesize=casefiles.LETTER)
    canvas.drawString(50, 740, "Application for T Nonimmigrant Status")
    canvas.drawString(50, 715, "Part 4. About You")
    for index, (frame, mark) in enumerate(asked):
        y, x = 690 - 24 * (index // 2), 380 + 70 * (index % 2)
        canvas.setFont("Helvetica", 10)
        if index % 2 == 0:
            canvas.drawString(50, y, f"{index // 2 + 1}. Have you ever told an officer of it?")
        canvas.drawString(x + 14, y, ("Yes", "No")[index % 2])
        for draw in (frame, mark):
            if draw is not None:
                draw(canvas, x, y - 1.5)
    for draw in more:
        draw(canvas, 50, 300)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(50, 40, "Form I-914 Edition 01/20/25 Page 4 of 12")
    canvas.save()
    return path


def _answers(case: CaseText) -> dict[str, str]:
    assert case.form is FormName.I_914
    return {name: value for name, value in case.fields.items() if name != "Edition"}


def _boxes(case: CaseText) -> list[bool | None]:
    return [is_ticked(word) for page in case.pages for word in page.words if is_box(word.text)]


@pytest.mark.parametrize("frame", [_square, _four_lines, _filled_twice])
def test_every_mark_is_told_from_an_empty_box(tmp_path: Path, frame: _Draw) -> None:
    asked: list[tuple[_Draw, _Draw | None]] = []
    for number, mark in enumerate(_MARKS.values()):
        pair: list[tuple[_Draw, _Draw | None]] = [(frame, mark), (frame, None)]
        asked += pair if number % 2 == 0 else reversed(pair)
    asked += [(frame, None)] * 4
    case = read_case_file(_form(tmp_path / "form.pdf", asked))
    assert _boxes(case) == [mark is not None for _, mark in asked]
    assert _answers(case) == {
        f"P4_Line{n + 1}": ("Yes", "No")[n % 2] for n in range(len(_MARKS))
    }  # fmt: skip
    assert case.problems == ()


@pytest.mark.skipif(not _SIGNS.exists(), reason="needs a face with signs of boxes")
def test_signs_are_boxes_also_where_something_is_drawn_over_them(tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("Signs", str(_SIGNS)))

    def sign(text: str) -> _Draw:
        def draw(canvas: Canvas, x: float, y: float) -> None:
            canvas.setFont("Signs", 10)
            canvas.drawString(x, y + 1.5, text)

        return draw

    asked = [(sign("☒"), None), (sign("☐"), None), (sign("☐"), None), (sign("☐"), _cross)]
    case = read_case_file(_form(tmp_path / "form.pdf", asked))
    assert _boxes(case) == [True, False, False, True]
    assert _answers(case) == {"P4_Line1": "Yes", "P4_Line2": "No"}
    # Where every sign looks crossed, the face may lack it.
    case = read_case_file(_form(tmp_path / "form.pdf", [(sign("☐"), _cross)] * 4))
    assert (_boxes(case), _answers(case)) == ([None] * 4, {})


@pytest.mark.parametrize("style", ["solid", "bevelled", "inset"])
def test_flattened_widgets_are_boxes_and_their_shades_no_marks(tmp_path: Path, style: str) -> None:
    ticked = [True, False, False, False, False, True, False, False]

    def widget(is_on: bool, number: int) -> _Draw:
        return lambda canvas, x, y: canvas.acroForm.checkbox(
            name=f"b{number}", x=x, y=y, size=10, checked=is_on, borderStyle=style, borderWidth=1
        )

    asked = [(widget(is_on, n), None) for n, is_on in enumerate(ticked)]
    path = _form(tmp_path / "form.pdf", asked)
    assert sorted(read_case_file(path).fields) == ["Edition", "b0", "b5"]  # its own values
    with pypdfium2.PdfDocument(path) as pdf:
        pdf.init_forms()
        page = pdf[0]
        page.flatten()
        pdf.save(tmp_path / "flat.pdf")
        page.close()
    case = read_case_file(tmp_path / "flat.pdf")
    assert _boxes(case) == ticked
    assert _answers(case) == {"P4_Line1": "Yes", "P4_Line3": "No"}


def _cells(canvas: Canvas, x: float, y: float) -> None:
    for place, letter in enumerate("XIMENA"):
        canvas.rect(x + 90 + 15 * place, y, 11, 11)
        _typed(canvas, letter, "Helvetica", x + 91 + 15 * place, y)
    canvas.drawString(x, y, "Given Name")
    canvas.drawString(x + 190, y, "(First)")


def _bullets(canvas: Canvas, x: float, y: float) -> None:
    for row in range(3):
        canvas.rect(x, y - 60 - 20 * row, 7, 7, stroke=0, fill=1)
        canvas.drawString(x + 14, y - 60 - 20 * row, "She told the officer what was done.")


def _table(canvas: Canvas, x: float, y: float) -> None:
    for column in range(5):
        canvas.rect(x + 14 * column, y - 30, 14, 14)
    _typed(canvas, "X", "Helvetica", x + 3, y - 30)
    canvas.drawString(x + 80, y - 28, "nights")


def _line_through(canvas: Canvas, *_: float) -> None:
    canvas.line(340, 720, 560, 590)


def _stamp(canvas: Canvas, *_: float) -> None:
    canvas.rect(360, 620.5, 180, 60)


def test_what_is_square_on_a_form_ticks_nothing(tmp_path: Path) -> None:
    path = _form(tmp_path / "form.pdf", [(_square, None)] * 6, _cells, _bullets, _table)
    assert not any(_boxes(read_case_file(path)))


@pytest.mark.parametrize(("over", "line"), [(None, _line_through), (None, _stamp), (_greyed, None)])
def test_lines_through_boxes_and_grey_tick_none_for_sure(
    tmp_path: Path, over: _Draw | None, line: _Draw | None
) -> None:
    asked = [(_square, None if n < 4 else over) for n in range(8)]
    case = read_case_file(_form(tmp_path / "form.pdf", asked, *([line] if line else [])))
    boxes = _boxes(case)
    assert (len(boxes), True in boxes, None in boxes) == (8, False, True)
    assert _answers(case) == {}
    assert any("boxes that may be ticked" in problem for problem in case.problems)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_boxes_of_a_turned_page(tmp_path: Path, turn: int) -> None:
    path = _form(tmp_path / "form.pdf", [(_square, _cross), *[(_square, None)] * 3])
    with pypdfium2.PdfDocument(path) as pdf:
        pdf[0].set_rotation(turn)
        pdf.save(tmp_path / "turned.pdf")
    assert _boxes(read_case_file(tmp_path / "turned.pdf")) == [True, False, False, False]


def test_pages_without_boxes_send_no_picture(tmp_path: Path) -> None:
    path = casefiles.pdf(tmp_path / "told.pdf", [casefiles.STATEMENT])
    (page,) = FileReading(path, MediaType.PDF, ReadingSettings()).parts()
    assert isinstance(page, RawPage)
    assert page.raster is None


_box = st.tuples(*[st.floats(0, 100)] * 4).map(
    lambda b: (min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.text("Xx☐☒✔Yes7 ", min_size=1, max_size=4), _box), max_size=8),
    st.lists(_box, max_size=4),
    st.sampled_from([0, 90, 180, 270]),
    st.integers(0, 2**32),
)
def test_any_picture_beside_any_words_is_taken(
    words: list[tuple[str, tuple[float, float, float, float]]],
    squares: list[tuple[float, float, float, float]],
    turn: int,
    seed: int,
) -> None:
    pixels = np.full((278, 278), 255, np.uint8)
    chance = np.random.default_rng(seed)
    for x, y, side in chance.integers((0, 0, 15), (278, 278, 45), (30, 3)):
        pixels[y : y + side, x : x + side] = 0
        pixels[y + 2 : y + side - 2, x + 2 : x + side - 2] = 255
    page = RawPage(
        1, 100, 100, tuple(text for text, _ in words), tuple(box for _, box in words),
        raster=Raster(278, 278, 1, pixels.tobytes()), turn=turn, squares=tuple(squares),
    )  # fmt: skip
    read = words_with_boxes(page)
    assert all(0 <= n <= 100 for word in read for n in word.box)
    letters = [c for word in read for c in word.text if c in "Yes7"]
    assert sorted(letters) == sorted(c for text, _ in words for c in text if c in "Yes7")
