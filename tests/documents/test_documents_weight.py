"""A page that makes pdfium read too much is refused before it is drawn, and no other page is."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import casefiles
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.limits import Limits
from extractor.documents.reader import pdf_streams, pdf_weight
from extractor.documents.reader.pdf_contents import PdfContents
from extractor.documents.reader.wire import ReaderError
from extractor.documents.reading import read_case_file, render_page
from extractor.documents.settings import ReadingSettings
from extractor.errors import OversizedInputError

_CALL = 128
_WORDS = b"BT /A 12 Tf 72 700 Td (Dwight Hollister) Tj ET "
_HEAD = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def _page(more: bytes = b"/XObject << /F 6 0 R >>", entries: bytes = b"") -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R %b"
        b" /Resources << /Font << /A 5 0 R >> %b >> >>" % (entries, more)
    )


def _stream(body: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(body), entries, body)


def _form(body: bytes, drawn: int) -> bytes:
    entries = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 612 792]"
        b" /Resources << /Font << /A 5 0 R >> /XObject << /F %d 0 R >> >>" % drawn
    )
    return _stream(body, entries)


def _chain(forms: int) -> list[bytes]:
    """Forms that each draw the next one twice, the last of them words."""
    inner = [_form(b"/F Do /F Do", 7 + number) for number in range(forms)]
    return [*inner, _form(_WORDS, 6)]


def test_forms_that_fan_out_cost_nothing(tmp_path: Path) -> None:
    objects = [*_HEAD, _page(), _stream(b"/F Do"), _FONT, *_chain(24)]
    # With so little memory the page would kill its reader if pdfium drew it.
    limits = Limits(address_space=1 << 29, cpu_seconds=5)
    with pytest.raises(OversizedInputError):
        read_case_file(
            casefiles.raw_pdf(tmp_path / "a.pdf", objects), ReadingSettings(limits=limits)
        )


def test_annotations_that_fan_out_cost_nothing(tmp_path: Path) -> None:
    stamp = b"/Annots [<< /Subtype /Stamp /Rect [0 0 99 99] /AP << /N 6 0 R >> >>]"
    objects = [*_HEAD, _page(b"", stamp), _stream(_WORDS), _FONT, *_chain(24)]
    with pytest.raises(OversizedInputError):
        read_case_file(casefiles.raw_pdf(tmp_path / "a.pdf", objects))


def test_too_long_a_content(tmp_path: Path) -> None:
    page = casefiles.pdf(tmp_path / "a.pdf", [casefiles.STATEMENT])
    case = read_case_file(page, ReadingSettings(limits=Limits(content_bytes=20_000)))
    assert case.pages[0].words
    with pikepdf.open(page, allow_overwriting_input=True) as file:
        file.pages[0].contents_add(b"0 0 m 1 1 l S\n" * 40_000)
        file.save(page)
    with pytest.raises(OversizedInputError):
        read_case_file(page, ReadingSettings(limits=Limits(content_bytes=20_000)))


def test_forms_of_an_honest_page_are_read(tmp_path: Path) -> None:
    body = b"/F Do q 1 0 0 1 0 -40 cm /F Do Q"
    objects = [*_HEAD, _page(), _stream(body), _FONT, *_chain(1)]
    case = read_case_file(casefiles.raw_pdf(tmp_path / "a.pdf", objects))
    assert "Dwight Hollister" in case.text
    assert not case.problems


def test_file_that_cannot_be_opened_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    contents = PdfContents(b"%PDF-1.7 << /Subtype /Form >> and no more", 1 << 20)
    assert not contents.burst(0)
    monkeypatch.setattr(pikepdf, "open", None)
    assert not contents.burst(1)


@pytest.mark.parametrize(("most", "refused"), [(9_999, True), (10_000, False)])
def test_picture_too_large_is_not_decoded(tmp_path: Path, most: int, *, refused: bool) -> None:
    entries = b"/Subtype /Image /Width 100 /Height 100 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    picture = _stream(bytes(range(100)) * 100, entries)
    objects = [*_HEAD, _page(), _stream(b"612 0 0 792 0 0 cm /F Do"), _FONT, picture]
    path = casefiles.raw_pdf(tmp_path / "a.pdf", objects)
    settings = ReadingSettings(limits=Limits(picture_pixels=most))
    if not refused:
        assert render_page(path, 1, settings=settings).startswith(b"\x89PNG")
        return
    with pytest.raises(OversizedInputError):
        render_page(path, 1, settings=settings)
    with pytest.raises(OversizedInputError):
        read_case_file(path, settings)


@given(st.lists(st.lists(st.integers(0, 5), max_size=4), min_size=6, max_size=6))
def test_every_path_counts_and_no_loop_is_endless(draws: list[list[int]]) -> None:
    """Six forms that draw each other at will weigh what walking every path would cost."""
    with pikepdf.new() as file:
        bodies = [b" ".join(b"/F%d Do" % n for n in calls) for calls in draws]
        forms = [file.make_stream(body, Subtype=pikepdf.Name.Form) for body in bodies]
        named = pikepdf.Dictionary({f"/F{n}": form for n, form in enumerate(forms)})
        content = file.make_stream(b"/F0 Do")
        resources = pikepdf.Dictionary(XObject=named)
        page = pikepdf.Dictionary(Contents=content, Resources=resources)
        lengths = [len(body) for body in bodies]
        walked = len(b"/F0 Do") + _CALL + _walked(draws, lengths, 0, (0,))
        pdf_weight.Scales(walked).weigh(page, 9)
        with pytest.raises(ReaderError):
            pdf_weight.Scales(walked - 1).weigh(page, 9)


def _walked(draws: list[list[int]], lengths: list[int], form: int, path: tuple[int, ...]) -> int:
    below = (_walked(draws, lengths, n, (*path, n)) for n in draws[form] if n not in path)
    return lengths[form] + _CALL + sum(below)


def test_only_forms_and_long_streams_need_weighing() -> None:
    assert pdf_streams.may_be_heavy(b"7 0 obj << /Subtype /Form >>", 1 << 20)
    assert not pdf_streams.may_be_heavy(b"7 0 obj << /FormType 1 >>", 1 << 20)
    for said, heavy in ((b"", True), (b"/Subtype /Image ", False), (b"/Length1 9 ", False)):
        data = b"7 0 obj\n<< %b>>\nstream\n" % said + bytes(2000) + b"\nendstream"
        assert pdf_streams.may_be_heavy(data, 1 << 20) is heavy
        assert not pdf_streams.may_be_heavy(data, 1 << 22)
    twice = b"7 0 obj << /Filter [/FlateDecode /FlateDecode] >> stream\nx\nendstream"
    assert pdf_streams.may_be_heavy(twice, 1 << 22)


@pytest.mark.parametrize(
    ("hurt", "least"),
    [(lambda z: z[:-4] + b"Sums", 1.0), (lambda z: z[:-9], 0.95), (lambda z: z[:5000], 0.3)],
    ids=["wrong sum", "end gone", "half gone"],
)
def test_what_breaks_off_is_unpacked_nearly_up_to_there(
    hurt: Callable[[bytes], bytes], least: float
) -> None:
    whole = b" ".join(b"%d" % (n * n % 9_973) for n in range(6_000))
    part = pdf_streams.inflated(hurt(zlib.compress(whole)), 10**6)
    assert whole.startswith(part)
    assert len(part) >= least * len(whole)
    assert pdf_streams.inflated(zlib.compress(whole), 100) == whole[:100]
