"""Content that is gone or hurt, seen by pikepdf where pdfium shows an empty page and is silent."""

from __future__ import annotations

import io
from typing import Any

from extractor.documents.reader import pdf_streams
from extractor.documents.reader.wire import Failure, ReaderError

_EMPTY_PACKED = 24
"""Bytes that an empty stream may take once compressed."""


class PdfContents:
    """The content streams of the pages of a file; the file is opened when first asked."""

    def __init__(self, data: bytes, *, damaged: bool) -> None:
        self._data = data
        self._damaged = damaged
        self._structure: Any = None

    def are_lost(self, index: int) -> bool:
        """Whether a page without words has none only because its content is gone or broken."""
        import pikepdf  # noqa: PLC0415  (slow to import, rarely needed)

        try:
            streams = self._streams(index)
            broken = any(_is_broken(stream) for stream in streams)
            self._damaged = self._damaged or bool(self._structure.get_warnings())
            empty = not any(stream.read_raw_bytes() for stream in streams)
        except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, IndexError):
            return True
        return broken or (empty and self._damaged)

    def hurt_pages(self, count: int) -> list[int]:
        """Numbers of the pages of whose content only a part comes out."""
        hurt = pdf_streams.broken(self._data)
        pages = range(1, count + 1) if hurt else range(0)
        return [number for number in pages if hurt & self._numbers(number)]

    def _streams(self, index: int) -> list[Any]:
        import pikepdf  # noqa: PLC0415

        if self._structure is None:
            self._structure = pikepdf.open(io.BytesIO(self._data))
        contents = self._structure.pages[index].obj.get("/Contents")
        if contents is None:
            return []
        return list(contents) if isinstance(contents, pikepdf.Array) else [contents]

    def _numbers(self, number: int) -> set[int]:
        """Object numbers of a page's content; none if it cannot be found."""
        import pikepdf  # noqa: PLC0415

        try:
            return {stream.objgen[0] for stream in self._streams(number - 1)}
        except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, IndexError, AttributeError):
            return set()


def _is_broken(stream: Any) -> bool:  # noqa: ANN401  (objects of pikepdf)
    """Whether something was compressed in a stream and nothing comes out of it, or no end."""
    packed = stream.read_raw_bytes()
    if pdf_streams.is_bomb(packed):
        raise ReaderError(Failure.OVERSIZED)
    return len(packed) > _EMPTY_PACKED and not stream.read_bytes().strip()
