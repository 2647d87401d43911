"""The queue on DBOS: the only module that knows it, beside the worker.

Invariants:
- only job ids are passed: DBOS keeps arguments in clear;
- a workflow's id is made of the job and its attempt, so that each runs at most once at a time;
- the application version is fixed: an upgrade of declarant must not strand queued work.
"""

from __future__ import annotations

from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

from api.jobs.queue import Stage, Step
from haven.views import Job

__all__ = ["MAX_TRIES", "QUEUE", "STAGE_KEY", "WORKFLOW", "DurableQueue", "config", "prepare"]

QUEUE = "case-files"
WORKFLOW = "read_case_file"
STAGE_KEY = "stage"
VERSION = "1"
MAX_TRIES = 3
"""A file that kills its worker so often is given up."""

_GIVEN_UP = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"


class DurableQueue:
    """Submits from any process; the work is done by worker processes."""

    def __init__(self, url: str) -> None:
        self._client = DBOSClient(system_database_url=url, application_name="declarant")

    def submit(self, job: Job) -> None:
        """Queue this attempt at the job; a second submission of it changes nothing."""
        options: EnqueueOptions = {
            "workflow_name": WORKFLOW,
            "queue_name": QUEUE,
            "workflow_id": workflow_id(job),
            "app_version": VERSION,
        }
        self._client.enqueue(options, job.id, job.attempt)

    def step(self, job: Job) -> Step:
        """How far the work on a running job has come."""
        said = self._client.get_event(workflow_id(job), STAGE_KEY, timeout_seconds=0)
        return Step.heard(said) if said else Step(Stage.QUEUED)

    def given_up(self, job: Job) -> bool:
        """Whether the queue stopped trying, because each try killed its worker."""
        found = self._client.list_workflows(workflow_ids=[workflow_id(job)], load_input=False)
        return any(workflow.status == _GIVEN_UP for workflow in found)

    def close(self) -> None:
        """Close the connections."""
        self._client.destroy()


def workflow_id(job: Job) -> str:
    """The workflow of this attempt at the job."""
    return f"{job.id}-{job.attempt}"


def config(url: str, executor: str) -> DBOSConfig:
    """How a process joins the queue; `executor` must be its own and the same after a restart."""
    return {
        "name": "declarant",
        "system_database_url": url,
        "executor_id": executor,
        "application_version": VERSION,
        "log_level": "ERROR",
        "notification_listener_polling_interval_sec": 0.2,
    }


def prepare(url: str) -> None:
    """Make the tables of the queue, or bring them up to date."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    DBOS(config=config(url, "migration"))
    DBOS.listen_queues([])
    DBOS.launch()
    DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=0.3)
    DBOS.destroy()
