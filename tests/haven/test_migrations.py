"""The schema is a promise: models equal migrations, and each migration goes up and down."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from extractor.errors import MigrationNeededError
from haven import Haven, Settings, migrate, open_haven
from haven.migrating import downgrade
from haven.tables import Base
from tests.databases import raw
from tests.haven.casework import open_case


def test_models_equal_migrations(settings: Settings) -> None:
    with raw(settings) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_refuses_to_start_before_migration(empty_settings: Settings) -> None:
    empty_settings.home.mkdir(exist_ok=True)
    empty_settings.key_file.write_text(f"test:{'A' * 43}=\n")
    with pytest.raises(MigrationNeededError):
        open_haven(empty_settings)


def test_refuses_to_start_on_newer_tables(settings: Settings) -> None:
    with raw(settings) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(MigrationNeededError, match="9999"):
        open_haven(settings)


def test_migrating_again_changes_nothing(settings: Settings) -> None:
    with open_haven(settings) as haven:
        case = haven.cases.create(receipt_number="EAC1590000001", by="u")
    migrate(settings)
    with open_haven(settings) as haven:
        assert haven.cases.get(case.id, by="u").receipt_number == "EAC1590000001"


def test_down_and_up_again_with_data(settings: Settings) -> None:
    with open_haven(settings) as haven:
        case_id = open_case(haven).case_id
    downgrade(settings, "0001")
    with pytest.raises(MigrationNeededError):
        open_haven(settings)
    migrate(settings)
    with open_haven(settings) as haven:
        assert len(haven.review.state(case_id, by="u").findings) == 2
        assert haven.audit.verify().ok


def test_down_to_nothing(settings: Settings) -> None:
    with open_haven(settings) as haven:
        open_case(haven)
    downgrade(settings, "base")
    with raw(settings) as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}


@pytest.mark.parametrize("table", ["audit_entry", "decision"])
@pytest.mark.parametrize("statement", ["UPDATE {0} SET id_or = 1", "DELETE FROM {0}"])
def test_database_itself_refuses_changes(
    haven: Haven, settings: Settings, table: str, statement: str
) -> None:
    casework = open_case(haven)
    casework.accept_all()
    column = "number = number"
    changed = statement.replace("id_or = 1", column).format(table)
    with pytest.raises(Exception, match="append-only"), raw(settings) as connection:
        connection.execute(text(changed))
    assert haven.audit.verify().ok
