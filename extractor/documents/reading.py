"""The way in: a file becomes a CaseText, a page becomes a picture.

The file is opened only by the confined reader; here its pages come in one by one, go
through OCR where they must, and are put together in order.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from extractor.documents import digital, flow, kinds, repeats, scanned, sections
from extractor.documents.assembly import PageContent, TextBuilder
from extractor.documents.checked import PlainText, Raster, RawPage
from extractor.documents.client import FileReading
from extractor.documents.kinds import MediaType
from extractor.documents.languages import language_of
from extractor.documents.ocr import pool
from extractor.documents.ocr.reading import OcrPage
from extractor.documents.settings import ReadingSettings
from extractor.documents.words import CaseText
from extractor.errors import (
    DamagedInputError,
    DeclarantError,
    OversizedInputError,
    ReaderCrashedError,
    UsageError,
)
from extractor.record import DocumentKind, PageFlag, Source, TextSource

_DEFAULT = ReadingSettings()
_FLOWING = (MediaType.TXT, MediaType.DOCX)


OnPage = Callable[[int, int], None]
"""Told, in order, how many pages are read of how many."""


def read_case_file(
    path: Path, settings: ReadingSettings = _DEFAULT, *, on_page: OnPage | None = None
) -> CaseText:
    """Read a case file; a typed error of `extractor.errors` says why it cannot be read.

    `on_page` is told of every page of a file that has pages of its own.
    """
    source = _source(path, settings)
    reading = FileReading(path, MediaType(source.media_type), settings)
    collected = _Collected(settings, reading, on_page)
    for part in reading.parts():
        collected.add(part)
    return collected.finished(source)


def render_page(
    path: Path, number: int, dpi: int = 110, settings: ReadingSettings = _DEFAULT
) -> bytes:
    """One page as a PNG, drawn in the confined reader."""
    source = _source(path, settings)
    media_type = MediaType(source.media_type)
    reading = FileReading(path, media_type, settings)
    if media_type in _FLOWING:
        return _flow_picture(reading.parts(), number, dpi)
    raster = reading.picture(number, dpi).raster
    if raster is None:
        raise ReaderCrashedError("The reader sent no picture.")
    return flow.png(_picture(raster))


def _picture(raster: Raster) -> Image.Image:
    mode = "RGB" if raster.channels == 3 else "L"
    return Image.frombytes(mode, (raster.width, raster.height), raster.pixels)


def _flow_picture(parts: Iterable[RawPage | PlainText], number: int, dpi: int) -> bytes:
    count = 0
    for part in parts:
        pages = list(flow.pages(part.text)) if isinstance(part, PlainText) else [None]
        if count < number <= count + len(pages):
            page = pages[number - count - 1]
            return flow.draw(page.words, dpi) if page else _pasted_picture(part, dpi)
        count += len(pages)
    raise UsageError(f"The file has no page {number}.")


def _pasted_picture(part: RawPage | PlainText, dpi: int) -> bytes:
    if not isinstance(part, RawPage) or part.raster is None:
        raise DamagedInputError("The picture pasted into the file cannot be drawn.")
    raster = part.raster
    picture = _picture(raster)
    return flow.png(picture.resize((round(part.width * dpi / 72), round(part.height * dpi / 72))))


def _source(path: Path, settings: ReadingSettings) -> Source:
    size = path.stat().st_size
    if size > settings.limits.file_bytes:
        raise OversizedInputError("The file has more bytes than are read.")
    data = path.read_bytes()
    return Source(
        filename=path.name,
        media_type=kinds.media_type(data).value,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
    )


@dataclass
class _Collected:
    """Pages as they come in; those in OCR are waited for in order, a few at a time."""

    settings: ReadingSettings
    reading: FileReading
    on_page: OnPage | None = None
    builder: TextBuilder = field(default_factory=TextBuilder)
    words: int = 0
    fields: dict[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    lost: list[tuple[int, DeclarantError]] = field(default_factory=list)
    hurt: list[int] = field(default_factory=list)
    waiting: deque[tuple[RawPage, Future[OcrPage] | None]] = field(default_factory=deque)

    @property
    def problems(self) -> list[str]:
        """What the reviewer must be told of the file."""
        return self.reading.problems

    def add(self, part: RawPage | PlainText) -> None:
        """Take one part of the file."""
        if isinstance(part, PlainText):
            self._add_text(part.text)
            return
        self._count(len(part.texts))
        if part.fields:
            self.fields[part.number] = part.fields
        self.waiting.append((part, self._ocr(part)))
        while len(self.waiting) > 2 * self.settings.workers() or self._first_is_done():
            self._settle()

    def _count(self, words: int) -> None:
        self.words += words
        if self.words > self.settings.limits.words:
            raise OversizedInputError("The file has more words than are read.")

    def _first_is_done(self) -> bool:
        if not self.waiting:
            return False
        future = self.waiting[0][1]
        return future is None or future.done()

    def _ocr(self, page: RawPage) -> Future[OcrPage] | None:
        if page.raster is None or not page.needs_ocr:
            return None
        workers = pool.shared(self.settings.engines, self.settings.workers())
        dpi = round(72 * page.raster.width / page.width)
        return workers.submit(page.raster, max(dpi, 70))

    def _settle(self) -> None:
        page, future = self.waiting.popleft()
        if page.hurt and page.lost is None:
            self.hurt.append(len(self.builder.pages) + 1)
        if page.lost is not None:
            self.lost.append((len(self.builder.pages) + 1, page.lost))
            self.builder.add(_lost(page))
        elif future is None:
            self.builder.add(self._told(page.number, digital.content(page)))
        else:
            self.builder.add(self._scanned(page, future))
        if self.on_page is not None:
            self.on_page(len(self.builder.pages), self.reading.pages)

    def _scanned(self, page: RawPage, future: Future[OcrPage]) -> PageContent:
        try:
            ocr = future.result()
        except ReaderCrashedError:
            self.problems.append(f"OCR failed on page {page.number}; it is unread.")
            return _lost(page)
        if ocr.redactions:
            self.problems.append(f"Page {page.number} has blacked-out places: {ocr.redactions}.")
        return self._told(page.number, scanned.content(page, ocr))

    def _told(self, number: int, page: PageContent) -> PageContent:
        """The page, after saying how many of its boxes a person must look at."""
        if unsure := page.doubtful_boxes():
            self.problems.append(f"Page {number} has boxes that may be ticked: {unsure}.")
        return page

    def _add_text(self, text: str) -> None:
        language = language_of(text)
        flags = [PageFlag.NON_ENGLISH] if language not in (None, "en") else []
        for number, page in enumerate(flow.pages(text), start=1):
            self._count(len(page.words))
            if number > self.settings.limits.pages:
                raise OversizedInputError("The text fills more pages than are read.")
            has_words = bool(page.words)
            content = PageContent(
                width=flow.WIDTH,
                height=flow.HEIGHT,
                text_source=TextSource.DIGITAL if has_words else TextSource.NONE,
                language=language if has_words else None,
                flags=flags if has_words else [PageFlag.BLANK],
            )
            self.builder.add_verbatim(content, page.text, page.words)

    def finished(self, source: Source) -> CaseText:
        """The whole file, once every page has come in."""
        while self.waiting:
            self._settle()
        self._refuse_if_all_lost()
        text, pages = self.builder.text(), repeats.marked(self.builder.pages)
        found = sections.cut(text, pages, self.fields)
        main = sections.main_section(found)
        return CaseText(
            source=source,
            text=text,
            pages=pages,
            document_kind=main.kind if main else DocumentKind.OTHER,
            form=main.form if main else None,
            fields=sections.fields_of_file(found, self.fields),
            sections=found,
            problems=(
                *self.problems,
                *_named((number for number, _ in self.lost), "could not be read."),
                *_named(self.hurt, "could only be read in part."),
            ),
        )

    def _refuse_if_all_lost(self) -> None:
        if self.lost and len(self.lost) == len(self.builder.pages):
            raise self.lost[-1][1]


def _lost(page: RawPage) -> PageContent:
    return PageContent(page.width, page.height, flags=[PageFlag.UNREADABLE])


def _named(numbers: Iterable[int], what: str) -> Iterator[str]:
    """Pages in words, those that follow each other together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        if len(run) == 1:
            yield f"Page {run[0]} {what}"
        else:
            yield f"Pages {run[0]} to {run[-1]} {what}"
