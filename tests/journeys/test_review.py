"""One adjudicator's whole story in a browser, with the mouse and then with the keyboard alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.api.server import Server


def open_case(page: Page, server: Server, case_file: Path, receipt: str) -> None:
    """A new case with the case file, read to its end."""
    page.goto(f"http://127.0.0.1:{server.port}/cases/new")
    page.fill("#receipt_number", receipt)
    page.set_input_files("#files", case_file)
    expect(page.locator(".dropzone__list li")).to_contain_text("declaration.pdf")
    page.get_by_role("button", name="Open case and read files").click()
    expect(page.locator(".reading__done")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Review").click()
    expect(page.locator(".finding")).to_have_count(5)
    page.wait_for_load_state()


def act(page: Page, name: str, button: str) -> None:
    finding = page.locator(".finding", has=page.get_by_role("heading", name=name, exact=True))
    finding.get_by_role("button", name=button).click()


def left(page: Page, text: str) -> None:
    expect(page.locator(".panel__left")).to_have_text(text)


def test_an_adjudicator_reviews_with_the_mouse(
    signed_in: Page, served: tuple[Server, str], case_file: Path, tmp_path: Path
) -> None:
    page, (server, _) = signed_in, served
    open_case(page, server, case_file, "EAC1590000001")
    expect(page.get_by_text("Protected by 8 U.S.C. 1367.")).to_be_visible()

    act(page, "Victor Salcedo", "Correct")
    page.get_by_label("Name", exact=True).fill("Víctor Salcedo")
    page.get_by_text("Confinement").click()
    page.get_by_role("button", name="Save correction").click()
    expect(page.get_by_role("heading", name="Víctor Salcedo")).to_be_visible()

    act(page, "Elvira Montes", "Merge")
    page.get_by_role("dialog").get_by_text("Mrs. Montes").click()
    page.get_by_role("dialog").get_by_role("button", name="Merge").click()
    expect(page.locator(".finding")).to_have_count(4)

    act(page, "Elvira Montes", "Split")
    page.get_by_label("Name of the other person").fill("Elvira the elder")
    page.locator(".mentions label").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Split").click()
    expect(page.locator(".finding")).to_have_count(5)
    page.locator("[data-undo-last]").click()
    expect(page.locator(".finding")).to_have_count(4)

    page.get_by_role("button", name="Next page").click()
    expect(page.locator(".page__where")).to_have_text("Page 2 of 2")
    first, last = (page.locator(f'.word[data-text="{word}"]').first for word in ("deputy", "of"))
    first.drag_to(last)
    expect(page.locator("#selection")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    page.locator('.word[data-text="Chato"]').first.click()
    page.get_by_role("button", name="Add as alleged trafficker").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Chato")
    page.get_by_text("Enforcer").click()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="Chato")).to_be_visible()

    act(page, "Patricia Lowe", "Reject")
    for name in ("Elvira Montes", "Rafael Montes", "Víctor Salcedo"):
        act(page, name, "Accept")
        accepted = page.locator(".finding--accepted", has=page.get_by_role("heading", name=name))
        expect(accepted).to_be_visible()
    if page.locator(".panel__left").text_content() != "All decided":
        act(page, "Chato", "Accept")
    left(page, "All decided")
    page.get_by_role("button", name="Confirm case").click()
    expect(page.get_by_role("heading", name="Confirmed record")).to_be_visible()
    subjects = {name.strip() for name in page.locator(".subject h2").all_text_contents()}
    assert subjects == {"Elvira Montes", "Rafael Montes", "Víctor Salcedo", "Chato"}
    with page.expect_download() as download:
        page.get_by_role("link", name="Download JSON").click()
    saved = tmp_path / "record.json"
    download.value.save_as(saved)
    names = json.dumps(json.loads(saved.read_text()), ensure_ascii=False)
    assert "Víctor Salcedo" in names


def test_an_adjudicator_reviews_with_the_keyboard_alone(
    signed_in: Page, served: tuple[Server, str], case_file: Path
) -> None:
    page, (server, _) = signed_in, served
    open_case(page, server, case_file, "EAC1590000002")
    press = page.keyboard.press
    press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Keyboard shortcuts")
    press("Escape")
    for decided in range(1, 4):
        press("j")
        press("a")
        left(page, f"{5 - decided} to decide")
    press("u")
    left(page, "3 to decide")
    press("a")
    left(page, "2 to decide")
    press("j")
    press("r")
    left(page, "1 to decide")
    press("j")
    press("c")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("Patricia Lowe-Reyes")
    press("Enter")
    expect(page.get_by_role("heading", name="Patricia Lowe-Reyes")).to_be_visible()
    press("a")
    press("]")
    expect(page.locator(".page__where")).to_have_text("Page 2 of 2")
    press("w")
    for _ in range(7):
        press("ArrowRight")
    expect(page.locator("#selected-text")).to_have_text("Chato")
    press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Chato")
    page.get_by_label("Enforcer").focus()
    press("Space")
    press("Enter")
    expect(page.get_by_role("heading", name="Chato")).to_be_visible()


def test_a_page_that_is_out_of_date_says_so(
    signed_in: Page, served: tuple[Server, str], case_file: Path
) -> None:
    page, (server, _) = signed_in, served
    open_case(page, server, case_file, "EAC1590000003")
    other = page.context.new_page()
    other.goto(page.url)
    act(other, "Rafael Montes", "Accept")
    left(other, "4 to decide")
    act(page, "Victor Salcedo", "Accept")
    expect(page.locator("#alerts")).to_contain_text("Reload the page")
    left(page, "5 to decide")
    other.close()


def test_a_file_that_cannot_be_read_is_refused_in_one_line(
    signed_in: Page, served: tuple[Server, str], tmp_path: Path
) -> None:
    page, (server, _) = signed_in, served
    program = tmp_path / "statement.pdf"
    program.write_bytes(b"MZ\x90\x00\x03\x00\x00\x00\x04\x00")
    page.goto(f"http://127.0.0.1:{server.port}/cases/new")
    page.set_input_files("#files", program)
    page.get_by_role("button", name="Open case and read files").click()
    expect(page.locator("#alerts")).to_contain_text("D202")
    expect(page).to_have_url(re.compile("/cases/new$"))


def test_the_review_page_fits_a_phone(
    signed_in: Page, served: tuple[Server, str], case_file: Path
) -> None:
    page, (server, _) = signed_in, served
    page.set_viewport_size({"width": 390, "height": 844})
    open_case(page, server, case_file, "EAC1590000004")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    page.set_viewport_size({"width": 1280, "height": 800})
