"""What every component stands on: transactions that are audited, sealed columns, search terms."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from extractor.errors import NotFoundError, StoreError
from haven import trail
from haven.encryption import Place, Term, Vault
from haven.engine import transaction
from haven.tables import Base, SearchTermRow
from haven.trail import Action, Outcome, Told

__all__ = ["Act", "Store", "new_id", "now"]

Row = TypeVar("Row", bound=Base)


def new_id() -> str:
    """A random id that says nothing."""
    return uuid.uuid4().hex


def now() -> datetime.datetime:
    """The current instant, in UTC."""
    return datetime.datetime.now(datetime.UTC)


@dataclass(slots=True)
class Act(Told):
    """An act under way: its session, beside what the audit log will say of it."""

    session: Session = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Store:
    """The engine and the vault, and what is done with both at once."""

    engine: Engine
    vault: Vault

    @contextmanager
    def act(
        self, action: Action, by: str, object_id: str | None = None, case_id: str | None = None
    ) -> Iterator[Act]:
        """A writing transaction that the audit log tells of, whether it succeeds or is refused."""
        told = Told(by, action, object_id=object_id, case_id=case_id)
        try:
            with transaction(self.engine) as session:
                act = Act(by, action, object_id=object_id, case_id=case_id, session=session)
                yield act
                session.flush()
                trail.append(session, self.vault, act)
        except StoreError as error:
            told.outcome, told.facts = Outcome.REFUSED, {"code": error.code}
            self.tell(told)
            raise

    def tell(self, told: Told) -> None:
        """Write one entry of the audit log in a transaction of its own."""
        with transaction(self.engine) as session:
            trail.append(session, self.vault, told)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A writing transaction for what is no case material: jobs and sessions."""
        with transaction(self.engine) as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A reading transaction for what is no case material."""
        with transaction(self.engine, reading=True) as session:
            yield session

    def find(self, session: Session, table: type[Row], row_id: str, *, lock: bool = False) -> Row:
        """The row with this id, locked until the transaction ends if asked; NotFoundError."""
        row = session.get(table, row_id, with_for_update=lock)
        if row is None:
            raise NotFoundError("There is no such thing, or it is not yours to see.")
        return row

    def seal(self, session: Session, owner: str, place: Place, value: str | None) -> bytes | None:
        """A text sealed for its column; None stays None."""
        return None if value is None else self.vault.seal_text(session, owner, place, value)

    def open(self, session: Session, owner: str, place: Place, sealed: bytes | None) -> str | None:
        """The text of a sealed column; None stays None."""
        return None if sealed is None else self.vault.open_text(session, owner, place, sealed)

    def index(self, session: Session, owner: tuple[str, str], terms: Iterable[Term]) -> None:
        """Make an owner (table, id) findable by these terms, and by no others."""
        table, row_id = owner
        session.execute(
            delete(SearchTermRow).where(
                SearchTermRow.owner_table == table, SearchTermRow.owner_id == row_id
            )
        )
        entries = {(term.kind, self.vault.index(term)) for term in terms}
        session.add_all(
            SearchTermRow(owner_table=table, owner_id=row_id, kind=kind, entry=entry)
            for kind, entry in sorted(entries)
        )

    def owners(self, session: Session, table: str, terms: Iterable[Term]) -> set[str]:
        """The ids in a table that one of these terms finds."""
        rows = session.execute(
            select(SearchTermRow.owner_id, SearchTermRow.kind, SearchTermRow.entry).where(
                SearchTermRow.owner_table == table,
                SearchTermRow.entry.in_([self.vault.index(term) for term in terms]),
            )
        )
        return {owner_id for owner_id, _, _ in rows}
