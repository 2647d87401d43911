"""One reader process: start it, take its messages, say what it died of and what it cost.

Whatever comes out of it is called `untrusted_…` until it is checked: lengths before they are
read, numbers before they are believed.
"""

from __future__ import annotations

import os
import resource
import select
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extractor.documents import checked
from extractor.documents.confinement import launch
from extractor.documents.limits import KIBI, MEBI, Limits
from extractor.documents.reader.wire import HEADER
from extractor.documents.settings import Confinement
from extractor.errors import (
    DeclarantError,
    ReaderCrashedError,
    ReaderMemoryError,
    ReaderTimeoutError,
)

_POLL_SECONDS = 0.25
_DEATH_SECONDS = 30.0
_SIGN_OF_LIFE = 0.05
_MOST_WAITS = 5
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
        self._deadline, self._used, self._waits = 0.0, 0.0, 0
        self.seconds = 0.0
        """Processor time it took, known once it has ended."""
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
        self.seconds = max(self.seconds, _processor_seconds(self._process.pid))
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
        self._deadline, self._waits = time.monotonic() + self._limits.wall_seconds, 0
        while len(parts) < length:
            if not select.select([stdout], [], [], _POLL_SECONDS)[0]:
                self._watch()
                continue
            part = os.read(stdout.fileno(), min(length - len(parts), MEBI))
            if not part:
                raise self._cause_of_death()
            parts += part
        return bytes(parts)

    def _watch(self) -> None:
        self._peak = max(self._peak, _resident_bytes(self._process.pid))
        if time.monotonic() <= self._deadline:
            return
        # On a crowded machine a reader may get next to no time: one that works is waited for.
        used = _processor_seconds(self._process.pid)
        if used - self._used < _SIGN_OF_LIFE or self._waits == _MOST_WAITS:
            raise ReaderTimeoutError("The reader took too long.")
        self._deadline += self._limits.wall_seconds
        self._used, self._waits = used, self._waits + 1

    def _cause_of_death(self) -> DeclarantError:
        status = self._reaped()
        if status is None:
            return ReaderTimeoutError("The reader took too long.")
        if self._peak > _MEMORY_SHARE * self._limits.address_space:
            return ReaderMemoryError("The reader used up its memory.")
        if status in _TIMED_OUT:
            return ReaderTimeoutError("The reader used up its processor time.")
        return ReaderCrashedError("The reader died over the file.")

    def _reaped(self) -> int | None:
        """Its exit status, with its peak of memory and its time; None if it goes on living."""
        deadline = time.monotonic() + _DEATH_SECONDS
        while time.monotonic() < deadline:
            pid, status, usage = os.wait4(self._process.pid, os.WNOHANG)
            if pid:
                self._process.returncode = os.waitstatus_to_exitcode(status)
                self._peak = max(self._peak, _own_peak(usage.ru_maxrss))
                self.seconds = usage.ru_utime + usage.ru_stime
                return self._process.returncode
            time.sleep(0.005)
        return None


def _own_peak(untrusted_kibibytes: int) -> int:
    """Peak of a child in bytes; 0 where it may be what this process held when it forked."""
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return untrusted_kibibytes * KIBI if untrusted_kibibytes > ours else 0


def _family(pid: int) -> Iterator[int]:
    """A process and all that it started, as far as they can be seen."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _resident_bytes(pid: int) -> int:
    """Memory held by a process and those it started; 0 where it cannot be seen."""
    pages = sum(_numbers(member, "statm", 1, 2) for member in _family(pid))
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _processor_seconds(pid: int) -> float:
    """Processor time of a process and those it started, the ended ones included."""
    # Behind the name in brackets: own and children's time in user and kernel mode.
    ticks = sum(_numbers(member, "stat", 11, 15) for member in _family(pid))
    return ticks / os.sysconf("SC_CLK_TCK")


def _numbers(pid: int, table: str, first: int, end: int) -> int:
    try:
        words = Path(f"/proc/{pid}/{table}").read_text().rpartition(")")[2].split()
        return sum(int(word) for word in words[first:end])
    except (OSError, ValueError):
        return 0
