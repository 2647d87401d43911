"""The media type of a file, from its bytes and never from its name."""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter
from enum import StrEnum

from extractor.errors import EmptyInputError, EncryptedInputError, UnsupportedInputError

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class MediaType(StrEnum):
    """The kinds of file that declarant reads."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    DOCX = _WORD
    TXT = "text/plain"


_MAGIC: tuple[tuple[bytes, MediaType], ...] = (
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
    (b"II+\x00", MediaType.TIFF),
    (b"MM\x00+", MediaType.TIFF),
)

# Text in form, but not statements to be read as they stand.
_MARKUP = (b"{\\rtf", b"%!ps", b"<!doctype", b"<html", b"<?xml", b"<svg", b"mime-version:", b"#!/")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_PDF_HEADER_WITHIN = 1024
_PDF_INSIDES = (b"endobj", b"endstream")
_SAMPLE = 1 << 20
"""Bytes by which text is known; the confined reader looks at the rest."""
_ALLOWED_CONTROLS = frozenset("\t\n\v\f\r\x1a\x85")
_CHARACTERS_A_STRAY_CONTROL = 500
_ODD_SHARE = 0.3
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def media_type(data: bytes) -> MediaType:
    """The media type of a whole file's bytes; UnsupportedInputError if it is none of ours."""
    if not data:
        raise EmptyInputError("The file has no bytes.")
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(_OLE) and _ENCRYPTED_OFFICE in data:
        raise EncryptedInputError("The office file needs a password.")
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN] or all(part in data for part in _PDF_INSIDES):
        return MediaType.PDF  # the second: a PDF whose beginning is lost
    return _text_kind(data)


def _zip_kind(data: bytes) -> MediaType:
    # Names of members stand uncompressed in a zip, so no parser is needed to see them.
    if b"word/document" in data and b"[Content_Types].xml" in data:
        return MediaType.DOCX
    raise UnsupportedInputError("The file is an archive or an office file other than DOCX.")


def _text_kind(data: bytes) -> MediaType:
    sample = data[:_SAMPLE]
    if sample.lstrip()[:16].lower().startswith(_MARKUP):
        raise UnsupportedInputError("The file is markup or a program, not plain text.")
    if not is_plain(sample, cut=len(data) > _SAMPLE):
        raise UnsupportedInputError("The bytes are no kind of file that is read here.")
    if len(data) <= _SAMPLE and not (decoded(data) or "").strip():
        raise EmptyInputError("The file holds only blank space.")
    return MediaType.TXT


def decoded(data: bytes, *, cut: bool = False) -> str | None:
    """Text of UTF-8, UTF-16 with its mark, or cp1252 bytes; None for anything else.

    `cut` bytes are the beginning of a file and may end within a character.
    """
    for encoding in _encodings(data):
        try:
            return codecs.getincrementaldecoder(encoding)().decode(data, not cut)
        except UnicodeDecodeError:
            continue
    return None


def _encodings(data: bytes) -> tuple[str, ...]:
    return ("utf-16",) if data.startswith(_UTF16) else ("utf-8-sig", "cp1252")


def is_plain(data: bytes, *, cut: bool = False) -> bool:
    """Whether bytes could be a text that a person wrote, in any script."""
    text = decoded(data, cut=cut)
    if text is None:
        return False
    counts = Counter(text)
    controls = sum(n for c, n in counts.items() if c < " " and c not in _ALLOWED_CONTROLS)
    if "\x00" in counts or controls > len(text) // _CHARACTERS_A_STRAY_CONTROL:
        return False
    # Every byte means some letter in cp1252, so binary shows as symbols where letters should be;
    # in Unicode it shows as characters that do not exist.
    is_odd = _is_unassigned if _is_unicode(data, cut=cut) else _is_symbol
    return sum(n for c, n in counts.items() if is_odd(c)) <= _ODD_SHARE * len(text)


def _is_unicode(data: bytes, *, cut: bool) -> bool:
    if data.startswith(_UTF16):
        return True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, not cut)
    except UnicodeDecodeError:
        return False
    return not data.isascii()


def _is_unassigned(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs") and not character.isspace()


def _is_symbol(character: str) -> bool:
    return not (character.isalnum() or character.isspace() or character in _COMMON)


_COMMON = frozenset(".,;:!?'\"()[]{}-_/\\&%$#@*+=<>|~^`“”‘’–—…•·§¶°©®™£€¥¿¡«»")
