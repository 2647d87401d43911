"""The media type of a file, from its bytes and never from its name."""

from __future__ import annotations

import codecs
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
_ALLOWED_CONTROLS = frozenset("\t\n\v\f\r\x1a\x85")
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
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return MediaType.PDF
    return _text_kind(data)


def _zip_kind(data: bytes) -> MediaType:
    # Names of members stand uncompressed in a zip, so no parser is needed to see them.
    if b"word/document" in data and b"[Content_Types].xml" in data:
        return MediaType.DOCX
    raise UnsupportedInputError("The file is an archive or an office file other than DOCX.")


def _text_kind(data: bytes) -> MediaType:
    if data.lstrip()[:16].lower().startswith(_MARKUP):
        raise UnsupportedInputError("The file is markup or a program, not plain text.")
    text = decoded(data)
    if text is None or not is_plain(text):
        raise UnsupportedInputError("The bytes are no kind of file that is read here.")
    if not text.strip():
        raise EmptyInputError("The file holds only blank space.")
    return MediaType.TXT


def decoded(data: bytes) -> str | None:
    """Text of UTF-8, UTF-16 with its mark, or cp1252 bytes; None for anything else."""
    encodings = ("utf-16",) if data.startswith(_UTF16) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def is_plain(text: str) -> bool:
    """Whether a text could be written by a person: no controls, few unassigned characters."""
    odd = sum(1 for character in text if _is_odd(character))
    controls = sum(1 for c in text if c < " " and c not in _ALLOWED_CONTROLS)
    return controls == 0 and odd <= 0.3 * len(text)


def _is_odd(character: str) -> bool:
    # Mis-decoded binary shows as symbols where letters should be.
    return not (character.isalnum() or character.isspace() or character in _COMMON)


_COMMON = frozenset(".,;:!?'\"()[]{}-_/\\&%$#@*+=<>|~^`“”‘’–—…•·§¶°©®™£€¥¿¡«»")
