"""An open PDF: pdfium behind a small interface, pikepdf to repair what it cannot open."""

from __future__ import annotations

import ctypes
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from extractor.documents.reader.pdf_contents import PdfContents
from extractor.documents.reader.wire import Failure, ReaderError

_FORM_TYPES_WITH_FIELDS = (1, 2, 3)  # AcroForm, full XFA, XFA over AcroForm
_ERROR_PASSWORD = 4
_ERROR_SECURITY = 5
_END_WITHIN = 2048
_PAGE_OBJECT = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_PROBED = 200
_PROBING_SECONDS = 3.0


class PdfFile:
    """A PDF that pdfium opened; `repaired` when pikepdf had to rewrite it first."""

    def __init__(
        self, handle: object, data: bytes, contents: PdfContents, *, repaired: bool
    ) -> None:
        self.handle = handle
        self.repaired = repaired
        self._data = data  # pdfium reads from these bytes as long as the file is open
        self.contents = contents
        if (
            repaired
            or b"%%EOF" not in data[-_END_WITHIN:]
            or not pdfium.FPDF_DocumentHasValidCrossReferenceTable(handle)
        ):
            contents.call_damaged()
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
        """One loaded page; ReaderError when it cannot be loaded, or would burst."""
        if self.contents.burst(index):
            raise ReaderError(Failure.OVERSIZED)
        page = pdfium.FPDF_LoadPage(self.handle, index)
        if not page:
            raise ReaderError(Failure.DAMAGED)
        try:
            yield page
        finally:
            pdfium.FPDF_ClosePage(page)


@contextmanager
def opened(data: bytes, most_content: int) -> Iterator[PdfFile]:
    """Open a PDF, by way of repair if need be; ReaderError says why it stays shut.

    A page is refused whose content comes to more than `most_content` bytes once unpacked.
    """
    pdfium.FPDF_InitLibrary()
    contents = PdfContents(data, most_content)
    if contents.cannot_be_opened():
        raise ReaderError(Failure.OVERSIZED)
    handle, error = _load(data)
    if not handle and error in (_ERROR_PASSWORD, _ERROR_SECURITY):
        raise ReaderError(Failure.ENCRYPTED)
    # Nothing is closed: the process ends right after, and closing broken files crashes.
    better = None
    if not handle or (_is_suspect(handle, data) and not contents.has_bombs()):
        better = _better(handle, data, contents, most_content)
    if better is not None:
        yield better
    elif handle:
        yield PdfFile(handle, data, contents, repaired=False)
    else:
        raise ReaderError(Failure.DAMAGED)


def _load(data: bytes) -> tuple[Any, int]:
    handle = pdfium.FPDF_LoadMemDocument64(data, ctypes.c_size_t(len(data)), None)
    return handle, 0 if handle else int(pdfium.FPDF_GetLastError())


def _is_suspect(handle: object, data: bytes) -> bool:
    """Whether pages may have been lost on the way to opening the file."""
    if not pdfium.FPDF_DocumentHasValidCrossReferenceTable(handle):
        return True
    if any(_is_out_of_reach(handle, index) for index in range(_probed(handle))):
        return True
    # A broken tree of pages is taken for one page.
    return pdfium.FPDF_GetPageCount(handle) <= 1 and len(_PAGE_OBJECT.findall(data)) > 1


def _is_out_of_reach(handle: object, index: int) -> bool:
    """Whether the table of a sound look leads to no page; nothing is drawn to find out."""
    size = pdfium.FS_SIZEF()
    return not pdfium.FPDF_GetPageSizeByIndexF(handle, index, ctypes.byref(size))


def _probed(handle: object) -> int:
    """How many pages are looked at to tell whether a file needs repair."""
    return min(int(pdfium.FPDF_GetPageCount(handle)), _PROBED)


def _better(
    handle: object, data: bytes, contents: PdfContents, most_content: int
) -> PdfFile | None:
    """The file repaired, if more of its pages hold something so."""
    before = _filled(handle, contents) if handle else 0
    if handle and before >= _probed(handle) > 0:
        return None
    from extractor.documents.reader import pdf_repair  # noqa: PLC0415  (slow to import)

    try:
        repaired = pdf_repair.rewritten(data)
    except ReaderError:
        if handle:
            return None
        raise
    again, _ = _load(repaired)
    better = PdfContents(repaired, most_content)
    if not again or (handle and _filled(again, better) <= before):
        return None
    return PdfFile(again, repaired, better, repaired=True)


def _filled(handle: object, contents: PdfContents) -> int:
    """How many of the first pages hold anything; those that would burst do, unseen."""
    count, ends = 0, time.process_time() + _PROBING_SECONDS
    for index in range(_probed(handle)):
        if contents.burst(index):
            count += 1
            continue
        page = pdfium.FPDF_LoadPage(handle, index)
        if page:
            count += pdfium.FPDFPage_CountObjects(page) > 0
            pdfium.FPDF_ClosePage(page)
        if time.process_time() > ends:
            break
    return count
