"""What a worker does with one job.

Invariant: a job ends in exactly one terminal state and leaves exactly one extraction. A worker
may be killed anywhere: whoever takes the job over first looks at what the store already holds.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from api.jobs.queue import Stage, Step
from extractor.errors import ConflictError, DeclarantError, DiskFullError
from extractor.record import Record
from haven import Haven
from haven.views import DocumentSummary, ExtractionStatus, ExtractionSummary, Job, JobState

__all__ = ["BY", "ReadAndStore", "Task", "work_on"]

log = logging.getLogger("declarant.jobs")
BY = "system:worker"
_BEAT_SECONDS = 5.0

Tell = Callable[[Step], None]


class ReadAndStore(Protocol):
    """Reads a document and gives the record and the words of its pages as JSON."""

    def __call__(
        self, haven: Haven, document: DocumentSummary, tell: Tell
    ) -> tuple[Record, list[object]]:
        """Read one document."""


@dataclass(frozen=True, slots=True)
class Task:
    """One attempt at a job."""

    job_id: str
    attempt: int


def work_on(haven: Haven, task: Task, read: ReadAndStore, tell: Tell) -> None:
    """Do the job, unless it is done; never raises what would make the queue try again."""
    job = _take(haven, task)
    if job is None or job.document_id is None:
        return
    document = haven.files.get(job.document_id, by=BY)
    kept = _kept(job, document)
    if kept is None:
        with _beating(haven, job):
            kept = _read_and_keep(haven, document, read, tell)
    _finish(haven, job, kept)


def _take(haven: Haven, task: Task) -> Job | None:
    if haven.jobs.get(task.job_id).attempt != task.attempt:  # somebody else was given it
        return None
    try:
        return haven.jobs.run(task.job_id)
    except ConflictError:  # it already ended
        return None


def _kept(job: Job, document: DocumentSummary) -> ExtractionSummary | None:
    """What an earlier run of this job kept before it was killed."""
    latest = document.extraction
    if latest is None or latest.created_at < job.created_at:
        return None
    is_retry = job.attempt > 1 and latest.status is ExtractionStatus.FAILED
    return None if is_retry else latest


def _read_and_keep(
    haven: Haven, document: DocumentSummary, read: ReadAndStore, tell: Tell
) -> ExtractionSummary:
    try:
        record, words = read(haven, document, tell)
        tell(Step(Stage.KEEPING))
        return haven.extractions.save(document.id, record, words, by=BY)
    except DeclarantError as error:
        return haven.extractions.fail(document.id, error.code, by=BY)
    except Exception as error:
        # The message may quote the statement; its kind and place are enough to find the defect.
        log.error("job failed: %s at %s", type(error).__name__, _place(error))  # noqa: TRY400
        code = DiskFullError.code if isinstance(error, OSError) and error.errno == 28 else "D000"
        return haven.extractions.fail(document.id, code, by=BY)


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "?" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"


def _finish(haven: Haven, job: Job, kept: ExtractionSummary) -> None:
    if haven.jobs.get(job.id).state is not JobState.RUNNING:
        return
    if kept.status is ExtractionStatus.DONE:
        haven.jobs.done(job.id, document_id=kept.document_id)
    else:
        haven.jobs.fail(job.id, kept.reason or DeclarantError.code)


@contextmanager
def _beating(haven: Haven, job: Job) -> Iterator[None]:
    """Tell the store every few seconds that the worker lives."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(_BEAT_SECONDS):
            haven.jobs.beat(job.id)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
