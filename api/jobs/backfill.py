"""A folder of case files through the same queue; can be killed and started again.

Invariants:
- a batch is named by its folder, a job in it by the SHA-256 of its file: the same bytes are read
  once in a batch, whatever they are called and however often the command is run;
- each step finds what an earlier run left: the case by its receipt number, the document by its
  bytes, the job by its batch and hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from api.jobs.queue import JobQueue
from extractor.documents.kinds import media_type
from extractor.errors import DeclarantError, UsageError
from haven import Haven
from haven.views import CaseSummary, DocumentSummary, Job, JobKind, JobState

__all__ = ["Batch", "Sent", "batch_of", "files_in", "send"]

BY = "system:backfill"
_RECEIPT = re.compile(r"(?<![A-Z])[A-Z]{3}\d{10}(?!\d)")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file and the job that reads it, or the error that keeps it from being sent."""

    path: Path
    job_id: str | None
    error: DeclarantError | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A backfill under way."""

    haven: Haven
    queue: JobQueue
    id: str

    def progress(self) -> tuple[int, int]:
        """How many of its jobs have ended, and how many there are."""
        counted = self.haven.jobs.progress(self.id)
        ended = counted[JobState.DONE] + counted[JobState.FAILED]
        return ended, sum(counted.values())


def batch_of(haven: Haven, queue: JobQueue, folder: Path) -> Batch:
    """The batch of a folder: the same one whenever the folder is sent again."""
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:32]
    return Batch(haven, queue, name)


def files_in(folder: Path) -> list[Path]:
    """Every file of a folder, recursively, in a fixed order; hidden ones are left out."""
    if not folder.is_dir():
        raise UsageError("There is no such folder.")
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(p for p in found if not any(part.startswith(".") for part in p.parts))


def send(batch: Batch, paths: list[Path], told: Callable[[], None]) -> Iterator[Sent]:
    """Send each file to the queue unless an earlier run did; `told` after each."""
    for path in paths:
        try:
            yield Sent(path, _send(batch, path).id)
        except DeclarantError as error:
            yield Sent(path, None, error)
        told()


def _send(batch: Batch, path: Path) -> Job:
    content = path.read_bytes()
    kind = media_type(content)
    sha256 = hashlib.sha256(content).hexdigest()
    case = _case(batch.haven, path, sha256)
    document = batch.haven.files.add(
        case.id, content, filename=path.name, media_type=kind.value, by=BY
    )
    job = _job(batch, document)
    if job.state is JobState.QUEUED:
        batch.queue.submit(job)
    return job


def _job(batch: Batch, document: DocumentSummary) -> Job:
    return batch.haven.jobs.start(
        JobKind.BACKFILL,
        by=BY,
        batch_id=batch.id,
        source_path=document.sha256,
        case_id=document.case_id,
        document_id=document.id,
    )


def _case(haven: Haven, path: Path, sha256: str) -> CaseSummary:
    """The case of the receipt number in the file's name, else one of its own."""
    named = _RECEIPT.search(path.name.upper())
    receipt = named.group() if named else f"FILE-{sha256[:12].upper()}"
    found = haven.cases.search(receipt, by=BY)
    return found[0] if found else haven.cases.create(receipt_number=receipt, by=BY)
