"""Glyphs of which their font does not say what they are: never taken for another letter."""

from __future__ import annotations

import tempfile
from pathlib import Path

import casefiles
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.documents.checked import RawPage
from extractor.documents.client import FileReading
from extractor.documents.kinds import MediaType
from extractor.documents.reader import pdf_file, pdf_words
from extractor.documents.reader.geometry import PageFrame
from extractor.documents.settings import ReadingSettings

_LINE = b"0 -16 Td (The owner kept the papers of the workers in a drawer) Tj "


def _file(folder: Path, code: int, name: bytes, words: bytes = b"DIALLO-KE%bTA") -> Path:
    """Many honest words, and among them one glyph of this code that its font calls so."""
    shown = words % (b"\\%03o" % code)
    body = b"BT /A 11 Tf 72 740 Td " + _LINE * 20 + b"0 -16 Td (" + shown + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /A 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(body), body),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding"
        b" /BaseEncoding /WinAnsiEncoding /Differences [%d /%b] >> >>" % (code, name),
    ]
    return casefiles.raw_pdf(folder / "glyph.pdf", objects)


def _page(path: Path) -> RawPage:
    page = next(FileReading(path, MediaType.PDF, ReadingSettings()).parts())
    assert isinstance(page, RawPage)
    return page


@pytest.mark.parametrize("code", [0, 1, 2, 0x4A, 0xCE])
def test_word_that_lacks_a_letter_is_read_by_ocr(tmp_path: Path, code: int) -> None:
    page = _page(_file(tmp_path, code, b"g23"))
    assert page.raster is not None
    assert not page.texts


def test_glyph_named_after_its_place_is_no_ornament(tmp_path: Path) -> None:
    assert _page(_file(tmp_path, 0xCE, b"a1")).raster is not None


@pytest.mark.parametrize("name", [b"Idieresis", b"uni00CF"])
def test_glyph_with_a_meaning_is_read_as_it_is(tmp_path: Path, name: bytes) -> None:
    page = _page(_file(tmp_path, 1, name))
    assert page.raster is None
    assert "DIALLO-KEÏTA" in page.texts
    assert not page.hurt


@pytest.mark.parametrize(("words", "hurt"), [(b"%b Bintou", False), (b"%bBintou", True)])
def test_what_may_be_a_bullet_costs_no_ocr(tmp_path: Path, words: bytes, *, hurt: bool) -> None:
    page = _page(_file(tmp_path, 1, b"g23", words))
    assert page.raster is None
    assert page.hurt is hurt


@given(st.integers(0, 255))
@settings(max_examples=30)
def test_no_code_passes_for_a_letter(code: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = _file(Path(folder), code, b"g23").read_bytes()
    with pdf_file.opened(data, 1 << 20) as document, document.page(0) as page:
        words = pdf_words.read(page, PageFrame.of(page), 10_000)
    assert words.unmapped >= 1
    assert words.pierced_words >= 1
