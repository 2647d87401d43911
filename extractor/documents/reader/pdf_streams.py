"""Streams of a PDF that were hurt: pdfium reads them as far as they go and says nothing.

The bytes are looked through once without following any reference, which costs next to
nothing; only if a stream is broken are the pages looked up that it belongs to.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator

_NUMBER = re.compile(rb"(\d{1,7})[ \t\r\n]+\d{1,5}[ \t\r\n]+obj\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_DICTIONARY_WITHIN = 1024
_LONGEST = 1 << 19
"""Packed bytes above which a stream is taken for a picture or a font."""
_STEP = 1 << 18
_ZLIB = b"\x78"
_MOST_LAYERS = 8
_LONGEST_CONTENT = 128 << 20
_MOST_UNPACKED = 256 << 20
_LEAST_BOMB = _LONGEST_CONTENT // 1040
"""Packed once, fewer bytes cannot unpack to more: deflate shrinks at most 1,032 times."""
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_STRUCTURE = re.compile(rb"/Type\s*/(ObjStm|XRef)\b")


def broken(data: bytes) -> set[int]:
    """Numbers of the objects whose packed streams cannot be unpacked to their end."""
    if b"/Encrypt" in data:
        return set()
    found: set[int] = set()
    left = _MOST_UNPACKED
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - _DICTIONARY_WITHIN) : match.start()]
        numbers = _NUMBER.findall(head)
        packed = _flate(head, data[match.end() : data.find(b"endstream", match.end())])
        if not numbers or packed is None or left <= 0:
            continue
        unpacked = _unpacks(packed)
        if unpacked is None:
            found.add(int(numbers[-1]))
        left -= unpacked or 0
    return found


def _flate(head: bytes, packed: bytes) -> bytes | None:
    """The zlib bytes of a stream packed so, perhaps written as text; None for all others."""
    filters = _FILTERS.findall(head[head.rfind(b"obj") :])
    names = filters[-1].strip(b"[] \t\r\n").split() if filters else []
    if not names or names[-1] != b"/FlateDecode" or len(packed) > _LONGEST:
        return None
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
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - _DICTIONARY_WITHIN) : match.start()]
        numbers = _NUMBER.findall(head)
        said = head[head.rfind(b" obj") :]
        layers = said.count(b"/FlateDecode") + said.count(b"/Fl ")
        end = data.find(b"endstream", match.end())
        if not numbers or not layers or _PICTURE.search(said):
            continue
        suspicious = layers > 1 or end - match.end() >= _LEAST_BOMB
        if suspicious and is_bomb(data[match.end() : end]):
            yield int(numbers[-1]), said


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
