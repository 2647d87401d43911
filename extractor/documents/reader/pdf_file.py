"""An open PDF: pdfium behind a small interface, pikepdf to repair what it cannot open."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from extractor.documents.reader.wire import Failure, ReaderError

_FORM_TYPES_WITH_FIELDS = (1, 2, 3)  # AcroForm, full XFA, XFA over AcroForm
_ERROR_PASSWORD = 4
_ERROR_SECURITY = 5
_END_WITHIN = 2048
_EMPTY_PACKED = 24
"""Bytes that an empty stream may take once compressed."""


class PdfFile:
    """A PDF that pdfium opened; `repaired` when pikepdf had to rewrite it first."""

    def __init__(self, handle: object, data: bytes, *, repaired: bool) -> None:
        self.handle = handle
        self.repaired = repaired
        self._data = data  # pdfium reads from these bytes as long as the file is open
        self._damaged = repaired or b"%%EOF" not in data[-_END_WITHIN:]
        self._structure: Any = None
        self._form_callbacks = pdfium.FPDF_FORMFILLINFO(version=2)
        self.form = self._form_environment()

    def _form_environment(self) -> object:
        if pdfium.FPDF_GetFormType(self.handle) not in _FORM_TYPES_WITH_FIELDS:
            return None
        return pdfium.FPDFDOC_InitFormFillEnvironment(self.handle, self._form_callbacks)

    def page_count(self) -> int:
        """How many pages the file claims."""
        return int(pdfium.FPDF_GetPageCount(self.handle))

    @contextmanager
    def page(self, index: int) -> Iterator[Any]:
        """One loaded page; ReaderError when it cannot be loaded."""
        page = pdfium.FPDF_LoadPage(self.handle, index)
        if not page:
            raise ReaderError(Failure.DAMAGED)
        try:
            yield page
        finally:
            pdfium.FPDF_ClosePage(page)

    def has_lost_content(self, index: int) -> bool:
        """Whether an empty page is empty only because its content is gone or broken."""
        import pikepdf  # noqa: PLC0415  (slow to import, rarely needed)

        try:
            if self._structure is None:
                self._structure = pikepdf.open(io.BytesIO(self._data))
            contents = self._structure.pages[index].obj.get("/Contents")
            if contents is None:
                return self._damaged
            streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
            return any(_is_broken(stream) for stream in streams)
        except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, IndexError):
            return True


def _is_broken(stream: Any) -> bool:  # noqa: ANN401  (objects of pikepdf)
    """Whether something was compressed in a stream and nothing comes out of it."""
    packed = stream.read_raw_bytes()
    return len(packed) > _EMPTY_PACKED and not stream.read_bytes().strip()


@contextmanager
def opened(data: bytes) -> Iterator[PdfFile]:
    """Open a PDF, by way of repair if need be; ReaderError says why it stays shut."""
    pdfium.FPDF_InitLibrary()
    handle, error = _load(data)
    if not handle and error in (_ERROR_PASSWORD, _ERROR_SECURITY):
        raise ReaderError(Failure.ENCRYPTED)
    repaired = not handle
    if repaired:
        data = _rewritten(data)
        handle, _ = _load(data)
        if not handle:
            raise ReaderError(Failure.DAMAGED)
    # Nothing is closed: the process ends right after, and closing broken files crashes.
    yield PdfFile(handle, data, repaired=repaired)


def _load(data: bytes) -> tuple[Any, int]:
    handle = pdfium.FPDF_LoadMemDocument64(data, ctypes.c_size_t(len(data)), None)
    return handle, 0 if handle else int(pdfium.FPDF_GetLastError())


def _rewritten(data: bytes) -> bytes:
    """The file as pikepdf could recover it."""
    import pikepdf  # noqa: PLC0415  (slow to import, rarely needed)

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) == 0:
                raise ReaderError(Failure.DAMAGED if pdf.get_warnings() else Failure.EMPTY)
            rewritten = io.BytesIO()
            pdf.save(rewritten)
            return rewritten.getvalue()
    except pikepdf.PasswordError:
        raise ReaderError(Failure.ENCRYPTED) from None
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError):
        raise ReaderError(Failure.DAMAGED) from None
