"""Work done on a file in a child process of its own: what it took of time and memory."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.memory import PeakMemory
from benchmarks.processor import ProcessorTime
from extractor.errors import DeclarantError

__all__ = ["Work", "in_child"]

Work = Callable[[Path], dict[str, Any]]

_FORK = get_context("fork")


def in_child(work: Work, path: Path, patience: float) -> dict[str, Any]:
    """What a child makes of a file: its answer, an error's code, CRASH or HANG."""
    ours, theirs = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_child, args=(work, path, theirs))
    started = time.monotonic()
    process.start()
    theirs.close()
    watch, clock = PeakMemory(process.pid or 0, 0.05), ProcessorTime(process.pid or 0, 0.05)
    watch.start()
    clock.start()
    answer = _answer(ours, patience)
    seconds, peak, spent = time.monotonic() - started, watch.stop(), clock.stop()
    process.kill()
    process.join()
    cost = {"seconds": round(seconds, 2), "processor": round(spent, 2), "mib": round(peak)}
    return {**answer, **cost}


def _answer(pipe: Connection, patience: float) -> dict[str, Any]:
    try:
        if not pipe.poll(patience):
            return {"outcome": "HANG"}
        answer: dict[str, Any] = pipe.recv()
    except EOFError:
        return {"outcome": "CRASH"}
    return answer


def _child(work: Work, path: Path, pipe: Connection) -> None:
    try:
        pipe.send(work(path))
    except DeclarantError as error:
        pipe.send({"outcome": error.code, "message": error.message})
    except BaseException as error:
        pipe.send({"outcome": "CRASH", "message": f"{type(error).__name__}: {error}"[:200]})
    os._exit(0)
