"""Nothing may be left lying: every document gets a job, every job gets to the queue."""

from __future__ import annotations

import datetime

from api.jobs.queue import JobQueue
from extractor.errors import ReaderCrashedError
from haven import Haven
from haven.views import DocumentSummary, Job, JobKind, JobState

__all__ = ["ensure_read", "read_again", "tend"]

_SILENT = datetime.timedelta(seconds=15)
_DEAD = datetime.timedelta(minutes=3)


def ensure_read(haven: Haven, queue: JobQueue, document: DocumentSummary, *, by: str) -> Job | None:
    """The job that reads the document; started if none was, submitted if it waits.

    Called after an upload and whenever a case is looked at: whatever was killed between
    storing the file, starting its job and queueing it is made good here.
    """
    jobs = haven.jobs.of_document(document.id)
    if not jobs and document.extraction is None:
        jobs = [
            haven.jobs.start(
                JobKind.UPLOAD, by=by, case_id=document.case_id, document_id=document.id
            )
        ]
    for job in jobs:
        if job.state is JobState.QUEUED:
            queue.submit(job)
    return jobs[-1] if jobs else None


def read_again(haven: Haven, queue: JobQueue, document: DocumentSummary, *, by: str) -> Job:
    """Another attempt at a document that could not be read."""
    jobs = haven.jobs.of_document(document.id)
    if jobs and jobs[-1].state is JobState.FAILED:
        job = haven.jobs.requeue(jobs[-1].id)
    else:
        job = haven.jobs.start(
            JobKind.UPLOAD, by=by, case_id=document.case_id, document_id=document.id
        )
    queue.submit(job)
    return job


def tend(
    haven: Haven,
    queue: JobQueue,
    *,
    silent: datetime.timedelta = _SILENT,
    dead: datetime.timedelta = _DEAD,
) -> None:
    """See to jobs whose worker fell silent.

    Those that killed each of their workers fail. Those whose machine did not come back are
    tried again by whoever is there; a first worker that was only slow finds its attempt over.
    """
    for job in haven.jobs.stale(silent):
        if queue.given_up(job):
            _give_up(haven, job)
    for job in haven.jobs.stale(dead):
        queue.submit(haven.jobs.requeue(job.id))


def _give_up(haven: Haven, job: Job) -> None:
    if job.document_id is not None:
        haven.extractions.fail(job.document_id, ReaderCrashedError.code, by="system:worker")
    haven.jobs.fail(job.id, ReaderCrashedError.code)
