"""Stores for the tests of the haven room: every test that takes `haven` runs on both back-ends."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from haven import Haven, Settings, open_haven
from tests.databases import BACKENDS, StoreMaker, quick_place, running_postgres


@pytest.fixture(scope="session")
def stores() -> Iterator[StoreMaker]:
    with (
        tempfile.TemporaryDirectory(prefix="declarant-tests-", dir=quick_place()) as folder,
        running_postgres() as server,
    ):
        yield StoreMaker(Path(folder), server)


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_settings(stores: StoreMaker, backend: str) -> Iterator[Settings]:
    settings = stores.empty(backend)
    yield settings
    stores.drop(settings)


@pytest.fixture
def settings(stores: StoreMaker, backend: str) -> Iterator[Settings]:
    settings = stores.migrated(backend)
    yield settings
    stores.drop(settings)


@pytest.fixture
def haven(settings: Settings) -> Iterator[Haven]:
    with open_haven(settings) as haven:
        yield haven
