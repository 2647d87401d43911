"""The kind of a file comes from its bytes, and each refusal has its own error."""

from __future__ import annotations

import random
from pathlib import Path

import casefiles
import pikepdf
import pytest
from PIL import Image

from extractor.documents.kinds import MediaType, media_type
from extractor.documents.reading import read_case_file
from extractor.errors import (
    DamagedInputError,
    DeclarantError,
    EmptyInputError,
    EncryptedInputError,
    OversizedInputError,
    UnsupportedInputError,
)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", MediaType.PNG),
        (b"\xff\xd8\xff\xe0....", MediaType.JPEG),
        (b"II*\x00....", MediaType.TIFF),
        (b"MM\x00*....", MediaType.TIFF),
        (b"%PDF-1.7\n", MediaType.PDF),
        (b"junk before it\n%PDF-1.4\n", MediaType.PDF),
        (b"PK\x03\x04[Content_Types].xml word/document.xml", MediaType.DOCX),
        (b"I, Rosa, declare.", MediaType.TXT),
        ("Señora Benítez".encode("cp1252"), MediaType.TXT),
        ("Señora Benítez".encode(), MediaType.TXT),
        ("Señora Benítez".encode("utf-16"), MediaType.TXT),
    ],
)
def test_kind_by_bytes(data: bytes, kind: MediaType) -> None:
    assert media_type(data) is kind


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyInputError),
        (b" \n\t ", EmptyInputError),
        (b"MZ\x90\x00\x03\x00\x00\x00", UnsupportedInputError),
        (b"\x7fELF\x02\x01\x01\x00", UnsupportedInputError),
        (random.Random(4).randbytes(4096), UnsupportedInputError),
        (b"PK\x03\x04[Content_Types].xml xl/workbook.xml", UnsupportedInputError),
        (b"{\\rtf1\\ansi I, Rosa, declare}", UnsupportedInputError),
        (b"<html><body>I, Rosa, declare</body></html>", UnsupportedInputError),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            EncryptedInputError,
        ),
        (b"GIF89a\x01\x00\x01\x00", UnsupportedInputError),
    ],
)
def test_refusals_by_bytes(data: bytes, error: type[DeclarantError]) -> None:
    with pytest.raises(error):
        media_type(data)


def test_name_does_not_count(tmp_path: Path) -> None:
    path = casefiles.pdf(tmp_path / "statement.txt", [casefiles.STATEMENT])
    assert read_case_file(path).source.media_type == MediaType.PDF


def test_executable_named_pdf(tmp_path: Path) -> None:
    path = tmp_path / "statement.pdf"
    path.write_bytes(b"MZ\x90\x00" + random.Random(1).randbytes(3000))
    with pytest.raises(UnsupportedInputError):
        read_case_file(path)


def test_pdf_without_pages(tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    pikepdf.new().save(path)
    with pytest.raises(EmptyInputError):
        read_case_file(path)


@pytest.mark.parametrize("strength", [3, 4, 6])
def test_password_needed(tmp_path: Path, strength: int) -> None:
    path = _encrypted(tmp_path, strength, user="secret")
    with pytest.raises(EncryptedInputError):
        read_case_file(path)


@pytest.mark.parametrize("strength", [2, 4, 6])
def test_owner_password_alone_is_no_obstacle(tmp_path: Path, strength: int) -> None:
    path = _encrypted(tmp_path, strength, user="")
    assert "Dwight Hollister" in read_case_file(path).text


def _encrypted(tmp_path: Path, strength: int, user: str) -> Path:
    path = tmp_path / "locked.pdf"
    plain = casefiles.pdf(tmp_path / "plain.pdf", [casefiles.STATEMENT])
    with pikepdf.open(plain) as pdf:
        pdf.save(
            path,
            encryption=pikepdf.Encryption(
                user=user,
                owner="owner",
                R=strength,
                aes=strength >= 4,
                metadata=strength >= 4,
            ),
        )
    return path


def test_header_alone_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Cat")
    with pytest.raises(DamagedInputError):
        read_case_file(path)


def test_truncated_pdf_gives_what_is_left(tmp_path: Path) -> None:
    pages = [[f"Page {number} tells of Dwight Hollister."] for number in range(1, 41)]
    whole = casefiles.pdf(tmp_path / "whole.pdf", pages)
    path = tmp_path / "cut.pdf"
    data = whole.read_bytes()
    path.write_bytes(data[: int(0.6 * len(data))])
    try:
        case = read_case_file(path)
    except DamagedInputError:
        return
    assert "Dwight Hollister" in case.text
    unread = [page for page in case.pages if not page.words]
    named = [problem for problem in case.problems if "could not be read" in problem]
    assert bool(named) is bool(unread)
    assert "The file is damaged and was repaired; pages may be missing." in case.problems


def test_damaged_cross_references_are_repaired(tmp_path: Path) -> None:
    whole = casefiles.pdf(tmp_path / "whole.pdf", [casefiles.STATEMENT] * 3)
    path = tmp_path / "bad.pdf"
    data = whole.read_bytes()
    path.write_bytes(data[: data.rindex(b"xref") - 60])
    case = read_case_file(path)
    assert len(case.pages) == 3
    assert case.text.count("Lorraine Hollister") == 3


def test_lost_page_is_named(tmp_path: Path) -> None:
    path = tmp_path / "hole.pdf"
    whole = casefiles.pdf(tmp_path / "whole.pdf", [casefiles.STATEMENT] * 3)
    with pikepdf.open(whole) as pdf:
        pdf.pages[1].obj["/MediaBox"] = pikepdf.Array([0, 0, 0, 0])
        kids = pdf.Root.Pages.Kids
        kids[1] = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font))
        pdf.save(path)
    case = read_case_file(path)
    assert [page.page.number for page in case.pages] == [1, 2, 3]
    assert case.problems == ("Page 2 could not be read.",)


def test_picture_of_too_many_pixels(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    Image.new("1", (30_000, 30_000)).save(path)
    with pytest.raises(OversizedInputError):
        read_case_file(path)


def test_truncated_png_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "cut.jpg"
    casefiles.picture(casefiles.STATEMENT, 100).save(path, quality=80)
    path.write_bytes(path.read_bytes()[:-2000])
    case = read_case_file(path)
    assert len(case.pages) == 1
    assert case.problems
