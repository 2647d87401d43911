"""One engine over SQLite and PostgreSQL, its transactions, and its errors in our words.

Invariants:
- a writing transaction takes its lock when it begins (SQLite: BEGIN IMMEDIATE), so that it
  never fails half-way for having read first;
- parameters never appear in a message of the driver (`hide_parameters`).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg.errors
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from extractor.errors import ConflictError, DeclarantError, DiskFullError, StoreError
from haven.settings import Settings

__all__ = ["make_engine", "transaction", "translate"]

_WAL = "journal_mode = WAL"
_SWITCH_SECONDS = 15.0
_PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",
    "secure_delete = ON",
    "temp_store = MEMORY",
)


def make_engine(settings: Settings) -> Engine:
    """An engine for the store that the settings name; it connects when first used."""
    if not settings.embedded:
        return create_engine(settings.database_url, hide_parameters=True, pool_pre_ping=True)
    engine = create_engine(
        settings.database_url,
        hide_parameters=True,
        connect_args={"timeout": settings.busy_timeout_s},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not begin transactions by itself: it would begin them too late.
    connection.isolation_level = None
    _keep_asking(connection, f"PRAGMA {_WAL}")
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _keep_asking(connection: sqlite3.Connection, statement: str) -> None:
    """Run a statement for which SQLite does not wait by itself.

    Of several processes that open a new database at once only one may switch it to WAL, and
    the others are told at once that it is busy, whatever the busy timeout.
    """
    deadline = time.monotonic() + _SWITCH_SECONDS
    while True:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def transaction(engine: Engine, *, reading: bool = False) -> Iterator[Session]:
    """A session that commits at the end, or leaves nothing; driver errors come translated."""
    bind = engine.execution_options(reading=True) if reading else engine
    try:
        with Session(bind, expire_on_commit=False) as session, session.begin():
            yield session
    except SQLAlchemyError as error:
        raise translate(error) from error


def translate(error: SQLAlchemyError) -> DeclarantError:
    """The error of ours that a database error means."""
    origin = error.orig if isinstance(error, DBAPIError) else None
    if _is_disk_full(origin):
        return DiskFullError("The database has no room for this.")
    if _is_busy(origin):
        return StoreError("The database is busy.", advice="Try again in a moment.")
    if isinstance(error, IntegrityError):
        return ConflictError("Somebody else changed the same thing.")
    return StoreError(f"The database failed ({type(origin or error).__name__}).")


def _is_disk_full(origin: BaseException | None) -> bool:
    if isinstance(origin, sqlite3.Error):
        return getattr(origin, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return isinstance(origin, psycopg.errors.DiskFull)


def _is_busy(origin: BaseException | None) -> bool:
    if isinstance(origin, sqlite3.Error):
        code = getattr(origin, "sqlite_errorcode", 0) or 0
        return code & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    busy = (psycopg.errors.DeadlockDetected, psycopg.errors.LockNotAvailable)
    return isinstance(origin, busy)
