"""Processor time of this process and of all its children, living or ended (Linux)."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from benchmarks.memory import family

__all__ = ["ProcessorTime", "processor_seconds"]

_TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds() -> float:
    """Seconds spent so far; what a child has spent counts while it lives and after."""
    return sum(_spent(pid) for pid in family(os.getpid()))


class ProcessorTime(threading.Thread):
    """Watches a family from outside: a child that is killed never adds its time to its parent's."""

    def __init__(self, pid: int, every: float) -> None:
        super().__init__(daemon=True)
        self._pid, self._every = pid, every
        self._seen: dict[int, float] = {}
        self._done = threading.Event()

    def run(self) -> None:
        while not self._done.wait(self._every):
            for pid in family(self._pid):
                self._seen[pid] = max(self._seen.get(pid, 0.0), _spent(pid, own=True))

    def stop(self) -> float:
        """End the watch; the seconds that all members spent themselves."""
        self._done.set()
        self.join()
        return sum(self._seen.values())


def _spent(pid: int, *, own: bool = False) -> float:
    """Its own time and that of its ended children: fields 14 to 17 of its line."""
    try:
        line = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return 0.0
    times = line.rpartition(")")[2].split()[11 : 13 if own else 15]
    return sum(int(ticks) for ticks in times) / _TICKS
