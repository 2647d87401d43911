"""What a worker does with a job, and who looks after the jobs of dead workers."""

from __future__ import annotations

import datetime

import pytest

from api.jobs.keeping import ensure_read, read_again, tend
from api.jobs.queue import Stage, Step
from api.jobs.reading import telling
from api.jobs.work import Task, Tell, work_on
from extractor.errors import EncryptedInputError
from extractor.record import Record
from haven import Haven
from haven.views import DocumentSummary, ExtractionStatus, Job, JobKind, JobState
from tests.api.conftest import InlineQueue
from tests.api.packets import packet, read_document

NOW = datetime.timedelta(0)
NEVER = datetime.timedelta(days=1)


@pytest.fixture
def document(haven: Haven) -> DocumentSummary:
    case = haven.cases.create(by="test")
    return haven.files.add(
        case.id, packet(), filename="a.pdf", media_type="application/pdf", by="test"
    )


@pytest.fixture
def job(haven: Haven, document: DocumentSummary) -> Job:
    return haven.jobs.start(JobKind.UPLOAD, by="test", document_id=document.id)


def versions(haven: Haven, document: DocumentSummary) -> list[ExtractionStatus]:
    return [one.status for one in haven.extractions.history(document.id, by="test")]


def work(haven: Haven, job: Job) -> None:
    work_on(haven, Task(job.id, job.attempt), read_document, lambda stage: None)


def test_a_job_that_was_kept_before_the_worker_died_is_not_read_again(
    haven: Haven, job: Job, document: DocumentSummary
) -> None:
    haven.jobs.run(job.id)
    record, words = read_document(haven, document, lambda stage: None)
    haven.extractions.save(document.id, record, words, by="test")
    work(haven, job)
    assert haven.jobs.get(job.id).state is JobState.DONE
    assert versions(haven, document) == [ExtractionStatus.DONE]


def test_a_job_done_is_left_alone(haven: Haven, job: Job, document: DocumentSummary) -> None:
    work(haven, job)
    work(haven, job)
    assert versions(haven, document) == [ExtractionStatus.DONE]


def test_an_attempt_that_somebody_else_was_given_is_left_alone(
    haven: Haven, job: Job, document: DocumentSummary
) -> None:
    haven.jobs.run(job.id)
    haven.jobs.requeue(job.id)
    work(haven, job)
    assert haven.jobs.get(job.id).state is JobState.QUEUED
    assert versions(haven, document) == []


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (EncryptedInputError("a password is needed"), "D203"),
        (ValueError("words of the statement"), "D000"),
        (OSError(28, "No space left on device"), "D402"),
    ],
)
def test_a_file_that_fails_ends_with_its_reason(
    haven: Haven,
    job: Job,
    document: DocumentSummary,
    error: Exception,
    reason: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(haven: Haven, document: DocumentSummary, tell: Tell) -> tuple[Record, list[object]]:
        raise error

    work_on(haven, Task(job.id, 1), fail, lambda stage: None)
    ended = haven.jobs.get(job.id)
    assert (ended.state, ended.reason) == (JobState.FAILED, reason)
    assert versions(haven, document) == [ExtractionStatus.FAILED]
    assert "words of the statement" not in caplog.text


def test_another_attempt_is_made_after_a_failure(
    haven: Haven, queue: InlineQueue, job: Job, document: DocumentSummary
) -> None:
    haven.extractions.fail(document.id, "D302", by="test")
    haven.jobs.fail(job.id, "D302")
    again = read_again(haven, queue, document, by="test")
    assert again.id == job.id
    assert haven.jobs.get(job.id).state is JobState.DONE


def test_what_was_never_queued_is_queued_when_the_case_is_seen(
    haven: Haven, queue: InlineQueue, document: DocumentSummary
) -> None:
    started = ensure_read(haven, queue, document, by="test")
    assert started is not None
    assert haven.jobs.get(started.id).state is JobState.DONE
    ensure_read(haven, queue, haven.files.get(document.id, by="test"), by="test")
    assert queue.submitted == [started.id]


def test_a_job_of_a_machine_that_did_not_come_back_is_given_to_another(
    haven: Haven, queue: InlineQueue, job: Job, document: DocumentSummary
) -> None:
    haven.jobs.run(job.id)
    tend(haven, queue, silent=NEVER, dead=NEVER)
    assert haven.jobs.get(job.id).state is JobState.RUNNING
    tend(haven, queue, silent=NOW, dead=NOW)
    assert haven.jobs.get(job.id).state is JobState.DONE
    assert versions(haven, document) == [ExtractionStatus.DONE]


def test_a_job_that_the_queue_gave_up_fails(
    haven: Haven, queue: InlineQueue, job: Job, document: DocumentSummary
) -> None:
    haven.jobs.run(job.id)
    queue.gave_up = True
    tend(haven, queue, silent=NOW, dead=NOW)
    ended = haven.jobs.get(job.id)
    assert (ended.state, ended.reason) == (JobState.FAILED, "D304")
    assert versions(haven, document) == [ExtractionStatus.FAILED]


@pytest.mark.parametrize("pages", [1, 3, 50, 400])
def test_pages_are_told_in_order_and_of_a_long_file_now_and_then(pages: int) -> None:
    told: list[Step] = []
    on_page = telling(told.append)
    for page in range(1, pages + 1):
        on_page(page, pages)
    assert told[-1] == Step(Stage.READING, pages, pages)
    assert len(told) == min(pages, 50)
    assert [Step.heard(step.said()) for step in told] == told


def test_a_file_without_pages_of_its_own_tells_none() -> None:
    told: list[Step] = []
    telling(told.append)(1, 0)
    assert told == []
    assert Step.heard("READING") == Step(Stage.READING)
