"""The parent's side of the reader: start it, check all it says, name what was lost.

Whatever comes out of the reader is called `untrusted_…` until it is checked: lengths before
they are read, numbers before they are believed, text before it is kept. A reader that dies
over a page costs that page only; a fresh one goes on behind it.
"""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extractor.documents import checked
from extractor.documents.checked import Opened, PlainText, RawPage
from extractor.documents.confinement import launch
from extractor.documents.kinds import MediaType
from extractor.documents.limits import MEBI, Limits
from extractor.documents.reader.wire import HEADER
from extractor.documents.settings import Confinement, ReadingSettings
from extractor.errors import (
    DamagedInputError,
    DeclarantError,
    ReaderCrashedError,
    ReaderMemoryError,
    ReaderTimeoutError,
)

_POLL_SECONDS = 0.25
_MEMORY_SHARE = 0.25
"""A reader that died holding this much of its allowance died of memory."""
_TIMED_OUT = (-24, -9, 128 + 24, 128 + 9)  # SIGXCPU and the kill that follows it
_JSON_MOST = 64 * MEBI


class Reader:
    """One reader process; use it as a context manager and iterate over its messages."""

    def __init__(
        self, path: Path, task: Mapping[str, Any], limits: Limits, how: Confinement
    ) -> None:
        self._limits = limits
        self._peak = 0
        with path.open("rb") as file:
            self._process = launch.start(task, limits, how, file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process.wait()

    def messages(self) -> Iterator[tuple[bytes, bytes]]:
        """Letters and payloads until the task is done; typed errors when it is not."""
        while True:
            header = self._exactly(HEADER.size)
            letter, untrusted_length = HEADER.unpack(header)
            most = self._limits.pixels * 4 if letter == b"X" else _JSON_MOST
            if untrusted_length > most:
                raise ReaderCrashedError("The reader said more than it may.")
            payload = self._exactly(untrusted_length)
            if letter == b"E":
                raise checked.error_of(checked.failure(payload))
            yield letter, payload
            if letter == b"D":
                return

    def _exactly(self, length: int) -> bytes:
        """The next bytes of the reader, no fewer; an error if it dies or stalls."""
        stdout = self._process.stdout
        if stdout is None:
            raise ReaderCrashedError("The reader has no output.")
        parts = bytearray()
        deadline = time.monotonic() + self._limits.wall_seconds
        while len(parts) < length:
            if not select.select([stdout], [], [], _POLL_SECONDS)[0]:
                self._watch(deadline)
                continue
            part = os.read(stdout.fileno(), min(length - len(parts), MEBI))
            if not part:
                raise self._cause_of_death()
            parts += part
        return bytes(parts)

    def _watch(self, deadline: float) -> None:
        self._peak = max(self._peak, _resident_bytes(self._process.pid))
        if time.monotonic() > deadline:
            raise ReaderTimeoutError("The reader took too long.")

    def _cause_of_death(self) -> DeclarantError:
        try:
            status = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return ReaderTimeoutError("The reader took too long.")
        if self._peak > _MEMORY_SHARE * self._limits.address_space:
            return ReaderMemoryError("The reader used up its memory.")
        if status in _TIMED_OUT:
            return ReaderTimeoutError("The reader used up its processor time.")
        return ReaderCrashedError("The reader died over the file.")


def _resident_bytes(pid: int) -> int:
    """Memory held by a process and those it started; 0 where it cannot be seen."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(_resident_bytes(int(c)) for c in children)


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
        self._errors: list[DeclarantError] = []

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
            "pixels": limits.pixels,
            "decoded_pixels": limits.decoded_pixels,
            "text_characters": limits.text_characters,
            "unpacked_bytes": limits.unpacked_bytes,
        }

    def parts(self) -> Iterator[RawPage | PlainText]:
        """Every page in order, lost ones included; an error when none could be read."""
        following: int | None = 1
        while following is not None:
            number = following
            try:
                for part in self._one_reader(number):
                    if isinstance(part, int | None):
                        following = part
                        continue
                    number = part.number + 1 if isinstance(part, RawPage) else number
                    yield part
            except (ReaderCrashedError, ReaderMemoryError, ReaderTimeoutError) as error:
                yield from self._bury(number, error)
                following = number + 1 if number < self._pages else None

    def _bury(self, number: int, error: DeclarantError) -> Iterator[RawPage]:
        """Count a dead reader; its page is lost, or the file if no page is in sight."""
        self._deaths += 1
        if self._pages <= 1 or self._deaths > self.settings.limits.lost_readers:
            raise error
        yield RawPage.lost_page(number, error)

    def _one_reader(self, first: int) -> Iterator[RawPage | PlainText | int | None]:
        """The parts that one reader sends, and last the page to go on with."""
        limits = self.settings.limits
        waiting: RawPage | None = None
        expected = first
        with Reader(self.path, self.task("read", first), limits, self._how) as reader:
            for letter, payload in reader.messages():
                if letter == b"X":
                    yield _with_pixels(waiting, payload)
                    waiting = None
                elif letter in (b"P", b"L"):
                    page = checked.page(letter, payload, expected, limits)
                    expected += 1
                    waiting = page if page.raster else None
                    if waiting is None:
                        yield page
                elif letter == b"D":
                    yield checked.following(payload, expected, self._pages)
                else:
                    yield from self._notice(letter, payload, expected)

    def _notice(self, letter: bytes, payload: bytes, expected: int) -> Iterator[PlainText]:
        if letter == b"O":
            self._open(checked.opened(payload, self.settings.limits))
        elif letter == b"W":
            self.problems.append(f"Page {expected} is cut off; what was there was read.")
        elif letter == b"T":
            yield checked.plain_text(payload, self.settings.limits)
        else:
            raise ReaderCrashedError("The reader said something unheard of.")

    def _open(self, opened: Opened) -> None:
        self._pages = opened.pages
        self.repaired = self.repaired or opened.repaired

    def picture(self, number: int, dpi: int) -> RawPage:
        """One page as a picture."""
        limits = self.settings.limits
        page: RawPage | None = None
        with Reader(self.path, self.task("render", number, dpi), limits, self._how) as reader:
            for letter, payload in reader.messages():
                if letter == b"P":
                    page = checked.page(letter, payload, number, limits)
                elif letter == b"X" and page is not None:
                    return page.with_pixels(payload)
        raise DamagedInputError(f"Page {number} cannot be drawn.")
