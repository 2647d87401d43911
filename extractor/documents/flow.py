"""Pages for files that have none: TXT and DOCX laid out on Letter paper.

The text is kept letter for letter; only the boxes are made up, in the way a typewriter
would set them, and `draw` makes a picture of the page from the same boxes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PIL import Image, ImageDraw, ImageFont

from extractor.documents.words import Word

WIDTH, HEIGHT = 612.0, 792.0
_MARGIN = 72.0
_ADVANCE = 6.0
_LEADING = 13.0
_SIZE = 10.0
_COLUMNS = int((WIDTH - 2 * _MARGIN) / _ADVANCE)
_ROWS = int((HEIGHT - 2 * _MARGIN) / _LEADING)
_TAB = 8
_PIECE = re.compile(r"[^\s]+|\n|\f|[^\S\n\f]+")
_FACES = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf",
)


@dataclass
class FlowPage:
    """One page: its text as it stands in the file, its words placed from 0."""

    text: str = ""
    words: list[Word] = field(default_factory=list)


def pages(text: str) -> Iterator[FlowPage]:
    """The text cut into pages, at form feeds and where a page is full; nothing is dropped."""
    page, begin, row, column = FlowPage(), 0, 0, 0
    for match in _PIECE.finditer(text):
        piece, start = match.group(), match.start()
        if not piece.isspace() and column and column + len(piece) > _COLUMNS:
            row, column = row + 1, 0
        if row >= _ROWS and not piece.isspace():
            page.text = text[begin:start]
            yield page
            page, begin, row, column = FlowPage(), start, 0, 0
        if piece == "\f":
            page.text = text[begin : match.end()]
            yield page
            page, begin, row, column = FlowPage(), match.end(), 0, 0
        elif piece == "\n":
            row, column = row + 1, 0
        elif piece.isspace():
            column += sum(_TAB if c == "\t" else 1 for c in piece)
        else:
            box = _box(row, column, len(piece))
            page.words.append(Word(piece, box, start - begin, match.end() - begin, None))
            column += len(piece)
    if begin < len(text):
        page.text = text[begin:]
        yield page


def _box(row: int, column: int, length: int) -> tuple[float, float, float, float]:
    left = _MARGIN + _ADVANCE * column
    top = _MARGIN + _LEADING * row
    right = min(left + _ADVANCE * length, WIDTH)
    return min(left, WIDTH - 1.0), top, max(right, left + 1.0), top + _SIZE + 2.0


def draw(words: Sequence[Word], dpi: int) -> bytes:
    """A PNG of a page with these words."""
    scale = dpi / 72
    picture = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 255)
    pen = ImageDraw.Draw(picture)
    face = _face(_SIZE * scale)
    for word in words:
        pen.text((word.box[0] * scale, word.box[1] * scale), word.text, fill=0, font=face)
    return png(picture)


def png(picture: Image.Image) -> bytes:
    """A picture as PNG."""
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _face(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for path in _FACES:
        try:
            return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
        except OSError:
            continue
    return ImageFont.load_default(size)
