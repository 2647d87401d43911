"""Pages in faces drawn after handwriting, where this machine has such faces.

On Debian: fonts-dancingscript fonts-femkeklaver fonts-breip fonts-dkg-handwriting fonts-bwht
fonts-ecolier-court fonts-kristi.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.pages.layouts import Laid
from benchmarks.pages.scans import Scan, noisy
from benchmarks.pages.texts import STATEMENT

__all__ = ["hands"]

_FOLDER = Path("/usr/share/fonts")
_FACES = (
    ("truetype/femkeklaver/femkeklaver.ttf", 34),
    ("truetype/breip/Breip.ttf", 34),
    ("truetype/fifthhorseman/dkg.ttf", 34),
    ("opentype/dancingscript/DancingScript-Regular.otf", 36),
    ("truetype/ecolier-court/Ecolier-court.ttf", 36),
    ("opentype/bwht/BecauseWeMentor-Regular.otf", 36),
    ("truetype/kristi/Kristi.ttf", 50),
)
_CAPITALS = frozenset({"BecauseWeMentor-Regular"})
"""Faces that write small letters as capitals too."""
_DPI, _LEADING = 200, 1.5


def hands() -> dict[str, Callable[[], Scan]]:
    """A page in each face that is installed."""
    found = [(_FOLDER / path, size) for path, size in _FACES if (_FOLDER / path).exists()]
    return {path.stem: partial(_page, path, size) for path, size in found}


def _page(path: Path, size: int) -> Scan:
    face = ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
    image = Image.new("L", (1700, 2200), 255)
    pen = ImageDraw.Draw(image)
    text = STATEMENT.upper() if path.stem in _CAPITALS else STATEMENT
    lines = list(_lines(_writable(text, face), face))
    for number, line in enumerate(lines):
        pen.text((170, 150 + number * size * _LEADING), line, fill=30, font=face)
    return Laid(b"", "\n".join(lines)), noisy(np.asarray(image), 8, 5), _DPI


def _lines(text: str, face: ImageFont.FreeTypeFont) -> list[str]:
    """The lines that fit on the page; the rest of the text is left out."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.getlength(longer) > 1360:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines[: int(1950 / (face.size * _LEADING))]


def _writable(text: str, face: ImageFont.FreeTypeFont) -> str:
    """The text without the marks that the face has no glyph for."""
    missing = bytes(face.getmask("\uffff"))
    return "".join(c if _is_drawn(c, face, missing) else _plain(c) for c in text)


def _is_drawn(letter: str, face: ImageFont.FreeTypeFont, missing: bytes) -> bool:
    glyph = bytes(face.getmask(letter))
    return letter.isspace() or (glyph != missing and any(glyph))


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]
