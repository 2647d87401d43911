"""The README's story with nothing replaced: the sample case file, the real reader and model.

With DECLARANT_SCREENSHOTS=FOLDER the pictures of the README are written there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.server import Server

READING = 240_000


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    home = tmp_path_factory.mktemp("whole") / "home"
    server = Server(home, reader="api.jobs.reading:read_document")
    link = server.start()
    yield server, link
    server.stop()


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("DECLARANT_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.wait_for_function("[...document.images].every((image) => image.complete)")
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_the_sample_case_file_becomes_a_confirmed_record(
    whole: tuple[Server, str], browser: Browser
) -> None:
    server, link = whole
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(link)
    page.goto(f"http://127.0.0.1:{server.port}/cases/new")
    picture(page, "new-case")
    page.get_by_text("sample case file").last.click()
    expect(page.locator(".reading label")).to_contain_text("of 15 pages read", timeout=READING)
    expect(page.locator(".reading__done")).to_be_visible(timeout=READING)
    picture(page, "case")
    page.get_by_role("link", name="Review").click()
    expect(page.locator(".finding").first).to_be_visible()
    names = " ".join(page.locator(".finding h3, .finding h2").all_text_contents())
    assert "halvorsen" in names.casefold()
    page.locator(".finding .quote").first.click()
    page.wait_for_load_state("networkidle")
    picture(page, "review")
    for _ in range(page.locator(".finding").count()):
        undecided = page.locator(".finding:not(.finding--accepted):not(.finding--rejected)")
        if not undecided.count():
            break
        before = page.locator(".finding--accepted").count()
        undecided.first.get_by_role("button", name="Accept").click()
        expect(page.locator(".finding--accepted")).to_have_count(before + 1)
    page.get_by_role("button", name="Confirm case").click()
    expect(page.get_by_role("heading", name="Confirmed record")).to_be_visible()
    assert "halvorsen" in " ".join(page.locator(".subject h2").all_text_contents()).casefold()
    page.get_by_text("Roles and means, as the files tell them").first.click()
    expect(page.locator(".told mark").first).to_be_visible()
    picture(page, "record")
    context.close()
