"""Pages drawn line by line, for the generators of layouts."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PIL import Image
from reportlab.lib.pagesizes import letter
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from benchmarks.pages.layouts import Laid

__all__ = ["LEFT", "RIGHT", "TOP", "Area", "Drawing", "flowed"]

_FACES = ("DejaVuSerif", "DejaVuSans")
LEFT, RIGHT, TOP = 64.0, 548.0, 76.0
"""The margins of a page of Letter size, in points."""
Area = tuple[float, float, float, float]


@dataclass
class Drawing:
    """A page that is being drawn; y runs down from the top."""

    face: str
    size: float
    paper: tuple[float, float] = letter
    buffer: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        self.canvas = Canvas(self.buffer, pagesize=self.paper)
        self.canvas.setFont(self.face, self.size)

    @classmethod
    def of(
        cls,
        chance: random.Random,
        sizes: tuple[float, float] = (8.5, 11),
        paper: tuple[float, float] = letter,
    ) -> Drawing:
        """A page in one of the faces, of a size between two."""
        return cls(chance.choice(_FACES), chance.uniform(*sizes), paper)

    @property
    def leading(self) -> float:
        return 1.34 * self.size

    def width(self, text: str) -> float:
        return pdfmetrics.stringWidth(text, self.face, self.size)

    def write(self, x: float, y: float, text: str) -> None:
        self.canvas.drawString(x, self.paper[1] - y, text)

    def picture(self, box: Area) -> None:
        x0, top, x1, bottom = box
        grey = ImageReader(Image.linear_gradient("L").resize((60, 60)))
        self.canvas.drawImage(grey, x0, self.paper[1] - bottom, x1 - x0, bottom - top)

    def wrapped(self, text: str, width: float) -> list[str]:
        lines, line = list[str](), ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self.width(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        return [*lines, line]

    def done(self, text: str) -> Laid:
        self.canvas.save()
        return Laid(self.buffer.getvalue(), text)


def flowed(
    page: Drawing, x0: float, x1: float, top: float, holes: Sequence[Area], text: str
) -> float:
    """Paragraphs between x0 and x1 that leave out the holes; where the next line would stand."""
    y = top
    for paragraph in text.split("\n\n"):
        words = paragraph.split()
        while words:
            for left, right in _pieces(page, y, x0, x1, holes):
                taken = _fitting(page, words, right - left)
                page.write(left, y, " ".join(words[:taken]))
                del words[:taken]
            y += page.leading
        y += 0.7 * page.leading
    return y


def _pieces(
    page: Drawing, y: float, x0: float, x1: float, holes: Sequence[Area]
) -> Iterator[tuple[float, float]]:
    """The stretches of a line that no hole takes, wide enough for words."""
    left = x0
    for hole in holes:
        if hole[1] - page.size < y < hole[3] + page.size and hole[2] > x0 and hole[0] < x1:
            if hole[0] - 8 - left > 8 * page.size:
                yield left, hole[0] - 8
            left = hole[2] + 8
    if x1 - left > 8 * page.size:
        yield left, x1


def _fitting(page: Drawing, words: list[str], width: float) -> int:
    count = 1
    while count < len(words) and page.width(" ".join(words[: count + 1])) <= width:
        count += 1
    return count if words else 0
