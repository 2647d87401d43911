"""Stamps and pictures: the sentences that they disturb stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import casefiles
import pytest
from reportlab.pdfgen import canvas

from extractor.documents.ocr.reading import OcrLine, OcrWord
from extractor.documents.ocr.slants import noted
from extractor.documents.reading import read_case_file

_BODY = [f"{a} {b}" for a, b in zip(casefiles.FIRST_COLUMN, casefiles.OTHER_COLUMN, strict=True)]
_STAMP = ("RECEIVED", "MAR 02 2021", "VSC")


def _drawn(
    path: Path, lines: Sequence[str], stamp: Sequence[str], place: tuple[float, float], angle: float
) -> str:
    page = canvas.Canvas(str(path), pagesize=casefiles.LETTER)
    page.setFont("Times-Roman", 11)
    for n, line in enumerate(lines):
        page.drawString(72, 700 - 14.5 * n, line)
    page.drawString(72, 560, "Another paragraph stands below the first, far from any stamp.")
    page.setFont("Helvetica-Bold", 15)
    page.translate(*place)
    page.rotate(angle)
    for n, line in enumerate(stamp):
        page.drawString(0, -19 * n, line)
    page.save()
    return read_case_file(path).text


@pytest.mark.parametrize("angle", [0, 17, -12, 90])
@pytest.mark.parametrize("x", [130, 300])
def test_a_stamp_across_comes_after_its_paragraph(tmp_path: Path, angle: int, x: int) -> None:
    text = _drawn(tmp_path / "s.pdf", _BODY, _STAMP, (x, 672), angle)
    assert " ".join(_BODY) in " ".join(text.split())
    assert text.split("\n\n")[1] == "\n".join(_STAMP)


def test_a_stamp_beside_comes_after_its_paragraph(tmp_path: Path) -> None:
    text = _drawn(tmp_path / "s.pdf", casefiles.FIRST_COLUMN, _STAMP, (300, 682), 0)
    assert text.startswith("\n".join(casefiles.FIRST_COLUMN))
    assert text.split("\n\n")[1] == "\n".join(_STAMP)


def test_an_answer_in_step_stays_beside_its_question(tmp_path: Path) -> None:
    """Bold and bigger than the question, but on the base of its last line."""
    place = (300, 700 - 14.5 * 7)
    text = _drawn(tmp_path / "s.pdf", casefiles.FIRST_COLUMN, ("Yes",), place, 0)
    assert f"{casefiles.FIRST_COLUMN[-1]} Yes" in text


def test_a_page_set_askew_has_no_stamps(tmp_path: Path) -> None:
    page = canvas.Canvas(str(tmp_path / "a.pdf"), pagesize=casefiles.LETTER)
    page.setFont("Times-Roman", 11)
    page.translate(40, 600)
    page.rotate(4)
    for n, line in enumerate(_BODY):
        page.drawString(0, -30 * n, line)
    page.save()
    words = read_case_file(tmp_path / "a.pdf").text.split()
    assert sorted(words) == sorted(" ".join(_BODY).split())


@pytest.mark.parametrize("columns", [1, 2])
def test_text_round_a_picture(tmp_path: Path, columns: int) -> None:
    """In one column lines go on behind the picture; two columns are read down beside it."""
    picture = casefiles.picture(casefiles.STATEMENT).resize((60, 60))
    page = canvas.Canvas(str(tmp_path / "p.pdf"), pagesize=casefiles.LETTER)
    page.setFont("Times-Roman", 11)
    page.drawInlineImage(picture, 250, 600 - 14 * 6, 60, 14 * 7)
    halves = casefiles.FIRST_COLUMN, casefiles.OTHER_COLUMN
    for x, half in zip((72, 322), halves, strict=True):
        repeated = [*half, *half] if columns == 2 else half
        for n, line in enumerate(repeated):
            page.drawString(x, 600 - 14 * n, line)
    page.save()
    text = " ".join(read_case_file(tmp_path / "p.pdf").text.split())
    down = " ".join(line for half in halves for line in [*half, *half])
    assert text == (" ".join(_BODY) if columns == 1 else down)


def _line(text: str, box: tuple[float, float, float, float], slope: float) -> OcrLine:
    return OcrLine((OcrWord(text, box, 0.9),), box, slope)


def test_lines_that_slant_are_told_from_a_sheet_that_does() -> None:
    level = _line("neighbours", (0, 0, 200, 30), 0.05)
    stamp = _line("RECEIVED", (300, 0, 500, 80), 0.25)
    short = _line("VSC", (320, 85, 360, 110), 0.0)
    far = _line("4D", (0, 400, 30, 420), 0.6)
    slants = [line.words[0].slant for line in noted([level, stamp, short, far], 0.05)]
    assert slants[0] == slants[3] == 0.0
    assert slants[1] == slants[2] == pytest.approx(11.2, abs=0.1)
