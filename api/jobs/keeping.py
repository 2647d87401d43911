"""Nothing may be left lying: every document gets a job, every job gets to the queue."""

from __future__ import annotations

import datetime

from api.jobs.queue import JobQueue
from extractor.errors import ReaderCrashedError
from haven import Haven
from haven.views import DocumentSummary, Job, JobKind, JobState

__all__ = ["bury", "ensure_read", "read_again"]

_SILENT = datetime.timedelta(seconds=15)


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


def bury(haven: Haven, queue: JobQueue) -> int:
    """Fail the jobs that killed each of their workers; how many there were."""
    lost = [job for job in haven.jobs.stale(_SILENT) if queue.given_up(job)]
    for job in lost:
        if job.document_id is not None:
            haven.extractions.fail(job.document_id, ReaderCrashedError.code, by="system:worker")
        haven.jobs.fail(job.id, ReaderCrashedError.code)
    return len(lost)
