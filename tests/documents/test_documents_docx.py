"""Word files and plain text: everything that is written is read, and nothing else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import casefiles
import docx
import pytest
from PIL import Image

from extractor.documents.checked import RawPage
from extractor.documents.client import FileReading
from extractor.documents.kinds import MediaType
from extractor.documents.reading import read_case_file, render_page
from extractor.documents.settings import ReadingSettings
from extractor.errors import DamagedInputError, DeclarantError, EmptyInputError
from extractor.record import DocumentKind, TextSource

_DOCUMENT = (
    '<?xml version="1.0"?>{doctype}<w:document xmlns:w='
    '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body>'
    "</w:document>"
)


def _raw(path: Path, body: str, doctype: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", _DOCUMENT.format(doctype=doctype, body=body))
    return path


def _statement(path: Path) -> Path:
    document = docx.Document()
    for line in casefiles.STATEMENT:
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(
        table.rows, (("Name", "Dwight Hollister"), ("Plate", "XYZ 1234")), strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_page_break()
    document.add_paragraph("The second page names Lorraine.")
    document.sections[0].header.paragraphs[0].text = "Matter of M-Q-B-"
    document.save(str(path))
    return path


def test_word_file(tmp_path: Path) -> None:
    path = _statement(tmp_path / "a.docx")
    case = read_case_file(path)
    assert case.document_kind is DocumentKind.DECLARATION
    assert len(case.pages) == 2
    assert case.pages[0].page.text_source is TextSource.DIGITAL
    assert "Matter of M-Q-B-" in case.text
    assert "Name\tDwight Hollister\nPlate\tXYZ 1234" in case.text
    assert case.page_of(case.text.index("names Lorraine")).page.number == 2
    for page in case.pages:
        for word in page.words:
            assert case.text[word.start : word.end] == word.text
    assert render_page(path, 1).startswith(b"\x89PNG")


def test_scan_pasted_into_a_word_file(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Please find my statement below.")
    scan, logo = tmp_path / "scan.png", tmp_path / "logo.png"
    casefiles.picture(casefiles.STATEMENT).save(scan)
    casefiles.picture(["LOGO"]).resize((200, 90)).save(logo)
    document.add_picture(str(logo))
    document.add_picture(str(scan), width=docx.shared.Inches(6))
    path = tmp_path / "a.docx"
    document.save(str(path))
    case = read_case_file(path)
    assert [page.page.text_source for page in case.pages] == [TextSource.DIGITAL, TextSource.OCR]
    assert "Dwight Hollister" in case.text
    assert render_page(path, 2).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("name", "data", "problems"),
    [
        ("scan.jpeg", b"\xff\xd8 cut off", ("Page 2 could not be read.",)),
        ("huge.bin", None, ("Page 2 could not be read.",)),
        ("chart.emf", b"a drawing of another kind", ()),
    ],
)
def test_pasted_scan_that_cannot_be_read_is_named(
    tmp_path: Path, name: str, data: bytes | None, problems: tuple[str, ...]
) -> None:
    path = _raw(tmp_path / "a.docx", "<w:p><w:r><w:t>See my scan.</w:t></w:r></w:p>")
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(f"word/media/{name}", out.getvalue() if data is None else data)
    case = read_case_file(path)
    assert case.text == "See my scan."
    assert case.problems == problems


def test_frame_too_large_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    small, huge = Image.new("1", (850, 1100), 1), Image.new("1", (30_000, 9_000), 1)
    small.save(path, save_all=True, append_images=[huge, small], compression="group4")
    pages = list(FileReading(path, MediaType.TIFF, ReadingSettings()).parts())
    assert [isinstance(page, RawPage) and page.lost is None for page in pages] == [
        True, False, True
    ]  # fmt: skip


def test_deleted_text_is_not_read(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>and added.</w:t></w:r></w:ins></w:p>"
    )
    assert read_case_file(_raw(tmp_path / "a.docx", body)).text == "Kept and added."


def test_text_box_and_breaks(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Before</w:t><w:br/><w:t>after</w:t></w:r><w:r><w:pict><w:txbxContent>"
        "<w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    assert read_case_file(_raw(tmp_path / "a.docx", body)).text == "Before\nafter\nIn a box"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_entities_are_refused(tmp_path: Path, doctype: str) -> None:
    body = "<w:p><w:r><w:t>&e;</w:t></w:r></w:p>"
    with pytest.raises(DamagedInputError):
        read_case_file(_raw(tmp_path / "a.docx", body, doctype))


@pytest.mark.parametrize("levels", [2, 70])
def test_tables_in_tables_are_read_once(tmp_path: Path, levels: int) -> None:
    opening, closing = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    body = opening * levels + "<w:p><w:r><w:t>Paid 40</w:t></w:r></w:p>" + closing * levels
    assert read_case_file(_raw(tmp_path / "a.docx", body)).text == "Paid 40"


def test_rows_and_cells_in_content_controls(tmp_path: Path) -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    wrapped = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    row = "<w:tr>" + cell.format("Name") + wrapped.format(cell.format("Hollister")) + "</w:tr>"
    body = "<w:tbl>" + row + wrapped.format(row) + "</w:tbl>"
    text = read_case_file(_raw(tmp_path / "a.docx", body)).text
    assert text == "Name\tHollister\nName\tHollister"


def test_endlessly_nested_word_file(tmp_path: Path) -> None:
    body = "<w:p>" * 50_000 + "</w:p>" * 50_000
    with pytest.raises(DeclarantError):
        read_case_file(_raw(tmp_path / "a.docx", body))


def test_word_file_without_a_word(tmp_path: Path) -> None:
    with pytest.raises(EmptyInputError):
        read_case_file(_raw(tmp_path / "a.docx", "<w:p/>"))


def test_cut_off_word_file(tmp_path: Path) -> None:
    path = _statement(tmp_path / "a.docx")
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(DeclarantError):
        read_case_file(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_plain_text(tmp_path: Path, encoding: str) -> None:
    text = "Señor Núñez said “pay me”.\nHe kept my passport."
    path = tmp_path / "a.txt"
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    assert read_case_file(path).text == text


def test_lone_statement_is_a_declaration(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("My aunt sold me. I worked in her house and I never saw my pay.")
    case = read_case_file(path)
    assert case.document_kind is DocumentKind.DECLARATION
    assert len(case.sections) == 1
    assert (case.sections[0].start, case.sections[0].end) == (0, len(case.text))
