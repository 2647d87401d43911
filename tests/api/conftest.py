"""A site over a real store in a temporary home; its queue reads at once, in the test's process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.jobs.queue import Stage, Step
from api.jobs.work import ReadAndStore, Task, work_on
from api.settings import SiteSettings
from api.signin.current import COOKIE, csrf_token
from api.signin.link import local_user
from api.site import Site
from haven import Haven, Settings, migrate, open_haven
from haven.views import Job
from tests.api.packets import read_document


@dataclass
class InlineQueue:
    """Reads whatever is submitted, at once; `hold` keeps it waiting instead."""

    haven: Haven
    read: ReadAndStore = read_document
    hold: bool = False
    gave_up: bool = False
    at: Step = field(default_factory=lambda: Step(Stage.READING))
    submitted: list[str] = field(default_factory=list)

    def submit(self, job: Job) -> None:
        self.submitted.append(job.id)
        if not self.hold:
            work_on(self.haven, Task(job.id, job.attempt), self.read, lambda stage: None)

    def step(self, job: Job) -> Step:
        return self.at

    def given_up(self, job: Job) -> bool:
        return self.gave_up

    def close(self) -> None:
        pass


@pytest.fixture
def settings(tmp_path: Path) -> SiteSettings:
    store = Settings.from_environment({**os.environ, "DECLARANT_HOME": str(tmp_path / "home")})
    migrate(store)
    return SiteSettings(store, max_upload_bytes=2 * 1024 * 1024)


@pytest.fixture
def haven(settings: SiteSettings) -> Iterator[Haven]:
    with open_haven(settings.store) as opened:
        yield opened


@pytest.fixture
def queue(haven: Haven) -> InlineQueue:
    return InlineQueue(haven)


@pytest.fixture
def site(haven: Haven, queue: InlineQueue, settings: SiteSettings) -> Site:
    return Site(haven, queue, settings)


@pytest.fixture
def stranger(site: Site) -> Iterator[TestClient]:
    """A client that nobody signed in with."""
    client = TestClient(create_app(site), raise_server_exceptions=False, follow_redirects=False)
    with client:
        yield client


@pytest.fixture
def client(stranger: TestClient, site: Site) -> TestClient:
    """A signed-in client that sends the page's token with everything."""
    token = site.haven.people.start_session(local_user(site.haven).id)
    stranger.cookies.set(COOKIE, token)
    stranger.headers["X-CSRF-Token"] = csrf_token(token)
    return stranger
