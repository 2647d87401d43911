"""Pages like those of Forms I-914 and I-918, asked by box, with marks of many hands.

Each page has its truth beside it: every box with its place in points and whether it is
ticked. Traps stand between them: boxes of single digits, frames of answers, table cells,
square letters.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from benchmarks.pages.layouts import Laid
from benchmarks.pages.scans import KINDS, drawn, noisy, tilted

__all__ = ["TICKS", "Asked", "TickedPage"]

Pixels = NDArray[np.uint8]
_Mark = Callable[[Canvas, random.Random, float, float, float], None]


@dataclass(frozen=True)
class Asked:
    """One box: its middle in points from the top left, and whether it is ticked."""

    x: float
    y: float
    ticked: bool


@dataclass(frozen=True)
class TickedPage:
    """A page with its boxes and its answers, its pixels and their dots an inch.

    `turned` is how far the paper lies askew, in degrees; the places are those before. A form
    that was never printed has its `pdf` instead: words are text, boxes and marks are drawn.
    """

    asked: tuple[Asked, ...]
    answers: dict[str, str]
    pixels: Pixels
    dpi: int
    turned: float = 0.0
    pdf: bytes = b""


@dataclass
class _Sheet:
    canvas: Canvas
    chance: random.Random
    side: float
    marks: tuple[_Mark, ...]
    asked: list[Asked] = field(default_factory=list)

    def box(self, x: float, y: float, ticked: bool) -> None:
        """A box whose lower left corner is at x, y."""
        side = self.side
        self.canvas.rect(x, y, side, side)
        if ticked:
            self.canvas.saveState()
            self.chance.choice(self.marks)(self.canvas, self.chance, x, y, side)
            self.canvas.restoreState()
        self.asked.append(Asked(x + side / 2, letter[1] - y - side / 2, ticked))


def _cross(canvas: Canvas, chance: random.Random, x: float, y: float, side: float) -> None:
    inset = side * chance.uniform(0.05, 0.2)
    canvas.setLineWidth(chance.uniform(0.7, 1.4))
    canvas.line(x + inset, y + inset, x + side - inset, y + side - inset)
    canvas.line(x + inset, y + side - inset, x + side - inset, y + inset)


def _typed(canvas: Canvas, chance: random.Random, x: float, y: float, side: float) -> None:
    canvas.setFont(chance.choice(["Helvetica-Bold", "Courier", "Times-Roman"]), side * 1.05)
    canvas.drawCentredString(x + side / 2 + chance.uniform(-1, 1), y + 0.14 * side, "X")


def _glyph(canvas: Canvas, chance: random.Random, x: float, y: float, side: float) -> None:
    canvas.setFont("ZapfDingbats", side)
    canvas.drawCentredString(x + side / 2, y + 0.15 * side, chance.choice("✔✘■"))


def _filled(canvas: Canvas, _: random.Random, x: float, y: float, side: float) -> None:
    canvas.rect(x + 0.1 * side, y + 0.1 * side, 0.8 * side, 0.8 * side, stroke=0, fill=1)


def _hand(canvas: Canvas, chance: random.Random, x: float, y: float, side: float) -> None:
    """A pen's check mark that runs over the frame."""
    canvas.setLineWidth(chance.uniform(0.8, 1.6))
    path = canvas.beginPath()
    path.moveTo(x + side * chance.uniform(-0.2, 0.25), y + side * chance.uniform(0.4, 0.7))
    low = x + side * chance.uniform(0.25, 0.5), y + side * chance.uniform(-0.1, 0.25)
    path.lineTo(*low)
    end = x + side * chance.uniform(1.0, 1.6), y + side * chance.uniform(0.9, 1.5)
    path.curveTo(low[0] + 0.2 * side, low[1] + 0.5 * side, end[0] - 0.3 * side,
                 end[1] - 0.2 * side, *end)  # fmt: skip
    canvas.drawPath(path)


def _pen_cross(canvas: Canvas, chance: random.Random, x: float, y: float, side: float) -> None:
    """A pen's cross, askew and over the frame."""
    canvas.setLineWidth(chance.uniform(0.7, 1.5))
    for low, high in ((-0.15, 1.15), (1.15, -0.15)):
        canvas.line(
            x + side * (low + chance.uniform(-0.15, 0.2)), y + side * chance.uniform(-0.2, 0.15),
            x + side * (high + chance.uniform(-0.2, 0.15)), y + side * chance.uniform(0.9, 1.25),
        )  # fmt: skip


_PRINTED: tuple[_Mark, ...] = (_cross, _typed, _glyph, _filled)
_PENNED: tuple[_Mark, ...] = (_hand, _pen_cross)
_QUESTIONS = (
    "Have you reported the crime of which you are claiming to be a victim?",
    "Were you physically present in the United States on account of it?",
    "Have you complied with requests from law enforcement for help?",
    "Were you under 18 years of age at the time of the acts?",
    "Have you ever been arrested, cited, or detained by an officer?",
    "Do you fear that you will suffer severe harm upon removal?",
    "Is this the first time that you file this application?",
    "Have you ever been in immigration proceedings of any kind?",
)
_CRIMES = (
    "Abduction", "Blackmail", "Domestic Violence", "Extortion", "False Imprisonment", "Incest",
    "Felonious Assault", "Hostage", "Involuntary Servitude", "Kidnapping", "Manslaughter",
    "Murder", "Obstruction of Justice", "Peonage", "Perjury", "Prostitution", "Rape", "Stalking",
    "Sexual Exploitation", "Slave Trade", "Torture", "Trafficking", "Witness Tampering", "Fraud",
)  # fmt: skip


def _yes_no(sheet: _Sheet, top: float, left: bool) -> dict[str, str]:
    """Questions down the page, Yes and No at its right edge, the box on either side."""
    answers: dict[str, str] = {}
    for number, question in enumerate(_QUESTIONS, start=1):
        y = top - 24 * number
        sheet.canvas.drawString(50, y, f"{number}. {question}")
        answer = sheet.chance.choice(["Yes", "No", ""])
        for x, option in ((460, "Yes"), (520, "No")):
            shift = (0.0, 22.0) if left else (sheet.side + 5, 0.0)
            sheet.canvas.drawString(x + shift[0], y, option)
            sheet.box(x + shift[1], y - 1.5, answer == option)
        if answer:
            answers[f"P3_Line{number}"] = answer
    return answers


def _crimes(sheet: _Sheet, top: float) -> dict[str, str]:
    """The list of crimes in three columns."""
    sheet.canvas.drawString(50, top, "1. The applicant is or has been a victim of:")
    ticked = []
    for number, crime in enumerate(_CRIMES):
        x, y = 60 + 180 * (number % 3), top - 20 - 18 * (number // 3)
        if is_ticked := sheet.chance.random() < 0.3:
            ticked.append(crime)
        sheet.box(x, y - 1.5, is_ticked)
        sheet.canvas.drawString(x + sheet.side + 5, y, crime)
    return {"P4_Line1": "; ".join(ticked)} if ticked else {}


def _traps(sheet: _Sheet, y: float) -> None:
    """What is square on a form and no box to tick."""
    canvas = sheet.canvas
    canvas.drawString(50, y, "9. Alien Registration Number (A-Number)")
    for digit in range(9):
        canvas.rect(260 + 13 * digit, y - 3, 13, 13)
        canvas.drawString(263 + 13 * digit, y, "000000241"[digit])
    canvas.rect(400, y - 4, 160, 16)
    canvas.drawString(50, y - 26, "10. ODD BOXES OF 0 DODO, H8OB DO 00 8 ROAD, BOOK B 8")
    for column in range(4):
        canvas.rect(380 + 45 * column, y - 30, 45, 15)
    canvas.setFont("Helvetica-Bold", 15)
    canvas.drawString(50, y - 50, "DOOR 80 OD")


_Form = tuple[bytes, tuple[Asked, ...], dict[str, str]]


def _form(seed: int, size: float, width: float, *, pen: bool, left: bool) -> _Form:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=letter)
    chance = random.Random(seed)
    sheet = _Sheet(canvas, chance, size, _PENNED if pen else _PRINTED)
    canvas.setLineWidth(width)
    canvas.setFont("Helvetica", 9.5)
    canvas.drawString(50, 750, "Application for T Nonimmigrant Status")
    canvas.drawString(50, 726, "Part 3. Additional Information About Your Claim")
    answers = _yes_no(sheet, 720, left)
    canvas.drawString(50, 490, "Part 4. Criminal Acts")
    answers |= _crimes(sheet, 470)
    _traps(sheet, 250)
    canvas.setFont("Helvetica", 9.5)
    canvas.drawString(50, 40, "Form I-914   Edition 01/20/25   Page 3 of 12")
    canvas.save()
    return buffer.getvalue(), tuple(sheet.asked), answers


def _page(kind: str, seed: int, size: float, width: float, *, pen: bool, left: bool) -> TickedPage:
    pdf, asked, answers = _form(seed, size, width, pen=pen, left=left)
    laid = Laid(pdf, "")
    turned = 0.0
    if kind == _FLATTENED:
        return TickedPage(asked, answers, drawn(laid, 72), 72, pdf=pdf)
    if kind == "skew 1.5 degrees":
        turned, dpi = 1.5, 200
        pixels = noisy(tilted(drawn(laid, dpi), turned), seed, 7)
    elif kind == "fax 200, one bit":
        dpi = 200
        grey = noisy(drawn(laid, dpi), seed, 28, 1.0)
        pixels = np.where(grey > 150, 255, 0).astype(np.uint8)
    else:
        _, pixels, dpi = KINDS[kind][0](laid)
    return TickedPage(asked, answers, pixels, dpi, turned)


_FLATTENED = "flattened digital form"
_PAGES = (
    ("clean 300", 9.0, 0.6, False, False),
    ("clean 300", 7.5, 0.5, True, False),
    ("grey 200", 9.0, 0.6, False, True),
    ("grey 200", 11.0, 0.8, True, False),
    ("skew 1.5 degrees", 9.0, 0.6, False, False),
    ("skew 1.5 degrees", 8.0, 0.5, True, True),
    ("fax 200, one bit", 9.0, 0.7, False, False),
    ("fax 200, one bit", 10.0, 0.7, True, False),
    ("fax 150, one bit", 9.0, 0.7, False, False),
    ("worn typewriter", 9.0, 0.8, True, False),
    (_FLATTENED, 9.0, 0.6, False, False),
    (_FLATTENED, 7.5, 0.5, True, False),
    (_FLATTENED, 11.0, 0.8, True, True),
)


def pages(seed: int) -> dict[str, Callable[[], TickedPage]]:
    """A page of each kind; other seeds draw other marks."""
    return {
        f"{kind}, {size:g} pt, {'pen' if pen else 'print'}": partial(
            _page, kind, seed + number, size, width, pen=pen, left=left
        )
        for number, (kind, size, width, pen, left) in enumerate(_PAGES)
    }


TICKS = pages(1)
