"""The parent's side of the reading of one file: check all that is said, name what was lost.

A reader that dies over a page costs that page only; a fresh one goes on behind it, until too
many have died or the processor time of the whole file is used up. What was read by then is
kept, and the rest is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from extractor.documents import checked
from extractor.documents.checked import Opened, PlainText, RawPage
from extractor.documents.confinement import launch
from extractor.documents.kinds import MediaType
from extractor.documents.readers import Reader
from extractor.documents.settings import Confinement, ReadingSettings
from extractor.errors import (
    DamagedInputError,
    DeclarantError,
    ReaderCrashedError,
    ReaderMemoryError,
    ReaderTimeoutError,
)


def _with_pixels(page: RawPage | None, untrusted_pixels: bytes) -> RawPage:
    if page is None:
        raise ReaderCrashedError("The reader sent pixels of no page.")
    return page.with_pixels(untrusted_pixels)


@dataclass
class FileReading:
    """The reading of one file by as many readers as it takes."""

    path: Path
    media_type: MediaType
    settings: ReadingSettings
    problems: list[str] = field(default_factory=list)
    repaired: bool = False

    def __post_init__(self) -> None:
        self._how = launch.strongest(
            self.settings.confinement, required=self.settings.require_confinement
        )
        if self._how is Confinement.LIMITS_ONLY:
            self.problems.append("The file was read without confinement: none works here.")
        self._pages = 0
        self._deaths = 0
        self._seconds = 0.0
        self._hurt: set[int] = set()

    @property
    def pages(self) -> int:
        """How many pages the file has; 0 before it is open, and of plain text."""
        return self._pages

    def task(self, mode: str, first: int, dpi: int = 0) -> dict[str, Any]:
        """What one reader is told to do."""
        limits = self.settings.limits
        return {
            "mode": mode,
            "media_type": self.media_type.value,
            "first": first,
            "dpi": dpi,
            "pages": limits.pages,
            "pages_per_reader": limits.pages_per_reader,
            "file_bytes": limits.file_bytes,
            "glyphs_per_page": limits.glyphs_per_page,
            "content_bytes": limits.content_bytes,
            "pixels": limits.pixels,
            "decoded_pixels": limits.decoded_pixels,
            "picture_pixels": limits.picture_pixels,
            "text_characters": limits.text_characters,
            "unpacked_bytes": limits.unpacked_bytes,
        }

    def parts(self) -> Iterator[RawPage | PlainText]:
        """Every page in order, lost ones included; an error when none could be read."""
        following: int | None = 1
        while following is not None:
            number = following
            if self._is_spent():
                error = ReaderTimeoutError("The file used up its processor time.")
                yield from self._given_up(number, error)
                return
            try:
                for part in self._one_reader(number):
                    if isinstance(part, int | None):
                        following = part
                        continue
                    number = part.number + 1 if isinstance(part, RawPage) else number
                    yield part
            except (ReaderCrashedError, ReaderMemoryError, ReaderTimeoutError) as error:
                yield from self._bury(number, error)
                following = self._behind(number)

    def _is_spent(self) -> bool:
        return self._seconds > self.settings.limits.seconds_for(self._pages)

    def _behind(self, number: int) -> int | None:
        """The page to go on with behind a lost one, if the file is not given up."""
        given_up = self._deaths > self.settings.limits.lost_readers
        return None if given_up or number >= self._pages else number + 1

    def _bury(self, number: int, error: DeclarantError) -> Iterator[RawPage]:
        """Count a dead reader; its page is lost, or the file if no page is in sight."""
        self._deaths += 1
        if number > self._pages > 0:
            return  # it had sent every page
        if self._pages <= 1:
            raise error
        if self._deaths > self.settings.limits.lost_readers:
            yield from self._given_up(number, error)
        else:
            yield RawPage.lost_page(number, error)

    def _given_up(self, number: int, error: DeclarantError) -> Iterator[RawPage]:
        """The rest of the pages, all lost."""
        self.problems.append(f"The file was given up at page {number}: {error.message}")
        for rest in range(number, self._pages + 1):
            yield RawPage.lost_page(rest, error)

    @contextmanager
    def _reader(self, mode: str, first: int, dpi: int = 0) -> Iterator[Reader]:
        """A reader whose processor time is charged to the file."""
        task = self.task(mode, first, dpi)
        reader = Reader(self.path, task, self.settings.limits, self._how)
        try:
            with reader:
                yield reader
        finally:
            self._seconds += reader.seconds

    def _one_reader(self, first: int) -> Iterator[RawPage | PlainText | int | None]:
        """The parts that one reader sends, and last the page to go on with."""
        limits = self.settings.limits
        waiting: RawPage | None = None
        expected = first
        with self._reader("read", first) as reader:
            for letter, payload in reader.messages():
                if letter == b"X":
                    yield _with_pixels(waiting, payload)
                    waiting = None
                elif letter in (b"P", b"L"):
                    page = checked.page(letter, payload, expected, limits)
                    page = replace(page, hurt=expected in self._hurt)
                    expected += 1
                    waiting = page if page.raster else None
                    if waiting is None:
                        yield page
                elif letter == b"D":
                    yield checked.following(payload, expected, self._pages)
                else:
                    yield from self._notice(letter, payload)

    def _notice(self, letter: bytes, payload: bytes) -> Iterator[PlainText]:
        if letter == b"O":
            self._open(checked.opened(payload, self.settings.limits))
        elif letter == b"W":
            self._hurt.add(checked.hurt(payload, self._pages))
        elif letter == b"T":
            yield checked.plain_text(payload, self.settings.limits)
        else:
            raise ReaderCrashedError("The reader said something unheard of.")

    def _open(self, opened: Opened) -> None:
        self._pages = opened.pages
        if opened.repaired and not self.repaired:
            self.repaired = True
            self.problems.append("The file is damaged and was repaired; pages may be missing.")

    def picture(self, number: int, dpi: int) -> RawPage:
        """One page as a picture."""
        limits = self.settings.limits
        page: RawPage | None = None
        with self._reader("render", number, dpi) as reader:
            for letter, payload in reader.messages():
                if letter == b"P":
                    page = checked.page(letter, payload, number, limits)
                elif letter == b"X" and page is not None:
                    return page.with_pixels(payload)
        raise DamagedInputError(f"Page {number} cannot be drawn.")
