"""Content that is gone, hurt or too much, seen by pikepdf where pdfium is silent or bursts."""

from __future__ import annotations

import io
from collections.abc import Iterator, Set
from typing import Any

from extractor.documents.reader import pdf_streams
from extractor.documents.reader.wire import Failure, ReaderError

_EMPTY_PACKED = 24
"""Bytes that an empty stream may take once compressed."""
_MOST_ANNOTATIONS_DRAWN = 3_000
"""A page with more is read without them, so what they draw weighs nothing."""
_MOST_REACHED = 20_000
"""Objects of one page that are looked at before it is taken to reach everything."""


class PdfContents:
    """The content streams of the pages of a file; the file is opened when first asked."""

    def __init__(self, data: bytes, most_content: int) -> None:
        self._data = data
        self._damaged = False
        self._bombs = pdf_streams.bombs(data)
        self._most = most_content
        self._heavy = pdf_streams.may_be_heavy(data, most_content)
        self._structure: Any = None

    def call_damaged(self) -> None:
        """Take an empty page for a page whose content is gone."""
        self._damaged = True

    def has_bombs(self) -> bool:
        """Whether anything in the file is a bomb: it must not be rewritten."""
        return bool(self._bombs)

    def cannot_be_opened(self) -> bool:
        """Whether the file itself is a bomb, whatever page is asked for."""
        return any(self._bombs.values())

    def burst(self, index: int) -> bool:
        """Whether drawing a page takes more than any honest page does."""
        if self._bombs and self._reaches(index, self._bombs.keys()):
            return True
        return self._heavy and self._outweighs(index)

    def _outweighs(self, index: int) -> bool:
        """Whether a page is over the budget of content; False if that cannot be told."""
        from extractor.documents.reader import pdf_weight  # noqa: PLC0415  (imports pikepdf)

        scales = pdf_weight.Scales(self._most)
        try:
            scales.weigh(self._opened().pages[index].obj, _MOST_ANNOTATIONS_DRAWN)
        except ReaderError:
            return True
        except pdf_weight.UNKNOWN:
            self._heavy = self._structure is not None  # what cannot be opened is not tried again
        return False

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

    def _reaches(self, index: int, numbers: Set[int]) -> bool:
        """Whether drawing a page needs one of these objects; True if that cannot be told."""
        import pikepdf  # noqa: PLC0415

        try:
            page = self._opened().pages[index].obj
            return any(found in numbers for found in _reached(page))
        except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, IndexError):
            return True

    def _opened(self) -> Any:  # noqa: ANN401  (objects of pikepdf)
        import pikepdf  # noqa: PLC0415

        if self._structure is None:
            self._structure = pikepdf.open(io.BytesIO(self._data))
        return self._structure

    def _streams(self, index: int) -> list[Any]:
        import pikepdf  # noqa: PLC0415

        contents = self._opened().pages[index].obj.get("/Contents")
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


def _reached(page: Any) -> Iterator[int]:  # noqa: ANN401
    """Numbers of the objects below a page, its own dictionary and those of its streams."""
    import pikepdf  # noqa: PLC0415

    waiting, seen = [page], set()
    while waiting:
        found = waiting.pop()
        number = found.objgen[0]
        if number and number in seen:
            continue
        seen.add(number)
        yield number
        if len(seen) > _MOST_REACHED:
            raise ValueError("too many objects for one page")
        if isinstance(found, pikepdf.Array):
            below = list(found)
        else:
            below = [value for key, value in found.items() if key != "/Parent"]
        kinds = (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)
        waiting += [value for value in below if isinstance(value, kinds)]


def _is_broken(stream: Any) -> bool:  # noqa: ANN401  (objects of pikepdf)
    """Whether something was compressed in a stream and nothing comes out of it, or no end."""
    packed = stream.read_raw_bytes()
    if pdf_streams.is_bomb(packed):
        raise ReaderError(Failure.OVERSIZED)
    return len(packed) > _EMPTY_PACKED and not stream.read_bytes().strip()
