"""Migrations, run from the program: nobody needs to know Alembic to keep a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from extractor.errors import MigrationNeededError
from haven.encryption.keys import ensure_key_file, key_service
from haven.encryption.vault import STORE_OWNER, Vault
from haven.engine import make_engine, translate
from haven.settings import Settings
from haven.tables import DataKeyRow

__all__ = ["check_migrated", "downgrade", "migrate"]

_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 0x6861_7665  # any fixed number: two programs that start together migrate in turn


def migrate(settings: Settings) -> None:
    """Bring the store to this version; make it, and its key, on first use. Idempotent."""
    if settings.embedded:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    ensure_key_file(settings)
    vault = Vault(key_service(settings))
    with _locked(settings) as connection:
        command.upgrade(_config(connection), "head")
        _ensure_root_key(connection, vault)


def downgrade(settings: Settings, revision: str) -> None:
    """Bring the store back to an earlier revision."""
    with _locked(settings) as connection:
        command.downgrade(_config(connection), revision)


def check_migrated(engine: Engine) -> None:
    """MigrationNeededError unless the tables are exactly of this version."""
    try:
        with engine.execution_options(reading=True).begin() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        raise translate(error) from error
    expected = ScriptDirectory(str(_SCRIPTS)).get_current_head()
    if found != expected:
        raise MigrationNeededError(f"The store is at {found}, this version needs {expected}.")


@contextmanager
def _locked(settings: Settings) -> Iterator[Connection]:
    """One transaction around all of it: a migration that is killed leaves nothing behind."""
    engine = make_engine(settings)
    try:
        with engine.begin() as connection:
            if not settings.embedded:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            yield connection
    except SQLAlchemyError as error:
        raise translate(error) from error
    finally:
        engine.dispose()


def _ensure_root_key(connection: Connection, vault: Vault) -> None:
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        if session.get(DataKeyRow, STORE_OWNER) is None:
            vault.make_key(session, STORE_OWNER)
        vault.start(session)
        session.commit()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
