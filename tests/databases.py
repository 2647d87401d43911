"""Stores to test against: SQLite in a folder, and a real PostgreSQL started for the tests.

Reusable from any room: `both_backends` (a fixture parameter list) and `StoreMaker` give a fresh,
migrated store of either kind in a few milliseconds, by copying one that was migrated once.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from sqlalchemy import Connection

from haven import Settings, migrate
from haven.engine import make_engine

BACKENDS = ("sqlite", "postgresql")
_ADVICE = (
    "PostgreSQL's server programs are not installed; the tests need them: "
    "apt-get install postgresql"
)
_ROOM = 2 * 1024**3
_QUICK = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


def quick_place() -> Path:
    """Memory, where there is room in it: most of the time of these tests is waiting for a disk."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > _ROOM
    return memory if roomy else Path(tempfile.gettempdir())


@dataclass(frozen=True)
class PostgresServer:
    """A server of our own: in a temporary folder, on a unix socket, with no network."""

    folder: Path
    user: str

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{self.user}@/{database}?host={self.folder}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        where = f"host={self.folder} user={self.user} dbname={database}"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for as long as the block runs."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="dpg-", dir=quick_place()))
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    as_user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    data = folder / "data"
    init = [
        str(programs / "initdb"),
        "-D",
        str(data),
        "-U",
        user,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "-N",
    ]
    subprocess.run([*as_user, *init, "--locale=C.UTF-8"], check=True, capture_output=True)
    log = (folder / "log").open("w")
    run = [str(programs / "postgres"), "-D", str(data), "-k", str(folder), "-h", "", *_QUICK]
    process = subprocess.Popen([*as_user, *run], stdout=log, stderr=log, cwd=folder)
    try:
        server = PostgresServer(folder, user)
        _wait_until_ready(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    if on_path is None:
        raise RuntimeError(_ADVICE)
    return Path(on_path).parent


def _wait_until_ready(server: PostgresServer, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            server.execute("SELECT 1")
        except psycopg.OperationalError:
            if process.poll() is not None:
                raise RuntimeError((server.folder / "log").read_text()) from None
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("PostgreSQL did not start.")


@dataclass
class StoreMaker:
    """Makes fresh migrated stores; each back-end is migrated once and copied afterwards.

    The copies share one master key and one root key. That is a lie only where keys themselves
    are under test; those tests migrate a store of their own (`empty`).
    """

    folder: Path
    server: PostgresServer
    templates: dict[str, Settings] = field(default_factory=dict)

    def empty(self, backend: str) -> Settings:
        """Settings of a store that is not there yet."""
        name = f"t{uuid.uuid4().hex}"
        home = self.folder / name
        if backend == "sqlite":
            return Settings.from_environment({"DECLARANT_HOME": str(home)})
        home.mkdir(mode=0o700)
        self.server.execute(f"CREATE DATABASE {name}")
        return self._on_server(home, name)

    def migrated(self, backend: str) -> Settings:
        """Settings of a migrated store."""
        template = self.templates.get(backend) or self._template(backend)
        name = f"t{uuid.uuid4().hex}"
        home = self.folder / name
        shutil.copytree(template.home, home)
        if backend == "sqlite":
            return Settings.from_environment({"DECLARANT_HOME": str(home)})
        source = _database_of(template)
        self.server.execute(f"CREATE DATABASE {name} TEMPLATE {source}")
        return self._on_server(home, name)

    def drop(self, settings: Settings) -> None:
        """Remove a store."""
        if not settings.embedded:
            name = _database_of(settings)
            self.server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        shutil.rmtree(settings.home, ignore_errors=True)

    def _template(self, backend: str) -> Settings:
        settings = self.empty(backend)
        migrate(settings)
        self.templates[backend] = settings
        return settings

    def _on_server(self, home: Path, name: str) -> Settings:
        key_file = home / "key"
        if not key_file.exists():  # a server's store is given its key, it never makes one
            key_file.write_text(f"test:{'A' * 43}=\n")
        return Settings.from_environment(
            {
                "DECLARANT_HOME": str(home),
                "DECLARANT_DATABASE_URL": self.server.url(name),
                "DECLARANT_KEY_FILE": str(key_file),
            }
        )


def _database_of(settings: Settings) -> str:
    return settings.database_url.split("/")[3].split("?")[0]


@contextmanager
def raw(settings: Settings) -> Iterator[Connection]:
    """The tables as somebody sees them who has the database and not the key."""
    engine = make_engine(settings)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
