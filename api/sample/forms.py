"""Look-alikes of USCIS forms: rows that draw themselves, with real AcroForm fields."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any, Protocol

from reportlab.lib.colors import Color, black, white
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

__all__ = ["Choice", "Field", "Fields", "Form", "Note", "Part", "Row", "Writing", "draw_form"]

LEFT, RIGHT, TOP, BOTTOM = 40.0, 572.0, 752.0, 54.0
_GREY = Color(0.86, 0.88, 0.91)
_PALE = Color(0.96, 0.97, 1.0)
_NOTICE = "Drawn for trying out. Not a government form. Everybody in it is invented."


@dataclasses.dataclass
class Sheet:
    """A page in drawing: rows take their room from the top down."""

    canvas: Any
    y: float = TOP

    def text(self, x: float, y: float, words: str, size: float = 8.5, font: str = "") -> None:
        """One line of print."""
        self.canvas.setFillColor(black)
        self.canvas.setFont(font or "Helvetica", size)
        self.canvas.drawString(x, y, words)

    def box(self, name: str, value: str, at: tuple[float, float, float, float]) -> None:
        """A text field at x, y, width, height, filled in."""
        x, y, width, height = at
        lines = simpleSplit(value, "Helvetica", 10, width - 8)
        self.canvas.acroForm.textfield(
            name=name, value="\n".join(lines), x=x, y=y, width=width, height=height,
            fontName="Helvetica", fontSize=10, borderWidth=0.5, borderColor=black,
            fillColor=_PALE, textColor=black, maxlen=4000, forceBorder=True,
            fieldFlags="multiline" if height > 20 else "",
        )  # fmt: skip


class Row(Protocol):
    """Anything that draws itself below what is there already."""

    def draw(self, sheet: Sheet) -> None:
        """Draw, and move the sheet's place down."""


@dataclasses.dataclass(frozen=True)
class Part:
    """The grey bar that opens a part."""

    title: str

    def draw(self, sheet: Sheet) -> None:
        """A bar over the width of the page."""
        sheet.y -= 30
        sheet.canvas.setFillColor(_GREY)
        sheet.canvas.rect(LEFT, sheet.y - 4, RIGHT - LEFT, 17, fill=1, stroke=1)
        sheet.text(LEFT + 5, sheet.y + 1, self.title, 10, "Helvetica-Bold")
        sheet.y -= 8


@dataclasses.dataclass(frozen=True)
class Note:
    """Printed words of the form."""

    words: str
    bold: bool = False

    def draw(self, sheet: Sheet) -> None:
        """As many lines as the words need."""
        font = "Helvetica-Bold" if self.bold else "Helvetica"
        sheet.y -= 7
        for line in simpleSplit(self.words, font, 10, RIGHT - LEFT):
            sheet.y -= 13
            sheet.text(LEFT, sheet.y, line, 10, font)


@dataclasses.dataclass(frozen=True)
class Field:
    """A field with its label; `share` is its part of the row."""

    label: str
    name: str
    value: str = ""
    share: float = 1.0


@dataclasses.dataclass(frozen=True)
class Fields:
    """Fields side by side."""

    fields: tuple[Field, ...]

    def draw(self, sheet: Sheet) -> None:
        """Labels above, boxes below."""
        whole = sum(field.share for field in self.fields)
        x = LEFT
        sheet.y -= 41
        for field in self.fields:
            width = (RIGHT - LEFT) * field.share / whole
            sheet.text(x, sheet.y + 22, field.label, 9)
            sheet.box(field.name, field.value, (x, sheet.y, width - 8, 18))
            x += width


@dataclasses.dataclass(frozen=True)
class Writing:
    """A box for many words."""

    label: str
    name: str
    value: str
    height: float

    def draw(self, sheet: Sheet) -> None:
        """The label above, the box over the width of the page."""
        Note(self.label).draw(sheet)
        sheet.y -= self.height + 5
        sheet.box(self.name, self.value, (LEFT, sheet.y, RIGHT - LEFT - 8, self.height))


@dataclasses.dataclass(frozen=True)
class Choice:
    """A question with Yes and No."""

    question: str
    name: str
    yes: bool

    def draw(self, sheet: Sheet) -> None:
        """The question to the left, two boxes to the right."""
        lines = simpleSplit(self.question, "Helvetica", 10, RIGHT - LEFT - 110)
        sheet.y -= 10
        for number, line in enumerate(lines):
            sheet.y -= 13
            sheet.text(LEFT, sheet.y, line, 10)
            if number == 0:
                self._boxes(sheet)

    def _boxes(self, sheet: Sheet) -> None:
        for x, answer, chosen in ((478, "Yes", self.yes), (526, "No", not self.yes)):
            sheet.canvas.acroForm.checkbox(
                name=f"{self.name}_{answer}", checked=chosen, x=x, y=sheet.y - 2, size=11,
                buttonStyle="cross", borderWidth=0.5, borderColor=black, fillColor=white,
                textColor=black, forceBorder=True,
            )  # fmt: skip
            sheet.text(x + 15, sheet.y, answer, 9)


@dataclasses.dataclass(frozen=True)
class Form:
    """A whole form: its heads and the rows of each page."""

    title: str
    number: str
    edition: str
    pages: Sequence[Sequence[Row]]


def draw_form(canvas: Canvas, form: Form) -> None:
    """Every page of a form, with head and foot."""
    for number, rows in enumerate(form.pages, start=1):
        sheet = Sheet(canvas)
        if number == 1:
            _head(sheet, form)
        for row in rows:
            row.draw(sheet)
        if sheet.y < BOTTOM:
            raise ValueError(f"page {number} of {form.number} is too full by {BOTTOM - sheet.y}")
        _foot(sheet, f"{form.number}   Edition {form.edition}", number, len(form.pages))
        canvas.showPage()


def _head(sheet: Sheet, form: Form) -> None:
    for size, drop, words in ((15, 0, form.title), (10, 17, "Department of Homeland Security")):
        sheet.canvas.setFont("Helvetica-Bold", size)
        sheet.canvas.setFillColor(black)
        sheet.canvas.drawCentredString((LEFT + RIGHT) / 2, TOP - 14 - drop, words)
    sheet.canvas.setFont("Helvetica", 9)
    sheet.canvas.drawCentredString(
        (LEFT + RIGHT) / 2, TOP - 44, "U.S. Citizenship and Immigration Services"
    )
    sheet.canvas.setFont("Helvetica-Bold", 8.5)
    sheet.canvas.drawRightString(RIGHT, TOP - 43, f"USCIS {form.number}")
    sheet.canvas.setLineWidth(2)
    sheet.canvas.line(LEFT, TOP - 50, RIGHT, TOP - 50)
    sheet.canvas.setLineWidth(0.7)
    sheet.y = TOP - 52


def _foot(sheet: Sheet, name: str, number: int, pages: int) -> None:
    sheet.canvas.setLineWidth(0.7)
    sheet.canvas.line(LEFT, 44, RIGHT, 44)
    sheet.text(LEFT, 33, name, 8)
    sheet.canvas.drawRightString(RIGHT, 33, f"Page {number} of {pages}")
    sheet.canvas.drawCentredString((LEFT + RIGHT) / 2, 21, _NOTICE)
