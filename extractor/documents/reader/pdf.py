"""PDF in the reader: page by page, each page within its own boundary of exceptions."""

from __future__ import annotations

import time
from typing import Any

from extractor.documents.reader import pdf_file, pdf_page, wire
from extractor.documents.reader.pdf_file import PdfFile
from extractor.documents.reader.wire import Failure, ReaderError

_FULL_SPEED_SHARE = 0.5
"""Of its processor time a reader uses this much, then leaves the rest to a fresh one."""


def read(data: bytes, task: dict[str, Any]) -> None:
    """Send the pages from `first` on, until the budget of one reader is used."""
    with pdf_file.opened(data, task["content_bytes"]) as document:
        pages = document.page_count()
        if pages == 0:
            raise ReaderError(Failure.EMPTY)
        if pages > task["pages"]:
            raise ReaderError(Failure.OVERSIZED)
        wire.send_json(b"O", {"pages": pages, "repaired": document.repaired})
        if task["first"] == 1:
            for hurt in document.contents.hurt_pages(pages):
                wire.send_json(b"W", {"number": hurt})
        number = first = task["first"]
        last = min(pages, first + task["pages_per_reader"] - 1)
        budget = _FULL_SPEED_SHARE * task["cpu_seconds"]
        # One page at least, or a file that is slow to open would never come to an end.
        while number == first or (number <= last and time.process_time() < budget):
            _page(document, number, task)
            number += 1
        wire.send_json(b"D", number if number <= pages else None)


def _page(document: PdfFile, number: int, task: dict[str, Any]) -> None:
    try:
        with document.page(number - 1) as page:
            pdf_page.send(document, page, number, task)
    except ReaderError as error:
        _lost(number, error.failure)
    except MemoryError:
        _lost(number, Failure.MEMORY)
    except (OSError, RuntimeError, ValueError):
        _lost(number, Failure.DAMAGED)


def _lost(number: int, failure: Failure) -> None:
    wire.send_json(b"L", {"number": number, "failure": int(failure)})


def render(data: bytes, task: dict[str, Any]) -> None:
    """Send one page as a grey or coloured picture at the dpi asked for."""
    with pdf_file.opened(data, task["content_bytes"]) as document:
        number = task["first"]
        if not 1 <= number <= document.page_count():
            raise ReaderError(Failure.EMPTY)
        with document.page(number - 1) as page:
            pdf_page.send_picture(document, page, number, task, colour=True)
        wire.send_json(b"D", None)
