"""The queue with real processes: killed anywhere, nothing is lost and nothing done twice."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from api.settings import SiteSettings
from haven import Haven, Settings, migrate, open_haven
from haven.views import JobState
from tests.api.packets import PAGES, packet
from tests.api.server import ROOT, Server
from tests.databases import BACKENDS, running_postgres

READ_SLOWLY = "tests.api.packets:read_slowly"


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


def states(client: httpx.Client, case_id: str) -> list[str]:
    return [one["state"] for one in client.get(f"/api/v1/cases/{case_id}/files").json()]


def files(count: int) -> list[tuple[str, tuple[str, bytes, str]]]:
    texts = [packet((f"File {number}\n{PAGES[0]}",)) for number in range(count)]
    return [("files", (f"{n}.pdf", text, "application/pdf")) for n, text in enumerate(texts)]


def test_a_server_killed_while_it_reads_loses_nothing_and_repeats_nothing(
    start: Callable[[str], Server], store: dict[str, str], tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    server = start(READ_SLOWLY)
    client = server.client(server.start())
    case_id = client.post("/api/v1/cases", json={}).json()["id"]
    sent = client.post(f"/api/v1/cases/{case_id}/files", files=files(3))
    assert sent.status_code == 202
    wait_for(trace.exists)
    assert "DONE" not in states(client, case_id)[1:]
    server.kill()

    client = server.client(server.start())
    wait_for(lambda: set(states(client, case_id)) == {"DONE"})
    with open_haven(Settings.from_environment(store)) as haven:
        for document in haven.files.of_case(case_id, by="test"):
            assert len(haven.extractions.history(document.id, by="test")) == 1
            jobs = haven.jobs.of_document(document.id)
            assert [job.state for job in jobs] == [JobState.DONE]
    begun = trace.read_text().split()
    assert len(begun) == 4, "the file under way was read again, the others once"


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_file_that_kills_each_of_its_workers_is_given_up(start: Callable[[str], Server]) -> None:
    server = start("tests.api.packets:read_and_die")
    client = server.client(server.start())
    case_id = client.post("/api/v1/cases", json={}).json()["id"]
    client.post(f"/api/v1/cases/{case_id}/files", files=files(1))
    wait_for(lambda: "FAILED" in states(client, case_id), 150)
    failed = client.get(f"/api/v1/cases/{case_id}/files").json()[0]
    assert failed["error"]["code"] == "D304"


def backfill(folder: Path, home: Path, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "declarant.main", "backfill", str(folder)],
        cwd=ROOT,
        env=os.environ
        | {"DECLARANT_HOME": str(home), "DECLARANT_WORKERS": "1", "DECLARANT_READER": READ_SLOWLY}
        | more,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )


@pytest.fixture(params=BACKENDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Variables that name an empty store, of either kind."""
    home = {"DECLARANT_HOME": str(tmp_path / "home"), "DECLARANT_KEY_FILE": str(tmp_path / "key")}
    if request.param == "sqlite":
        yield home
        return
    migrate(Settings.from_environment(home))  # makes the key; production is given one
    with running_postgres() as postgres:
        postgres.execute("CREATE DATABASE declarant")
        yield home | {"DECLARANT_DATABASE_URL": postgres.url("declarant")}


@pytest.fixture
def start(tmp_path: Path, store: dict[str, str]) -> Iterator[Callable[[str], Server]]:
    """Makes a server that ends with the test."""
    made: list[Server] = []

    def make(reader: str) -> Server:
        told = store | {"DECLARANT_TEST_TRACE": str(tmp_path / "trace")}
        made.append(Server(tmp_path / "home", reader, told))
        return made[-1]

    yield make
    for server in made:
        server.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    below = tmp_path / "in" / "below"
    below.mkdir(parents=True)
    for _, (name, content, _) in files(3):
        (below / name).write_bytes(content)
    (below / "again.pdf").write_bytes((below / "0.pdf").read_bytes())
    (below.parent / "EAC1590000007.pdf").write_bytes(packet(PAGES[1:]))
    (below / "tool.pdf").write_bytes(b"MZ\x90\x00\x03\x00\x00\x00")
    return below.parent


def test_a_killed_backfill_goes_on_where_it_stopped(folder: Path, tmp_path: Path) -> None:
    home, trace = tmp_path / "home", tmp_path / "trace"
    told = {"DECLARANT_TEST_TRACE": str(trace), "DECLARANT_TEST_DELAY": "0.6"}
    first = backfill(folder, home, **told)
    wait_for(lambda: trace.exists() and len(trace.read_text().split()) >= 2)
    first.kill()
    first.communicate()

    second = backfill(folder, home, **told)
    _, said = second.communicate(timeout=90)
    assert second.returncode == 1
    assert said.splitlines()[-1] == "5 done, 1 failed"
    assert "tool.pdf: D202" in said
    begun = trace.read_text().split()
    assert len(set(begun)) == 4, "the same bytes are read once"
    assert len(begun) <= 5, "only the file under way was read again"
    with open_haven(Settings.from_environment({"DECLARANT_HOME": str(home)})) as haven:
        check_each_was_kept_once(haven)


def check_each_was_kept_once(haven: Haven) -> None:
    cases = haven.cases.browse(by="test")
    assert len(cases) == 4
    assert "EAC1590000007" in {case.receipt_number for case in cases}
    for case in cases:
        for document in haven.files.of_case(case.id, by="test"):
            assert len(haven.extractions.history(document.id, by="test")) == 1


def test_jobs_go_to_postgresql_where_the_store_is() -> None:
    url = "postgresql+psycopg://declarant@db/declarant"
    settings = SiteSettings.from_environment({"DECLARANT_DATABASE_URL": url})
    assert settings.jobs_url == "postgresql://declarant@db/declarant"
