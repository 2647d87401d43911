"""A real server and a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.api.packets import packet
from tests.api.server import Server

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("needs chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """One server for the stories of a module, and its sign-in link."""
    server = Server(tmp_path_factory.mktemp("site") / "home")
    link = server.start()
    yield server, link
    server.stop()


@pytest.fixture(scope="module")
def signed_in(served: tuple[Server, str], browser: Browser) -> Iterator[Page]:
    """A page behind the sign-in link; a script error or a refused style fails the test."""
    server, link = served
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    page = context.new_page()
    problems: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # A refused decision is shown to the user; the browser's own line about it is no defect.
        told_to_user = "status of" in message.text or "Response Status Error" in message.text
        if message.type == "error" and not told_to_user:
            problems.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(link)
    page.wait_for_url(f"http://127.0.0.1:{server.port}/")
    yield page
    context.close()
    assert problems == []


@pytest.fixture(scope="session")
def case_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented case file on disk."""
    path = tmp_path_factory.mktemp("files") / "declaration.pdf"
    path.write_bytes(packet())
    return path
