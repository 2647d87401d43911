"""Repair of PDFs whose structure is broken.

pikepdf rebuilds the table of objects. Where the way from the catalog to the pages is lost
too, the page objects are looked for by what they say of themselves, those inside object
streams included, and a new catalog is put over them.
"""

from __future__ import annotations

import io
import re
import zlib
from bisect import bisect
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pikepdf

from extractor.documents.reader.wire import Failure, ReaderError

_OBJECT = re.compile(rb"(?<!\d)(\d{1,7})[ \t\r\n]+\d{1,5}[ \t\r\n]+obj\b")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_FIRST, _COUNT = re.compile(rb"/First\s+(\d{1,7})"), re.compile(rb"/N\s+(\d{1,6})")
_DICTIONARY_WITHIN = 4096
_MOST_OBJECTS = 200_000
_MOST_UNPACKED = 64 << 20
_CROWN = (
    b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n"
    b"%d 0 obj\n<< /Type /Pages /Kids [%b] /Count %d >>\nendobj\n"
    b"trailer\n<< /Root %d 0 R >>\n"
)
_BROKEN = (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError, AttributeError)


def rewritten(data: bytes) -> bytes:
    """The file as it could be recovered; ReaderError if nothing of it could."""
    try:
        return _saved(data)
    except pikepdf.PasswordError:
        raise ReaderError(Failure.ENCRYPTED) from None
    except _BROKEN:
        try:
            return _saved(_crowned(data))
        except _BROKEN:
            raise ReaderError(Failure.DAMAGED) from None


def _saved(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        damaged = bool(pdf.get_warnings())
        if not len(pdf.pages):
            if not damaged and not _PAGE.search(data):
                raise ReaderError(Failure.EMPTY)
            raise ValueError("the pages are out of reach")
        if damaged or pdf.get_warnings():
            _adopt(pdf)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def _adopt(pdf: pikepdf.Pdf) -> None:
    """Put back pages that the broken tree of pages no longer holds."""
    numbers = [page.obj.objgen[0] for page in pdf.pages]
    in_order = numbers == sorted(numbers)
    known = set(numbers)
    for orphan in [found for found in pdf.objects if _is_page(found)]:
        number = orphan.objgen[0]
        if number not in known:
            place = bisect(numbers, number) if in_order else len(numbers)
            pdf.pages.insert(place, pikepdf.Page(orphan))
            numbers.insert(place, number)


def _is_page(found: Any) -> bool:  # noqa: ANN401  (objects of pikepdf)
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/Page"


def _crowned(data: bytes) -> bytes:
    """The file with a catalog of our own over all that call themselves pages."""
    if b"/Encrypt" in data:
        raise ValueError("what is encrypted cannot be put together again")
    whole = data.replace(b"trailer", b"-------").replace(b"startxref", b"---------")
    whole = b"%PDF-1.7\n" + whole + b"".join(_unpacked(data)) + b"\n"
    found = [(int(number), body) for number, body in _objects(whole)]
    pages = sorted({number for number, body in found if _PAGE.search(body)})
    if not pages:
        raise ValueError("no pages")
    root = max(number for number, _ in found) + 1
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    return whole + _CROWN % (root, root + 1, root + 1, kids, len(pages), root)


def _objects(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Numbers of objects with the bytes that follow, up to the next object."""
    found = list(islice(_OBJECT.finditer(data), _MOST_OBJECTS))
    ends = [match.start() for match in found[1:]] + [len(data)]
    for match, end in zip(found, ends, strict=True):
        yield match[1], data[match.end() : min(end, match.end() + _DICTIONARY_WITHIN)]


def _unpacked(data: bytes) -> Iterator[bytes]:
    """What stands in object streams, as objects of their own."""
    left = _MOST_UNPACKED
    for match in _OBJECT_STREAM.finditer(data):
        head = data[data.rfind(b"obj", 0, match.start()) : match.start() + _DICTIONARY_WITHIN]
        begin, first, count = _STREAM.search(head), _FIRST.search(head), _COUNT.search(head)
        if begin and first and count:
            start = data.rfind(b"obj", 0, match.start()) + begin.end()
            body = _inflated(data[start:], left)
            left -= len(body)
            yield from _separate(body, int(first[1]), int(count[1]))


def _inflated(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, max(most, 1))
    except zlib.error:
        return b""


def _separate(body: bytes, first: int, count: int) -> Iterator[bytes]:
    numbers = [int(word) for word in body[:first].split()[: 2 * count] if word.isdigit()]
    places = [first + place for place in numbers[1::2]]
    for number, place, end in zip(numbers[::2], places, [*places[1:], len(body)], strict=False):
        yield b"\n%d 0 obj\n%b\nendobj" % (number, body[place:end])
