"""What a page makes pdfium read: its content, and its forms once for each time they are drawn.

pdfium reads a form anew whenever it is drawn, so twenty forms of ten bytes that each draw the
next one twice come to a million. The calls are counted here before anything is drawn; the
count never takes longer than the budget allows, for every step of it weighs something.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from extractor.documents.reader import pdf_streams
from extractor.documents.reader.wire import Failure, ReaderError

_Object = Any  # of pikepdf
_CALL = re.compile(rb"/([^\s/\[\]()<>{}%]{1,127})\s+Do\b")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_CALL_BYTES = 128
"""A form drawn takes 2 KB of pdfium's memory, as much as so many bytes of content do."""
_DEEPEST = 64
"""Forms within forms; pdfium itself goes less deep."""
UNKNOWN = (
    pikepdf.PdfError, ValueError, RuntimeError, TypeError, IndexError, KeyError, AttributeError,
)  # fmt: skip
"""What pikepdf raises where a file is not built as it should be."""
_FLATE = {"/FlateDecode", "/Fl"}


@dataclass(frozen=True, slots=True)
class _Form:
    """A form, or a page's own content: its length and the forms it draws, how often each."""

    size: int
    calls: tuple[tuple[_Object, int], ...]


class Scales:
    """Weighs the pages of a file; a form is unpacked once only for each page."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._left = most
        self._known: dict[tuple[int, int], _Form] = {}

    def weigh(self, page: _Object, most_annotations: int) -> None:
        """Return if a page of pikepdf keeps the budget; ReaderError if it is over it."""
        self._left = self._most
        self._known = {}
        resources = _inherited(page, "/Resources")
        content = b"\n".join(self._unpacked(part) for part in _parts(page.get("/Contents")))
        self._add(_Form(len(content), _calls(content, resources)), 1, resources, ())
        annotations = page.get("/Annots")
        if annotations is not None and len(annotations) <= most_annotations:
            for drawn in _appearances(annotations):
                self._add(self._form(drawn, resources), 1, resources, (drawn.objgen,))

    def _add(
        self, form: _Form, times: int, resources: _Object, path: tuple[tuple[int, int], ...]
    ) -> None:
        self._charge(times * (form.size + _CALL_BYTES))
        for drawn, calls in form.calls:
            # A form inside itself is not drawn again.
            if drawn.objgen not in path and len(path) < _DEEPEST:
                below = drawn.get("/Resources", resources)
                self._add(self._form(drawn, below), times * calls, below, (*path, drawn.objgen))

    def _charge(self, weight: int) -> None:
        self._left -= weight
        if self._left < 0:
            raise ReaderError(Failure.OVERSIZED)

    def _form(self, form: _Object, resources: _Object) -> _Form:
        known = self._known.get(form.objgen)
        if known is None:
            content = self._unpacked(form)
            known = _Form(len(content), _calls(content, form.get("/Resources", resources)))
            self._known[form.objgen] = known
        return known

    def _unpacked(self, stream: _Object) -> bytes:
        """What a stream holds, as far as it can be unpacked and no further than the budget."""
        filters = [str(name) for name in _parts(stream.get("/Filter"))]
        if not _FLATE.issuperset(filters) or "/DecodeParms" in stream:
            return _as_pikepdf_does(stream)
        content: bytes = stream.read_raw_bytes()
        for _ in filters:
            content = pdf_streams.inflated(content, self._most + 1)
        return content


def _as_pikepdf_does(stream: _Object) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return b""


def _calls(content: bytes, resources: _Object) -> tuple[tuple[_Object, int], ...]:
    """The forms that some content draws, how often each."""
    drawn = resources.get("/XObject") if resources is not None else None
    if drawn is None:
        return ()
    found = []
    for name, count in Counter(_CALL.findall(content)).items():
        plain = _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), name)
        form = drawn.get("/" + plain.decode("utf-8", "surrogateescape"))
        if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form":
            found.append((form, count))
    return tuple(found)


def _appearances(annotations: _Object) -> Iterator[_Object]:
    """What is drawn for the annotations of a page, in every state they may have."""
    for annotation in annotations:
        normal = annotation.get("/AP", {}).get("/N")
        if isinstance(normal, pikepdf.Stream):
            yield normal
        elif isinstance(normal, pikepdf.Dictionary):
            yield from (state for _, state in normal.items() if isinstance(state, pikepdf.Stream))


def _parts(value: _Object) -> list[_Object]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _inherited(page: _Object, key: str) -> _Object:
    """An entry of a page, or of the nearest node above it that has one."""
    node = page
    for _ in range(_DEEPEST):
        if node is None or key in node:
            break
        node = node.get("/Parent")
    return None if node is None else node.get(key)
