"""What goes wrong leaves nothing half-written and says what to do."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event, text

from extractor.errors import (
    ConflictError,
    DiskFullError,
    KeyUnavailableError,
    NotFoundError,
    StoreError,
)
from haven import Haven, Settings, migrate, open_haven
from haven.encryption import keys
from haven.engine import make_engine, transaction
from haven.tables import Base, CaseRow
from haven.views import UserRole
from tests.databases import StoreMaker, raw
from tests.haven import records
from tests.haven.casework import open_case

ROOT = Path(__file__).parents[2]


def test_full_disk_leaves_nothing_behind(stores: StoreMaker) -> None:
    settings = stores.migrated("sqlite")
    with open_haven(settings) as haven:
        work = open_case(haven)
        entries = haven.audit.verify().entries
        _limit_pages(haven, more=20)
        with pytest.raises(DiskFullError) as caught:
            haven.files.add(
                work.case_id, os.urandom(2_000_000), filename="f", media_type="x/y", by="u"
            )
        assert "Free some disk" in caught.value.line()
        _limit_pages(haven, more=100_000)
        assert haven.audit.verify().entries == entries
        assert len(haven.files.of_case(work.case_id, by="u")) == 1
        assert len(work.state.findings) == 2
    stores.drop(settings)


def _limit_pages(haven: Haven, more: int) -> None:
    """SQLite's own limit fails with the very error that a full disk gives."""
    engine = haven._store.engine
    engine.dispose()  # the limit is one of a connection: set it on every new one

    @event.listens_for(engine, "connect")
    def limit(connection: object, _record: object) -> None:
        count = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA max_page_count = {count + more}")  # type: ignore[attr-defined]


def test_full_disk_of_a_server(stores: StoreMaker) -> None:
    settings = stores.migrated("postgresql")
    engine = make_engine(settings)
    raised = "DO $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$"
    with pytest.raises(DiskFullError), transaction(engine) as session:
        session.execute(text(raised))
    engine.dispose()
    stores.drop(settings)


def test_full_disk_of_a_plain_copy(haven: Haven, monkeypatch: pytest.MonkeyPatch) -> None:
    work = open_case(haven)
    real = os.open

    def full(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        here = "/dev/full" if str(path).endswith("/file") else path
        return real(here, flags & ~os.O_EXCL, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(DiskFullError), haven.files.plain_copy(work.document_id, by="u"):
        pass


def test_full_disk_of_the_key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings.from_environment({"DECLARANT_HOME": str(tmp_path)})

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskFullError):
            keys.ensure_key_file(settings)
    assert list(tmp_path.iterdir()) == []
    keys.ensure_key_file(settings)
    assert keys.key_service(settings).current


def test_lost_key_is_never_replaced_by_a_new_one(stores: StoreMaker) -> None:
    settings = stores.migrated("sqlite")
    settings.key_file.unlink()
    with pytest.raises(KeyUnavailableError):
        migrate(settings)
    assert not settings.key_file.exists()
    stores.drop(settings)


@pytest.mark.parametrize("step", ["pages", "findings", "before_commit"])
def test_killed_while_saving_an_extraction(haven: Haven, settings: Settings, step: str) -> None:
    work = open_case(haven)
    before = {table.name: _count(settings, table.name) for table in Base.metadata.sorted_tables}
    _run_killed(settings, _KILLED, work.document_id, step)
    after = {table.name: _count(settings, table.name) for table in Base.metadata.sorted_tables}
    assert after == before
    assert haven.audit.verify().ok
    work.extract(records.record(version="2"))
    assert haven.extractions.latest(work.document_id, by="u").version == 2


def test_plain_copy_of_a_killed_process_is_swept(haven: Haven, settings: Settings) -> None:
    work = open_case(haven)
    script = """
        import os, signal, sys
        from haven import Settings, open_haven
        haven = open_haven(Settings.from_environment())
        with haven.files.plain_copy(sys.argv[1], by="system:test") as path:
            print(path, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
    """
    left = Path(_run_killed(settings, script, work.document_id).strip())
    with haven.files.plain_copy(work.document_id, by="u") as mine:
        assert left.exists()
        with open_haven(settings):
            assert not left.parent.exists()
            assert mine.exists()  # that of a live process is left alone


_KILLED = """
    import os, signal, sys
    from haven import Settings, open_haven
    from haven.extractions import Extractions
    from haven import trail
    from tests.haven import records

    def die(*_args, **_named):
        os.kill(os.getpid(), signal.SIGKILL)

    step = sys.argv[2]
    if step == "pages":
        Extractions._save_pages = die
    elif step == "findings":
        Extractions._save_findings = die
    haven = open_haven(Settings.from_environment())
    if step == "before_commit":
        from sqlalchemy import event
        event.listen(haven._store.engine, "commit", die)
    haven.extractions.save(sys.argv[1], records.record(version="2"), by="system:test")
"""


def _run_killed(settings: Settings, script: str, *arguments: str) -> str:
    """Run a script in a process of its own that kills itself; what it printed before."""
    environment = {
        **os.environ,
        "DECLARANT_HOME": str(settings.home),
        "DECLARANT_DATABASE_URL": settings.database_url,
        "DECLARANT_KEY_FILE": str(settings.key_file),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *arguments],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    return done.stdout


def _count(settings: Settings, table: str) -> int:
    with raw(settings) as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_failure_inside_a_decision_leaves_the_case_alone(
    haven: Haven, monkeypatch: pytest.MonkeyPatch
) -> None:
    from haven.review.writing import Writer

    work = open_case(haven)
    work.accept_all()

    def fail(*_args: object) -> None:
        raise RuntimeError("half-way")

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "others", fail)
        with pytest.raises(RuntimeError):
            work.confirm()
    assert haven.subjects.of_case(work.case_id, by="u") == []
    assert work.confirm().number == 1


def test_database_gone(settings: Settings) -> None:
    with open_haven(settings) as haven:
        case = haven.cases.create(by="u")
        with raw(settings) as connection:
            connection.execute(text("DROP TABLE case_note"))
        with pytest.raises(StoreError, match="database failed"):
            haven.cases.notes(case.id, by="u")


def test_driver_messages_hold_no_parameters(haven: Haven) -> None:
    haven.people.add(name="Pat", email="pat@x.gov", roles=[UserRole.AUDITOR], by="s")
    with pytest.raises(ConflictError) as caught:
        haven.people.add(name="Secret Name", email="pat@x.gov", roles=[], by="s")
    assert "Secret" not in str(caught.value)
    assert caught.value.__cause__ is not None
    assert "Secret" not in str(caught.value.__cause__).replace("pat@x.gov", "")


def test_locked_database_says_so(stores: StoreMaker) -> None:
    from dataclasses import replace

    settings = replace(stores.migrated("sqlite"), busy_timeout_s=0.05)
    with open_haven(settings) as haven, raw(settings), pytest.raises(StoreError, match="busy"):
        haven.cases.create(by="u")
    stores.drop(settings)


def test_unknown_things_are_not_found(haven: Haven) -> None:
    unknown = "f" * 32
    calls: list[Callable[[], object]] = [
        lambda: haven.cases.get(unknown, by="u"),
        lambda: haven.cases.add_note(unknown, "x", by="u"),
        lambda: haven.files.get(unknown, by="u"),
        lambda: haven.files.content(unknown, by="u"),
        lambda: haven.files.of_case(unknown, by="u"),
        lambda: haven.extractions.latest(unknown, by="u"),
        lambda: haven.extractions.record(unknown, by="u"),
        lambda: haven.extractions.save(unknown, records.record(), by="u"),
        lambda: haven.review.state(unknown, by="u"),
        lambda: haven.subjects.get(unknown, by="u"),
        lambda: haven.subjects.of_case(unknown, by="u"),
        lambda: haven.people.get(unknown),
        lambda: haven.people.make_link(unknown, by="u"),
        lambda: haven.jobs.get(unknown),
    ]
    for call in calls:
        with pytest.raises(NotFoundError):
            call()


def test_many_threads_at_once(haven: Haven) -> None:
    errors: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(3):
                open_case(haven).accept_all()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(haven.cases.browse(by="u")) == 12
    assert haven.audit.verify().ok


def test_two_that_start_together_migrate_once(empty_settings: Settings) -> None:
    errors: list[BaseException] = []

    def start() -> None:
        try:
            migrate(empty_settings)
            with open_haven(empty_settings) as haven:
                haven.cases.create(by="u")
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert _count(empty_settings, CaseRow.__tablename__) == 3
