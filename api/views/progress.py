"""How far the reading of a document has come, for the page and the API."""

from __future__ import annotations

from dataclasses import dataclass

from api.jobs.queue import JobQueue, Stage, Step
from api.views.faults import explain
from extractor.errors import DeclarantError
from haven.views import Job, JobState

__all__ = ["Progress", "progress_of"]

_STEPS = {
    Stage.QUEUED: (5, "Waiting for a free reader"),
    Stage.READING: (10, "Reading the pages"),
    Stage.UNDERSTANDING: (65, "Looking for alleged traffickers"),
    Stage.KEEPING: (90, "Keeping the record"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """State, words and percentage of a job; the error when it failed."""

    job: Job
    stage: str
    words: str
    percent: int
    error: DeclarantError | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.job.state in {JobState.DONE, JobState.FAILED}


def progress_of(job: Job, queue: JobQueue) -> Progress:
    """The progress of a job; asks the queue only while it runs."""
    if job.state is JobState.DONE:
        return Progress(job, "DONE", "Read", 100)
    if job.state is JobState.FAILED:
        error = explain(job.reason)
        return Progress(job, "FAILED", "Could not be read", 100, error)
    step = queue.step(job) if job.state is JobState.RUNNING else Step(Stage.QUEUED)
    percent, words = _STEPS[step.stage]
    if step.stage is Stage.READING and step.pages:
        percent += (_STEPS[Stage.UNDERSTANDING][0] - percent) * step.read // step.pages
        words = f"{step.read} of {step.pages} pages read"
    return Progress(job, step.stage.value, words, percent)
