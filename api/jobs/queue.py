"""What the rest of the project knows about the queue: ids go in, work comes out elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, Self

from haven.views import Job

__all__ = ["JobQueue", "Stage", "Step"]


class Stage(StrEnum):
    """How far the work on a job has come."""

    QUEUED = "QUEUED"
    READING = "READING"
    UNDERSTANDING = "UNDERSTANDING"
    KEEPING = "KEEPING"


@dataclass(frozen=True, slots=True)
class Step:
    """A stage, and while pages are read how many of how many are; 0 of 0 before that is known."""

    stage: Stage
    read: int = 0
    pages: int = 0

    def said(self) -> str:
        """The step in words that `heard` understands."""
        return f"{self.stage} {self.read} {self.pages}"

    @classmethod
    def heard(cls, said: str) -> Self:
        """A step that was said; an older worker says its stage alone."""
        stage, *counts = said.split()
        return cls(Stage(stage), *(int(count) for count in counts))


class JobQueue(Protocol):
    """A durable queue: what was submitted is worked on, whoever dies on the way."""

    def submit(self, job: Job) -> None:
        """Queue this attempt at the job; a second submission of it changes nothing."""

    def step(self, job: Job) -> Step:
        """How far the work on a running job has come."""

    def given_up(self, job: Job) -> bool:
        """Whether the queue stopped trying, because each try killed its worker."""

    def close(self) -> None:
        """Let go of the queue."""
