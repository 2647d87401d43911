"""The letters of a page from pdfium, one for each glyph; those without a meaning are U+FFFD.

Where a font does not say which letter a glyph is, pdfium takes the number of the glyph for
one, and that may look like a letter too: an I with two dots comes out as one with a hat. Such
a glyph is lost, whatever it looks like.
"""

from __future__ import annotations

import ctypes
import re

import pypdfium2.raw as pdfium

LOST = "\ufffd"
_UNMAPPED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
_HYPHEN = "\ufffe"
_HYPHEN_CODE = 2


def read(textpage: object, count: int) -> str:
    """One character for each index of pdfium, so that both can be used together."""
    letters = list(_characters(textpage, count))
    unsaid = pdfium.FPDFText_HasUnicodeMapError
    for index, letter in enumerate(letters):
        if unsaid(textpage, index) == 1 or (letter == _HYPHEN and _is_nothing(textpage, index)):
            letters[index] = LOST
    return _UNMAPPED.sub(LOST, "".join(letters))


def _characters(textpage: object, count: int) -> str:
    buffer = (ctypes.c_ushort * (count + 1))()
    got = int(pdfium.FPDFText_GetText(textpage, 0, count, buffer))
    text = bytes(buffer)[: 2 * max(got - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    return "".join(_character(textpage, index) for index in range(count))


def _character(textpage: object, index: int) -> str:
    """One glyph; the slow way, for pages on which pdfium drops glyphs without meaning."""
    code = int(pdfium.FPDFText_GetUnicode(textpage, index))
    if code == _HYPHEN_CODE and pdfium.FPDFText_IsHyphen(textpage, index):
        return _HYPHEN
    return chr(code) if 0 < code < 0x110000 else LOST


def _is_nothing(textpage: object, index: int) -> bool:
    """Whether a glyph that pdfium writes like a hyphen is one that a font maps to nothing."""
    return not pdfium.FPDFText_GetUnicode(textpage, index)
