"""The sample case file: one story, drawn again and again alike, and readable."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from annotations.validate import warnings_of
from api.sample.draw import draw
from api.sample.gold import packet_gold
from api.sample.texts import PAPERS, paper, paragraphs
from extractor.documents.reading import read_case_file
from extractor.record import TRAFFICKER_ROLES, DocumentKind, FormName, TextSource

FOLDER = Path(__file__).parents[2] / "api" / "sample"
COMMITTED = FOLDER / "sample-case-file.pdf"
# Written into forms, and so in fields.
_WRITTEN = (
    "locked me in at the Prairie Star Motor Lodge",
    "An unidentified driver with a burn scar on the left hand",
)


def field_values(path: Path) -> dict[str, str]:
    with pikepdf.open(path) as packet:
        return {str(f.T): str(f.get("/V", "")) for f in packet.Root.AcroForm.Fields}


def page_texts(path: Path) -> list[str]:
    pages = pypdfium2.PdfDocument(path)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pages]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample") / "drawn.pdf"
    draw(out)
    return out


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The last two pages of the declaration, on which everybody has come up."""
    out = tmp_path_factory.mktemp("sample") / "declaration.pdf"
    wordless = [number for number, text in enumerate(page_texts(COMMITTED)) if not text]
    with pikepdf.open(COMMITTED) as packet, pikepdf.new() as declaration:
        declaration.pages.extend(packet.pages[number] for number in wordless[1:])
        declaration.save(out)
    return out


def test_the_committed_file_is_what_the_generator_draws(drawn: Path) -> None:
    assert page_texts(drawn) == page_texts(COMMITTED)
    assert field_values(drawn) == field_values(COMMITTED)


def test_drawing_twice_gives_the_same_bytes(drawn: Path, tmp_path: Path) -> None:
    draw(tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == drawn.read_bytes()


def test_the_committed_file_is_of_the_promised_size() -> None:
    assert 12 <= len(page_texts(COMMITTED)) <= 20
    assert COMMITTED.stat().st_size < 4_000_000


def test_the_fields_bear_the_names_of_the_real_form() -> None:
    values = field_values(COMMITTED)
    assert values["P3_Line5_CaseNumber"] == values["Line9_CaseNumber"] == "23-PC-00417"
    assert "Conrad Halvorsen" in values["P3_Line5_Circumstances"]
    assert values["DateofEntry"] == "10/02/2022"
    assert {"EACNumber", "P10_Line2d", "GivenName", "Line10_FBIorSIDNumber"} <= values.keys()


def test_every_field_has_an_appearance() -> None:
    with pikepdf.open(COMMITTED) as packet:
        assert all("/AP" in field for field in packet.Root.AcroForm.Fields)


@pytest.mark.parametrize("name", PAPERS)
def test_the_marks_of_a_paper_are_complete(name: str) -> None:
    assert list(warnings_of(paper(name))) == []


@pytest.mark.parametrize("name", ["certificate", "police_report", "letter"])
def test_pdfium_reads_the_digital_papers_word_for_word(name: str) -> None:
    assert " ".join(paragraphs(name)) in page_texts(COMMITTED)


def test_the_committed_gold_is_that_of_the_marks() -> None:
    assert json.loads((FOLDER / "gold.json").read_text("utf-8")) == packet_gold()


def test_the_gold_tells_the_guilty_from_those_who_only_look_it() -> None:
    gold = packet_gold()
    listed = {actor["name"] for actor in gold["alleged_traffickers"]}
    assert listed == {
        "Bishwanath Adhikari",
        "Conrad Halvorsen",
        "Maureen Halvorsen",
        "An unidentified driver",
        "Himal Gate Overseas Pvt. Ltd.",
        "Prairie Star Motor Lodge LLC",
    }
    innocents = {actor["name"]: actor["roles"] for actor in gold["innocents"]}
    assert {"Walter Pruitt", "Dhan Bahadur Bhujel", "Sabina Lama"} <= innocents.keys()
    assert not any(TRAFFICKER_ROLES.intersection(roles) for roles in innocents.values())


def test_the_names_of_the_scanned_declaration_are_read(scan: Path) -> None:
    case = read_case_file(scan)
    text = " ".join(case.text.split())
    assert {page.page.text_source for page in case.pages} == {TextSource.OCR}
    for actor in packet_gold()["alleged_traffickers"]:
        named = [name for name in (actor["name"], *actor["aliases"]) if name in text]
        assert named, actor["name"]
    for name in ("Kanchha Dai", "Biswanath Adhikary", "Walter Pruitt", "23-PC-00417", "P0000231N"):
        assert name in text


def test_the_papers_of_the_digital_pages_are_told_apart(tmp_path: Path) -> None:
    with pikepdf.open(COMMITTED) as packet:
        for number in reversed(range(len(packet.pages))):
            if not page_texts(COMMITTED)[number]:
                del packet.pages[number]
        packet.save(tmp_path / "digital.pdf")
    case = read_case_file(tmp_path / "digital.pdf")
    assert [(section.kind, section.form) for section in case.sections] == [
        (DocumentKind.APPLICATION_FORM, FormName.I_914),
        (DocumentKind.SUPPLEMENT_B, FormName.I_914B),
        (DocumentKind.TRANSLATION_CERTIFICATE, None),
        (DocumentKind.POLICE_REPORT, None),
        (DocumentKind.LETTER, None),
    ]
    assert all(words in " ".join(case.text.split()) for words in _WRITTEN)
