"""Keeps reader processes running beside the server or the backfill."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from types import TracebackType
from typing import Self

__all__ = ["WorkerPool"]

_LOOK_SECONDS = 1.0


class WorkerPool:
    """So many worker processes; one that dies is replaced, all die with this process."""

    def __init__(self, count: int) -> None:
        self._workers: dict[int, subprocess.Popen[bytes]] = {}
        self._slots = range(1, count + 1)
        self._over = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> Self:
        self._fill()
        self._keeper.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._keeper.join()
        for worker in self._workers.values():
            _stop(worker)

    def _keep(self) -> None:
        while not self._over.wait(_LOOK_SECONDS):
            self._fill()

    def _fill(self) -> None:
        for slot in self._slots:
            worker = self._workers.get(slot)
            if worker is None or worker.poll() is not None:
                self._workers[slot] = _start(slot)


def _start(slot: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "api.jobs.worker", str(slot)],
        stdin=subprocess.PIPE,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )


def _stop(worker: subprocess.Popen[bytes]) -> None:
    if worker.stdin:
        worker.stdin.close()
    try:
        worker.wait(timeout=5)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
