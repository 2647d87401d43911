"""Peak memory of a process and all its children together (Linux)."""

from __future__ import annotations

import re
import threading
from pathlib import Path

__all__ = ["PeakMemory", "family"]

_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


class PeakMemory(threading.Thread):
    """Watches a process until stopped; pages that processes share count once."""

    def __init__(self, pid: int, every: float = 0.1) -> None:
        super().__init__(daemon=True)
        self.peak_mib = 0.0
        self._pid, self._every = pid, every
        self._done = threading.Event()

    def run(self) -> None:
        while not self._done.wait(self._every):
            now = sum(_pss_kib(pid) for pid in family(self._pid)) / 1024
            self.peak_mib = max(self.peak_mib, now)

    def stop(self) -> float:
        """End the watch; the peak in MiB."""
        self._done.set()
        self.join()
        return self.peak_mib


def family(pid: int) -> list[int]:
    """A process and all its living children, grandchildren and so on."""
    members = [pid]
    for member in members:
        for tasks in Path(f"/proc/{member}/task").glob("*/children"):
            try:
                members += [int(child) for child in tasks.read_text("ascii").split()]
            except OSError:  # The process has just ended.
                continue
    return members


def _pss_kib(pid: int) -> int:
    try:
        found = _PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_text("ascii"))
    except OSError:  # It has just ended, or has shut itself in against looking.
        return _rss_kib(pid)
    return int(found[1]) if found else 0


def _rss_kib(pid: int) -> int:
    """What the kernel tells of any process, though shared pages count fully."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return 0
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) if found else 0
