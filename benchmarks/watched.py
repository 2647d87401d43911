"""Work done on a file in a child process of its own, with its seconds and its peak of memory."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.memory import PeakMemory
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
    watch = PeakMemory(process.pid or 0, 0.05)
    watch.start()
    answer = _answer(ours, patience)
    seconds, peak = time.monotonic() - started, watch.stop()
    process.kill()
    process.join()
    return {**answer, "seconds": round(seconds, 2), "mib": round(peak)}


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
