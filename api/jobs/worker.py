"""One reader process: takes jobs off the queue, one at a time.

Started by the server or by a backfill as `python -m api.jobs.worker SLOT`. It dies with its
parent (the parent holds the other end of its standard input), and only one process at a time
works in a slot, so that its executor id is its own.
"""

from __future__ import annotations

import fcntl
import logging
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import cast

from dbos import DBOS

from api.jobs import durable
from api.jobs.work import ReadAndStore, Task, work_on
from api.settings import SiteSettings
from haven import Haven, open_haven

__all__ = ["main"]

_READER_VARIABLE = "DECLARANT_READER"
_DEFAULT_READER = "api.jobs.reading:read_document"
_POLL_SECONDS = 0.3


def main() -> None:
    """Work until the parent goes."""
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    settings = SiteSettings.from_environment()
    slot = int(sys.argv[1])
    gone = threading.Event()
    _watch_parent(gone)
    with _alone_in(settings.store.home / "workers" / f"{slot}.lock"):
        haven = open_haven(settings.store)
        _launch(haven, settings, slot)
        gone.wait()
    os._exit(0)  # a job under way is taken up again by the next worker of this slot


def _launch(haven: Haven, settings: SiteSettings, slot: int) -> None:
    read = _reader()
    DBOS(config=durable.config(settings.jobs_url, f"{os.uname().nodename}-{slot}"))

    @DBOS.workflow(name=durable.WORKFLOW, max_recovery_attempts=durable.MAX_TRIES)
    def read_case_file(job_id: str, attempt: int) -> None:
        task = Task(job_id, attempt)
        work_on(haven, task, read, lambda step: DBOS.set_event(durable.STAGE_KEY, step.said()))

    DBOS.listen_queues([durable.QUEUE])
    DBOS.launch()
    DBOS.register_queue(durable.QUEUE, worker_concurrency=1, polling_interval_sec=_POLL_SECONDS)


def _reader() -> ReadAndStore:
    """The function that reads; tests name their own, which crashes or waits as they need."""
    module, name = os.environ.get(_READER_VARIABLE, _DEFAULT_READER).split(":")
    return cast("ReadAndStore", getattr(import_module(module), name))


def _watch_parent(gone: threading.Event) -> None:
    def watch() -> None:
        while sys.stdin.buffer.read(1):
            pass
        gone.set()
        threading.Timer(2.0, _exit_now).start()

    threading.Thread(target=watch, daemon=True).start()


def _exit_now() -> None:
    os._exit(0)


@contextmanager
def _alone_in(lock: Path) -> Iterator[None]:
    """Wait until no other process works in this slot."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    main()
