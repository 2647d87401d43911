"""The papers of the sample that are no forms: declaration, certificate, report, letter."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from typing import Any

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer

from api.sample.scan import scanned
from api.sample.texts import paragraphs

__all__ = ["draw_scan", "typed_pdf"]

_BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=12, leading=18, spaceAfter=9)
_TITLE = ParagraphStyle(
    "title", _BODY, fontName="Times-Bold", fontSize=13, alignment=TA_CENTER, spaceAfter=16
)
_PLAIN = ParagraphStyle("plain", fontName="Helvetica", fontSize=10.5, leading=15, spaceAfter=9)
_HEAD = ParagraphStyle("head", _PLAIN, fontName="Helvetica-Bold", fontSize=15, spaceAfter=4)
_TYPED = ParagraphStyle("typed", fontName="Courier", fontSize=10, leading=12.8, spaceAfter=6)
_FACE = ParagraphStyle("face", _TYPED, spaceAfter=1.5)
_TYPED_HEAD = ParagraphStyle("typed_head", _TYPED, fontName="Courier-Bold", alignment=TA_CENTER)


class _Signature(Flowable):  # type: ignore[misc]
    """A signature in blue ink, which nobody can read; each hand swings otherwise."""

    def __init__(self, hand: int) -> None:
        super().__init__()
        self.hand = hand
        self.width, self.height = 150.0, 34.0

    def draw(self) -> None:
        """A few strokes above a line."""
        pen: Any = self.canv
        pen.setStrokeColorRGB(0.1, 0.15, 0.5)
        pen.setLineWidth(1.3)
        pen.bezier(4, 8, 14, 44, 24, 36, 22, 9)
        for step in range(6 + self.hand):
            x, swing = 22 + 13 * step, (step * self.hand + step // 2) % 4
            pen.bezier(x, 9, x + 4, 16 + 6 * swing, x + 9, 16 - 7 * swing, x + 13, 9)
        pen.setStrokeColorRGB(0, 0, 0)
        pen.setLineWidth(0.6)
        pen.line(0, 4, 190, 4)


def _styled(name: str, style: ParagraphStyle, heads: dict[int, ParagraphStyle]) -> list[Flowable]:
    return [
        Paragraph(words.replace("&", "&amp;"), heads.get(number, style))
        for number, words in enumerate(paragraphs(name))
    ]


def _declaration() -> list[Flowable]:
    story = _styled("declaration", _BODY, {0: _TITLE})
    return [*story[:-1], _Signature(4), story[-1]]


def _certificate() -> list[Flowable]:
    story = _styled("certificate", _BODY, {0: _TITLE})
    return [*story[:4], Spacer(1, 12), _Signature(2), *story[4:]]


def _police_report() -> list[Flowable]:
    face = dict.fromkeys(range(2, 13), _FACE)
    return _styled("police_report", _TYPED, {**face, **dict.fromkeys((0, 1, 14), _TYPED_HEAD)})


def _letter() -> list[Flowable]:
    story = _styled("letter", _PLAIN, {0: _HEAD})
    return [*story[:3], Spacer(1, 14), *story[3:-2], _Signature(3), *story[-2:]]


_STORIES: dict[str, Callable[[], list[Flowable]]] = {
    "declaration": _declaration,
    "certificate": _certificate,
    "police_report": _police_report,
    "letter": _letter,
}


def typed_pdf(name: str) -> bytes:
    """One paper as a digital PDF."""
    out = io.BytesIO()
    frame = Frame(72, 64, letter[0] - 144, letter[1] - 132, 0, 0, 0, 0)
    template = PageTemplate(frames=[frame], onPage=functools.partial(_numbered, name))
    document = BaseDocTemplate(out, pagesize=letter, pageTemplates=[template], invariant=1)
    document.build(_STORIES[name]())
    return out.getvalue()


def _numbered(name: str, canvas: Canvas, document: BaseDocTemplate) -> None:
    if name == "declaration":
        canvas.setFont("Times-Roman", 10)
        canvas.drawCentredString(letter[0] / 2, 40, str(document.page))


def draw_scan(name: str, canvas: Canvas) -> None:
    """One paper as it comes from a scanner: pictures without any text."""
    for number, picture in enumerate(scanned(typed_pdf(name))):
        if number:
            canvas.showPage()
        canvas.drawImage(ImageReader(io.BytesIO(picture)), 0, 0, *letter)
    canvas.showPage()
