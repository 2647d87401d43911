"""What the rest of the project knows about the queue: ids go in, work comes out elsewhere."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from haven.views import Job

__all__ = ["JobQueue", "Stage"]


class Stage(StrEnum):
    """How far the work on a job has come."""

    QUEUED = "QUEUED"
    READING = "READING"
    UNDERSTANDING = "UNDERSTANDING"
    KEEPING = "KEEPING"


class JobQueue(Protocol):
    """A durable queue: what was submitted is worked on, whoever dies on the way."""

    def submit(self, job: Job) -> None:
        """Queue this attempt at the job; a second submission of it changes nothing."""

    def stage(self, job: Job) -> Stage:
        """How far the work on a running job has come."""

    def given_up(self, job: Job) -> bool:
        """Whether the queue stopped trying, because each try killed its worker."""

    def close(self) -> None:
        """Let go of the queue."""
