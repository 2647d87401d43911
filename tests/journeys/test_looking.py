"""What an adjudicator looks at in a browser: evidence on its page, several files, its size.

With DECLARANT_SCREENSHOTS=FOLDER pictures of what is seen are written there.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.api.packets import packet
from tests.api.server import Server
from tests.api.test_evidence import REPORT

LONG_NAME = "report-of-the-sheriff-of-washoe-county-with-annexes.pdf"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two files that name one person, one that is empty and one that is damaged."""
    contents = {
        "declaration.pdf": packet(),
        LONG_NAME: packet(REPORT),
        "empty.pdf": b"",
        "damaged.pdf": b"%PDF-1.7\nthis is cut off",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in contents]


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("DECLARANT_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for image in page.locator("main img").all():
            image.evaluate("image => image.decode()")
        for width in (1280, 400):
            page.set_viewport_size({"width": width, "height": 900})
            path = Path(folder) / f"{name}-{width}.png"
            # Hiding the caret would take a style that the pages refuse.
            page.screenshot(path=path, full_page=width == 400, caret="initial")
        page.set_viewport_size({"width": 1280, "height": 800})


def width_of(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None
    return box["width"]


def test_an_adjudicator_follows_the_evidence_through_several_files(
    signed_in: Page, served: tuple[Server, str], files: list[Path]
) -> None:
    page, (server, _) = signed_in, served
    page.goto(f"http://127.0.0.1:{server.port}/cases/new")
    page.set_input_files("#files", files)
    page.get_by_role("button", name="Open case and read files").click()
    expect(page.locator("[data-refused]")).to_contain_text("3 files were taken")
    expect(page.locator("[data-refused] li")).to_have_count(1)
    expect(page.locator("[data-refused] li")).to_contain_text("empty.pdf: The file is empty.")
    expect(page.locator("form[data-upload]")).to_be_hidden()
    expect(page.get_by_role("heading", name="New case")).to_be_hidden()
    picture(page, "refused")
    page.get_by_role("link", name="Go on to the case").click()
    expect(page.locator(".reading__done")).to_have_count(2, timeout=60_000)
    expect(page.locator(".reading__failed")).to_have_count(1, timeout=60_000)
    page.get_by_role("link", name="Review").click()
    page.wait_for_load_state("networkidle")

    facts = page.locator(".case-facts__one").first
    expect(facts).to_contain_text("The files contradict each other")
    facts.locator(".quote").last.click()
    expect(page.locator(".mark--sought").first).to_be_in_viewport()
    expect(page.locator(".filters [aria-current]")).to_have_text(LONG_NAME)
    picture(page, "review")

    page.locator(".alike").first.scroll_into_view_if_needed()
    picture(page, "alike")
    before = page.locator(".finding").count()
    page.locator(".alike").first.get_by_role("button", name="Merge").click()
    expect(page.locator(".finding")).to_have_count(before - 1)
    expect(page.locator(".mark--sought").first).to_be_attached()

    for _ in range(before - 1):
        decided = page.locator(".finding--accepted").count()
        page.locator(".finding--undecided").first.get_by_role("button", name="Accept").click()
        expect(page.locator(".finding--accepted")).to_have_count(decided + 1)
    page.get_by_role("button", name="Confirm case").click()
    expect(page.get_by_label("I know that 1 file was not read")).to_be_focused()
    picture(page, "confirm")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Confirm case").click()
    expect(page.get_by_role("heading", name="Confirmed record")).to_be_visible()
    page.locator(".subject details summary").first.click()
    picture(page, "record")
    page.locator(".subject .quotes a").first.click()
    expect(page.locator(".page__where")).to_be_visible()
    page.goto(f"http://127.0.0.1:{server.port}/")
    page.get_by_role("searchbox").fill("(775) 555-0142")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Victor Salcedo")).to_be_visible()
    picture(page, "search")


def test_the_page_is_enlarged_and_stays_so(
    signed_in: Page, served: tuple[Server, str], files: list[Path]
) -> None:
    page, (server, _) = signed_in, served
    page.goto(f"http://127.0.0.1:{server.port}/cases/new")
    page.set_input_files("#files", files[:2])
    page.get_by_role("button", name="Open case and read files").click()
    expect(page.locator(".reading__done")).to_have_count(2, timeout=60_000)
    page.get_by_role("link", name="Review").click()
    page.wait_for_load_state("networkidle")
    sheet, overlay = page.locator(".page__sheet"), page.locator(".overlay")
    fitting = width_of(sheet)
    page.keyboard.press("+")
    page.get_by_role("button", name="Larger").click()
    expect(page.locator("[data-zoom-now]")).to_have_text("150%")
    assert abs(width_of(sheet) - 1.5 * fitting) < 25, "but for the scroll bar"
    assert width_of(overlay) == width_of(sheet)
    page.keyboard.press("]")
    expect(page.locator(".page__where")).to_have_text("Page 2 of 2")
    expect(page.locator("[data-zoom-now]")).to_have_text("150%")
    assert abs(width_of(sheet) - 1.5 * fitting) < 25
    expect(page.locator(".page__sheet img")).to_have_attribute("src", re.compile(r"\?sharp=1$"))
    page.locator(".finding .quote").first.click()
    expect(page.locator(".mark--sought").first).to_be_in_viewport()
    picture(page, "zoomed")
    page.locator('.word[data-text="Montes"]').first.click()
    expect(page.locator("#selected-text")).to_have_text("Montes")
    page.keyboard.press("Escape")
    page.get_by_role("link", name=LONG_NAME).click()
    expect(page.locator("[data-zoom-now]")).to_have_text("150%")
    page.keyboard.press("-")
    expect(page.locator("[data-zoom-now]")).to_have_text("125%")
    page.keyboard.press("0")
    expect(page.locator("[data-zoom-now]")).to_have_text("100%")
    assert width_of(sheet) == fitting
