"""What `declarant serve`, `migrate` and `backfill` do."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import typer
import uvicorn
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from api.app import create_app
from api.jobs import durable
from api.jobs.backfill import Batch, Sent, batch_of, files_in, send
from api.jobs.keeping import tend
from api.jobs.pool import WorkerPool
from api.settings import SiteSettings
from api.signin.link import sign_in_path
from api.site import Site
from api.views.faults import explain
from extractor.errors import DeclarantError
from haven import Haven, migrate, open_haven
from haven.views import JobState

__all__ = ["backfill", "migrate_store", "serve"]

_LOOK_SECONDS = 0.5


def migrate_store() -> None:
    """Make the tables of the store and of the queue, or bring them up to date."""
    settings = SiteSettings.from_environment()
    migrate(settings.store)
    durable.prepare(settings.jobs_url)


def serve(host: str, port: int) -> None:
    """Serve the review site and print a one-time sign-in link."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    settings = SiteSettings.from_environment()
    migrate_store()
    with open_haven(settings.store) as haven, WorkerPool(settings.worker_count()):
        site = Site(haven, durable.DurableQueue(settings.jobs_url), settings)
        typer.echo(f"\n  Sign in: http://{host}:{port}{sign_in_path(haven, settings)}\n")
        uvicorn.run(
            create_app(site),
            host=host,
            port=port,
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=3,
        )
        site.queue.close()


def backfill(folder: Path) -> bool:
    """Read every case file of a folder; whether all could be read."""
    settings = SiteSettings.from_environment()
    paths = files_in(folder)
    migrate_store()
    with open_haven(settings.store) as haven, WorkerPool(settings.worker_count()):
        queue = durable.DurableQueue(settings.jobs_url)
        batch = batch_of(haven, queue, folder)
        failed = _run(batch, paths)
        queue.close()
    return not failed


def _run(batch: Batch, paths: list[Path]) -> int:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal
    ) as bar:
        sending = bar.add_task("Sending", total=len(paths))
        sent = list(send(batch, paths, lambda: bar.advance(sending)))
        _wait(batch, sent, bar)
    return _report(batch.haven, sent)


def _wait(batch: Batch, sent: list[Sent], bar: Progress) -> None:
    left = {one.job_id for one in sent if one.job_id}
    total = len(left)
    reading = bar.add_task("Reading", total=total)
    while left:
        left = {job_id for job_id in left if not _ended(batch.haven, job_id)}
        bar.update(reading, completed=total - len(left))
        if left:
            tend(batch.haven, batch.queue)
            time.sleep(_LOOK_SECONDS)


def _ended(haven: Haven, job_id: str | None) -> bool:
    return job_id is None or haven.jobs.get(job_id).ended_at is not None


def _report(haven: Haven, sent: list[Sent]) -> int:
    """Print each failure with its reason and the totals; how many failed."""
    failures = [(one.path, error) for one in sent if (error := _failure(haven, one)) is not None]
    for path, error in failures:
        typer.echo(f"{path}: {error.line()}", err=True)
    typer.echo(f"{len(sent) - len(failures)} done, {len(failures)} failed", err=True)
    return len(failures)


def _failure(haven: Haven, one: Sent) -> DeclarantError | None:
    if one.job_id is None:
        return one.error
    job = haven.jobs.get(one.job_id)
    return explain(job.reason) if job.state is JobState.FAILED else None
