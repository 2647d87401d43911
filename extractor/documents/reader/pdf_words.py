"""Words and boxes of a page from pdfium.

Two calls a word for its box, and one a glyph for its meaning, keep a page at a few
milliseconds. pdfium marks a hyphen at the end of a line by U+FFFE and lets the next line follow
at once: the word is cut there.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from extractor.documents.reader import pdf_letters
from extractor.documents.reader.geometry import PageFrame
from extractor.documents.reader.wire import Failure, ReaderError

Corners = tuple[float, float, float, float]

_WORD = re.compile(r"[^\s\ufffe\ufeff\u200b]+\ufffe?")
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st", 0xAD: "-", 0xFFFE: "-",
}  # fmt: skip
_BROKEN_WORD = re.compile(r"\w\ufffd|\ufffd\w")
_PIERCED_WORD = re.compile(r"\w[\ufffd\u2701-\u27be]+\w")  # `a1`, a name of no meaning, is ✁ too
_LETTERS_WITH_DIRECTION = 3
_LEFT = 2
_TURNED = 45.0
_LEAST_SLANT = 3.0
"""Degrees; the lines of a page that was scanned and set upright again slope by less."""
_HUNDREDTHS = 100


@dataclass
class PageText:
    """Words of a page with their boxes, and how many glyphs mean nothing."""

    texts: list[str] = field(default_factory=list)
    boxes: list[Corners] = field(default_factory=list)
    angles: list[float] = field(default_factory=list)
    """How far each word runs clockwise of rightward as the page is shown, in degrees."""
    directions: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    """Words that run right, down, left and up, as the page is shown."""
    glyphs: int = 0
    unmapped: int = 0
    broken_words: int = 0
    """Lost glyphs next to a letter or digit; a bullet may stand so too."""
    pierced_words: int = 0
    """Lost glyphs between letters or digits, where no bullet stands."""

    def add(self, text: str, box: Corners, angle: float | None = None) -> None:
        """Append one word; it runs as the page does if its angle is not known."""
        self.texts.append(text)
        self.boxes.append(box)
        self.angles.append(-float(self.turn()) if angle is None else angle)

    def remove(self, indices: set[int]) -> None:
        """Take words out again."""
        self.texts = [text for i, text in enumerate(self.texts) if i not in indices]
        self.boxes = [box for i, box in enumerate(self.boxes) if i not in indices]
        self.angles = [angle for i, angle in enumerate(self.angles) if i not in indices]

    def turn(self) -> int:
        """How far clockwise the page must be turned for most of its words to run right."""
        most = max(range(4), key=self.directions.__getitem__)
        return (0, 270, 180, 90)[most]

    def slanted(self) -> list[list[int]]:
        """Words that run otherwise than the page: index, and hundredths of a degree clockwise."""
        turn = self.turn()
        beside = ((angle + turn + 180.0) % 360.0 - 180.0 for angle in self.angles)
        return [
            [index, round(_HUNDREDTHS * angle)]
            for index, angle in enumerate(beside)
            if abs(angle) > _LEAST_SLANT
        ]

    def flat_boxes(self) -> list[int]:
        """All boxes in hundredths of a point, one after the other."""
        return [round(_HUNDREDTHS * number) for box in self.boxes for number in box]


def read(page: object, frame: PageFrame, most_glyphs: int) -> PageText:
    """The words of a page in the order that pdfium gives them."""
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        raise ReaderError(Failure.DAMAGED)
    try:
        return _Reader(textpage, frame).read(most_glyphs)
    finally:
        pdfium.FPDFText_ClosePage(textpage)


class _Reader:
    def __init__(self, textpage: object, frame: PageFrame) -> None:
        self.textpage = textpage
        self.frame = frame
        self._rectangle = pdfium.FS_RECTF()
        self._pointer = ctypes.byref(self._rectangle)

    def read(self, most_glyphs: int) -> PageText:
        count = int(pdfium.FPDFText_CountChars(self.textpage))
        if count > most_glyphs:
            raise ReaderError(Failure.OVERSIZED)
        characters = pdf_letters.read(self.textpage, max(count, 0))
        page = PageText(
            glyphs=count,
            unmapped=characters.count(pdf_letters.LOST),
            broken_words=len(_BROKEN_WORD.findall(characters)),
            pierced_words=len(_PIERCED_WORD.findall(characters)),
        )
        for match in _WORD.finditer(characters):
            start, end = match.span()
            first, last = self._loose(start), self._loose(end - 1)
            if end - start == 1 or _overlap(first, last):
                self._add(page, characters, (start, end), (first, last))
            else:
                for piece in self._pieces(start, end):
                    ends = self._loose(piece[0]), self._loose(piece[1] - 1)
                    self._add(page, characters, piece, ends)
        return page

    def _add(
        self, page: PageText, characters: str, span: tuple[int, int], ends: tuple[Corners, Corners]
    ) -> None:
        text = _tidy(characters[span[0] : span[1]])
        if not text:
            return
        first, last = ends
        around = (
            min(first[0], last[0]),
            min(first[1], last[1]),
            max(first[2], last[2]),
            max(first[3], last[3]),
        )
        angle = self._angle(span[0])
        page.add(text, self.frame.shown(*around), angle)
        if span[1] - span[0] >= _LETTERS_WITH_DIRECTION:
            way = self.frame.direction(last[0] - first[0], last[1] - first[1])
            # A word may run left because it is Arabic; then its letters stand upright.
            if way != _LEFT or abs(angle) > _TURNED:
                page.directions[way] += 1

    def _angle(self, index: int) -> float:
        """How far a glyph is turned clockwise as the page is shown, in (-180, 180]."""
        angle = math.degrees(float(pdfium.FPDFText_GetCharAngle(self.textpage, index)))
        return (angle + 90.0 * self.frame.turn + 180.0) % 360.0 - 180.0

    def _loose(self, index: int) -> Corners:
        pdfium.FPDFText_GetLooseCharBox(self.textpage, index, self._pointer)
        r = self._rectangle
        return r.left, r.bottom, r.right, r.top

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A word cut where its glyphs jump to another line."""
        begin = start
        boxes = [self._loose(index) for index in range(start, end)]
        for index in range(start + 1, end):
            if _jumps(boxes[index - 1 - start], boxes[index - start]):
                yield begin, index
                begin = index
        yield begin, end


def _overlap(first: Corners, last: Corners) -> bool:
    """Whether two glyphs stand on one line, or one above the other as in turned text."""
    on_one_line = min(first[3], last[3]) > max(first[1], last[1])
    return on_one_line or min(first[2], last[2]) > max(first[0], last[0])


def _jumps(before: Corners, after: Corners) -> bool:
    size = max(before[3] - before[1], before[2] - before[0], 1.0)
    across = max(before[0] - after[2], after[0] - before[2])
    along = max(before[1] - after[3], after[1] - before[3])
    return max(across, along) > size


def _tidy(raw: str) -> str:
    body = raw[:-1].replace("\xad", "") + raw[-1]
    tidy = body.translate(_LIGATURES)
    # Astral characters arrive as two halves when pdfium is asked glyph by glyph.
    return tidy.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
