"""Look-alikes of USCIS forms, drawn with the field names of the real ones or only printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen import canvas

# A row of a form: a printed line, or label, name of the field and what is written in it.
Row = str | tuple[str, str, str]
Page = tuple[str, Sequence[Row], str]
"""The title at the top, the rows, the foot."""

LETTER = (612, 792)


def fillable(path: Path, pages: Sequence[Page]) -> Path:
    """A PDF whose answers are AcroForm fields beside their labels."""
    paper = canvas.Canvas(str(path), pagesize=LETTER)
    for title, rows, foot in pages:
        y = _head(paper, title)
        for row in rows:
            y -= 24
            if isinstance(row, str):
                paper.drawString(60, y, row)
                continue
            label, name, value = row
            paper.drawString(60, y, label)
            paper.acroForm.textfield(
                name=name, value=value, x=300, y=y - 4, width=250, height=18, fontSize=9
            )
        _foot(paper, foot)
    paper.save()
    return path


def printed(path: Path, pages: Sequence[Page]) -> Path:
    """A PDF like a scan that was read: answers are print beside their labels."""
    paper = canvas.Canvas(str(path), pagesize=LETTER)
    for title, rows, foot in pages:
        y = _head(paper, title)
        for row in rows:
            y -= 24
            label, value = (row, "") if isinstance(row, str) else (row[0], row[2])
            paper.drawString(60, y, label)
            paper.drawString(300, y, value)
        _foot(paper, foot)
    paper.save()
    return path


def boxed(path: Path, title: str, rows: Sequence[Sequence[tuple[str, str]]], foot: str) -> Path:
    """A printed form whose answers stand in boxes below their labels, side by side."""
    paper = canvas.Canvas(str(path), pagesize=LETTER)
    y = _head(paper, title)
    for row in rows:
        y -= 40
        for index, (label, value) in enumerate(row):
            paper.drawString(60 + 170 * index, y, label)
            paper.drawString(66 + 170 * index, y - 16, value)
    _foot(paper, foot)
    paper.save()
    return path


def _head(paper: canvas.Canvas, title: str) -> float:
    paper.setFont("Helvetica", 10)
    if title:
        paper.drawString(60, 740, title)
    return 730.0


def _foot(paper: canvas.Canvas, foot: str) -> None:
    paper.drawString(60, 40, foot)
    paper.showPage()
