"""Streams of a PDF that were hurt: pdfium reads them as far as they go and says nothing.

The bytes are looked through once without following any reference, which costs next to
nothing; only if a stream is broken, or may burst, are the pages looked up that it belongs to.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

_NUMBER = re.compile(rb"(\d{1,7})[ \t\r\n]+\d{1,5}[ \t\r\n]+obj\b")
_STREAM = re.compile(rb"stream\r?\n")  # begins with letters: anything before costs 30 times as much
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_DICTIONARY_WITHIN = 1024
_LONGEST = 1 << 19
"""Packed bytes above which a stream is taken for a picture or a font."""
_STEP = 1 << 18
_SMALL_STEP = 1 << 14
"""At most so much is lost where a stream breaks off."""
_ZLIB = b"\x78"
_ZLIB_HEAD = 2
_EMPTY = re.compile(rb"/Length\s+0(?!\s*\d)")
_MOST_LAYERS = 8
_LONGEST_CONTENT = 128 << 20
_MOST_UNPACKED = 256 << 20
_MOST_SHRUNK = 1040
"""Deflate shrinks at most 1,032 times: packed once, fewer bytes cannot unpack to more."""
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_STRUCTURE = re.compile(rb"/Type\s*/(ObjStm|XRef)\b")
_FORM = re.compile(rb"/Subtype\s*/Form(?![A-Za-z])")
_NOT_DRAWN = re.compile(
    rb"/Length1\b|/Subtype\s*/(Image|Type1C|CIDFontType0C|OpenType)\b"
    rb"|/Type\s*/(ObjStm|XRef|Metadata|EmbeddedFile)\b"
)


class _Stream(NamedTuple):
    """Where a stream stands in a file, and what is said before it."""

    number: int
    said: bytes
    """What its dictionary says, as far as it is near."""
    start: int
    end: int


def broken(data: bytes) -> set[int]:
    """Numbers of the objects whose packed streams cannot be unpacked to their end."""
    if b"/Encrypt" in data:
        return set()
    found: set[int] = set()
    left = _MOST_UNPACKED
    for stream in _streams(data):
        packed = _flate(stream.said, data[stream.start : stream.end])
        if packed is None or left <= 0:
            continue
        unpacked = _unpacks(packed)
        if unpacked is None:
            found.add(stream.number)
        left -= unpacked or 0
    return found


def _streams(data: bytes) -> Iterator[_Stream]:
    """The streams of a file as its bytes show them, without following any reference."""
    for match in _STREAM.finditer(data):
        if data[match.start() - 1 : match.start()].isalnum():
            continue  # the end of the one before
        head = data[max(0, match.start() - _DICTIONARY_WITHIN) : match.start()]
        if numbers := _NUMBER.findall(head):
            said = head[head.rfind(b"obj") :]
            end = data.find(b"endstream", match.end())
            yield _Stream(int(numbers[-1]), said, match.end(), end)


def _flate(said: bytes, packed: bytes) -> bytes | None:
    """The zlib bytes of a stream packed so, perhaps written as text; None for all others."""
    filters = _FILTERS.findall(said)
    names = filters[-1].strip(b"[] \t\r\n").split() if filters else []
    if not names or names[-1] != b"/FlateDecode" or len(packed) > _LONGEST:
        return None
    if _EMPTY.search(said):
        return None  # nothing was packed, so nothing is missing
    if names == [b"/FlateDecode"]:
        return packed
    if names != [b"/ASCII85Decode", b"/FlateDecode"]:
        return None
    try:
        return base64.a85decode(packed.strip().removesuffix(b"~>"))
    except ValueError:
        return b"broken"


def _unpacks(packed: bytes) -> int | None:
    """How many bytes come out, counted up to a limit; None if it breaks off."""
    unpacker, size = zlib.decompressobj(), 0
    try:
        while not unpacker.eof and packed and size < _MOST_UNPACKED // 16:
            size += len(unpacker.decompress(packed, _STEP))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        return None
    return size if unpacker.eof or packed else None


def bombs(data: bytes) -> dict[int, bool]:
    """Numbers of the objects that unpack to more than any page needs.

    True where the file itself cannot be opened without unpacking it. Pictures are left out:
    they are measured by their pixels before they are decoded.
    """
    if b"/Encrypt" in data:
        return {}
    return {number: bool(_STRUCTURE.search(said)) for number, said in _bombs(data)}


def _bombs(data: bytes) -> Iterator[tuple[int, bytes]]:
    for number, said, start, end in _streams(data):
        layers = _layers(said)
        if not layers or _PICTURE.search(said):
            continue
        suspicious = layers > 1 or end - start >= _LONGEST_CONTENT // _MOST_SHRUNK
        if suspicious and is_bomb(data[start:end]):
            yield number, said


def may_be_heavy(data: bytes, most: int) -> bool:
    """Whether a page may need more than so many bytes of content: pages must be weighed.

    Only a form that is drawn again and again, or a stream long enough or packed more than
    once, comes to that.
    """
    if _FORM.search(data):
        return True
    return any(
        (end - start >= most // _MOST_SHRUNK or _layers(said) > 1) and not _NOT_DRAWN.search(said)
        for _, said, start, end in _streams(data)
    )


def _layers(said: bytes) -> int:
    return said.count(b"/FlateDecode") + said.count(b"/Fl ")


def is_bomb(packed: bytes) -> bool:
    """Whether zlib bytes, perhaps packed more than once, unpack to more than any page needs."""
    layers = 0
    while layers < _MOST_LAYERS and packed[:1] == _ZLIB:
        try:
            packed = zlib.decompressobj().decompress(packed, _LONGEST_CONTENT + 1)
        except zlib.error:
            return False
        if len(packed) > _LONGEST_CONTENT:
            return True
        layers += 1
    return layers == _MOST_LAYERS


def inflated(packed: bytes, most: int) -> bytes:
    """What comes out of zlib bytes, up to a length and nearly to where they break off.

    The sum at their end is not looked at: pdfium does not mind a wrong one either.
    """
    unpacker, parts, size = zlib.decompressobj(wbits=-15), list[bytes](), 0
    packed = packed[_ZLIB_HEAD:]
    try:
        while not unpacker.eof and packed and size < most:
            parts.append(unpacker.decompress(packed, min(_SMALL_STEP, most - size)))
            size += len(parts[-1])
            packed = unpacker.unconsumed_tail
    except zlib.error:
        pass
    return b"".join(parts)
