"""Progress of uploads and backfills: every file ends in exactly one terminal state.

The queue itself is elsewhere; this is what users are shown, and what a resumed backfill reads
to know what is left. Paths are kept only as blind indexes: a path often holds a name.
"""

from __future__ import annotations

import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from extractor.errors import ConflictError
from haven.encryption import Term, TermKind
from haven.store import Store, new_id, now
from haven.tables import JobRow
from haven.trail import Action
from haven.views import Job, JobKind, JobState

__all__ = ["Jobs"]

_BEFORE = {
    JobState.RUNNING: (JobState.QUEUED, JobState.RUNNING),
    JobState.DONE: (JobState.RUNNING,),
    JobState.FAILED: (JobState.QUEUED, JobState.RUNNING),
    JobState.QUEUED: (JobState.FAILED, JobState.RUNNING),
}
"""The states from which each state can be reached; DONE is left by none."""


class Jobs:
    """Keeps the state of every job."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def start(
        self,
        kind: JobKind,
        *,
        by: str,
        case_id: str | None = None,
        document_id: str | None = None,
        batch_id: str | None = None,
        source_path: str | None = None,
    ) -> Job:
        """A queued job; the same path in the same batch is the same job, whatever its state."""
        path = source_path and self._store.vault.index(Term(TermKind.PATH, source_path))
        at = now()
        with self._store.act(Action.JOB_STARTED, by, case_id=case_id) as act:
            row = self._same(act.session, batch_id, path or None) or JobRow(
                id=new_id(),
                kind=kind,
                state=JobState.QUEUED,
                attempt=1,
                batch_id=batch_id,
                source_path=path or None,
                case_id=case_id,
                document_id=document_id,
                created_by=by,
                created_at=at,
                beat_at=at,
            )
            act.session.add(row)
            act.object_id = row.id
            return _job(row)

    @staticmethod
    def _same(session: Session, batch_id: str | None, path: bytes | None) -> JobRow | None:
        if batch_id is None or path is None:
            return None
        return session.scalar(
            select(JobRow).where(JobRow.batch_id == batch_id, JobRow.source_path == path)
        )

    def run(self, job_id: str) -> Job:
        """The job is being worked on."""
        return self._move(job_id, JobState.RUNNING)

    def done(
        self, job_id: str, *, case_id: str | None = None, document_id: str | None = None
    ) -> Job:
        """The job ended well."""
        return self._move(job_id, JobState.DONE, case_id=case_id, document_id=document_id)

    def fail(self, job_id: str, reason: str) -> Job:
        """The job ended badly; `reason` is an error code."""
        return self._move(job_id, JobState.FAILED, reason=reason[:32])

    def requeue(self, job_id: str) -> Job:
        """Another attempt at a job that failed or whose worker died."""
        return self._move(job_id, JobState.QUEUED)

    def beat(self, job_id: str) -> None:
        """The worker of this job is alive."""
        with self._store.write() as session:
            session.execute(update(JobRow).where(JobRow.id == job_id).values(beat_at=now()))

    def get(self, job_id: str) -> Job:
        """One job."""
        with self._store.read() as session:
            return _job(self._store.find(session, JobRow, job_id))

    def of_case(self, case_id: str) -> list[Job]:
        """The jobs of a case, oldest first."""
        with self._store.read() as session:
            query = select(JobRow).where(JobRow.case_id == case_id)
            return [_job(row) for row in session.scalars(query.order_by(JobRow.created_at))]

    def of_document(self, document_id: str) -> list[Job]:
        """The jobs of a document, oldest first."""
        with self._store.read() as session:
            query = select(JobRow).where(JobRow.document_id == document_id)
            return [_job(row) for row in session.scalars(query.order_by(JobRow.created_at))]

    def of_batch(self, batch_id: str, state: JobState | None = None) -> list[Job]:
        """The jobs of a batch, or those of them in one state."""
        query = select(JobRow).where(JobRow.batch_id == batch_id)
        if state is not None:
            query = query.where(JobRow.state == state)
        with self._store.read() as session:
            return [_job(row) for row in session.scalars(query.order_by(JobRow.created_at))]

    def progress(self, batch_id: str) -> dict[JobState, int]:
        """How many jobs of a batch are in each state."""
        query = (
            select(JobRow.state, func.count())
            .where(JobRow.batch_id == batch_id)
            .group_by(JobRow.state)
        )
        with self._store.read() as session:
            counted = {JobState(state): count for state, count in session.execute(query)}
        return {state: counted.get(state, 0) for state in JobState}

    def stale(self, older_than: datetime.timedelta) -> list[Job]:
        """Running jobs that have not beaten for so long: their worker is dead."""
        query = select(JobRow).where(
            JobRow.state == JobState.RUNNING, JobRow.beat_at < now() - older_than
        )
        with self._store.read() as session:
            return [_job(row) for row in session.scalars(query.order_by(JobRow.beat_at))]

    def _move(
        self,
        job_id: str,
        state: JobState,
        *,
        reason: str | None = None,
        case_id: str | None = None,
        document_id: str | None = None,
    ) -> Job:
        """To a state, if it can be reached from the present one; two racing ends never both win."""
        with self._store.write() as session:
            row = self._store.find(session, JobRow, job_id, lock=True)
            if row.state not in _BEFORE[state]:
                raise ConflictError(f"A job that is {row.state} cannot become {state}.")
            at = now()
            row.attempt += state is JobState.QUEUED
            row.state, row.reason, row.beat_at = state, reason, at
            row.ended_at = at if state in {JobState.DONE, JobState.FAILED} else None
            row.case_id = case_id or row.case_id
            row.document_id = document_id or row.document_id
            return _job(row)


def _job(row: JobRow) -> Job:
    return Job(
        id=row.id,
        kind=JobKind(row.kind),
        state=JobState(row.state),
        reason=row.reason,
        attempt=row.attempt,
        batch_id=row.batch_id,
        case_id=row.case_id,
        document_id=row.document_id,
        created_by=row.created_by,
        created_at=row.created_at,
        beat_at=row.beat_at,
        ended_at=row.ended_at,
    )
