"""Processor time of this process and of all its children, living or ended (Linux)."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.memory import family

__all__ = ["processor_seconds"]

_TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds() -> float:
    """Seconds spent so far; what a child has spent counts while it lives and after."""
    return sum(_spent(pid) for pid in family(os.getpid()))


def _spent(pid: int) -> float:
    """Its own time and that of its ended children: fields 14 to 17 of its line."""
    try:
        line = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return 0.0
    times = line.rpartition(")")[2].split()[11:15]
    return sum(int(ticks) for ticks in times) / _TICKS
