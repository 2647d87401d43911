"""The audit log, for those who answer for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from haven import trail
from haven.store import Store
from haven.tables import AuditRow
from haven.trail import Action, Outcome, Told
from haven.views import AuditEntry, ChainReport

__all__ = ["Action", "Audit", "Outcome"]

_BATCH = 1000


class Audit:
    """Adds, reads and verifies entries; nobody can change or delete one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(
        self,
        action: Action,
        *,
        by: str,
        object_id: str | None = None,
        case_id: str | None = None,
        outcome: Outcome = Outcome.DONE,
        facts: Mapping[str, str | int] | None = None,
    ) -> None:
        """Tell of an act that happened outside the store, such as a refused permission."""
        told = Told(by, action, outcome, object_id, case_id, dict(facts or {}))
        self._store.tell(told)

    def entries(
        self,
        *,
        by: str,
        case_id: str | None = None,
        actor: str | None = None,
        action: Action | None = None,
        before: int | None = None,
        limit: int = 100,
    ) -> list[AuditEntry]:
        """Entries, newest first; page on with the number of the last as `before`."""
        query = select(AuditRow).order_by(AuditRow.number.desc()).limit(limit)
        filters = {AuditRow.case_id: case_id, AuditRow.actor: actor, AuditRow.action: action}
        for column, value in filters.items():
            query = query if value is None else query.where(column == value)
        if before is not None:
            query = query.where(AuditRow.number < before)
        with self._store.act(Action.AUDIT_READ, by, case_id=case_id) as act:
            return [_entry(row) for row in act.session.scalars(query)]

    def verify(self, expected: ChainReport | None = None) -> ChainReport:
        """Walk the chain; `expected` is an earlier report, kept elsewhere, that it must contain."""
        count, link, cut = 0, trail.START, expected is not None and expected.entries > 0
        with self._store.read() as session:
            for row in _from_the_start(session):
                if row.number != count + 1 or row.link != trail.link(self._store.vault, link, row):
                    return ChainReport(False, count, link.hex(), first_bad=count + 1)
                count, link = row.number, row.link
                if expected and count == expected.entries:
                    cut = link.hex() != expected.head
        return ChainReport(not cut, count, link.hex(), count + 1 if cut else None)


def _from_the_start(session: Session) -> Iterator[AuditRow]:
    """Every entry in order, in the memory of a few."""
    query = select(AuditRow).order_by(AuditRow.number).limit(_BATCH)
    rows = session.scalars(query).all()
    while rows:
        yield from rows
        last = rows[-1].number
        session.expunge_all()
        rows = session.scalars(query.where(AuditRow.number > last)).all()


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        number=row.number,
        at=row.at,
        actor=row.actor,
        action=row.action,
        outcome=row.outcome,
        object_id=row.object_id,
        case_id=row.case_id,
        facts=json.loads(row.facts),
    )
