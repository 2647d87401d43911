"""Half-broken files give all that is left of them; hostile ones cost no more than allowed."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from types import SimpleNamespace

import casefiles
import pikepdf
import pytest

from extractor.documents import flow
from extractor.documents.confinement import launch
from extractor.documents.kinds import MediaType, is_plain, media_type
from extractor.documents.limits import Limits
from extractor.documents.reader import pdf, pdf_repair, pdf_streams, wire
from extractor.documents.reading import read_case_file
from extractor.documents.settings import ReadingSettings
from extractor.documents.words import CaseText
from extractor.errors import (
    InputError,
    OversizedInputError,
    ReaderCrashedError,
    UnsupportedInputError,
)

PAGES = 8
REPAIRED = "The file is damaged and was repaired; pages may be missing."


def _mark(number: int) -> str:
    return f"Leaf{number:03d} tells of Dwight Hollister."


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    pages = [[_mark(number), *casefiles.STATEMENT] for number in range(1, PAGES + 1)]
    return casefiles.pdf(tmp_path_factory.mktemp("whole") / "a.pdf", pages).read_bytes()


def _read(folder: Path, data: bytes) -> CaseText:
    path = folder / "case.pdf"
    path.write_bytes(data)
    return read_case_file(path)


def _pages_left(case: CaseText) -> list[int]:
    return [number for number in range(1, PAGES + 1) if _mark(number) in case.text]


def _packed(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as file:
        file.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


class TestHalfBroken:
    """What pdfium alone, or pikepdf alone, would lose."""

    @pytest.mark.parametrize(
        ("old", "new"),
        [(b"/Kids", b"/Cats"), (b"endobj", b""), (b"/Catalog", b"/Kitalog")],
        ids=["no way to the pages", "objects without ends", "no catalog"],
    )
    def test_mangled(self, tmp_path: Path, whole: bytes, old: bytes, new: bytes) -> None:
        case = _read(tmp_path, whole.replace(old, new))
        assert _pages_left(case) == list(range(1, PAGES + 1))

    def test_beginning_lost(self, tmp_path: Path, whole: bytes) -> None:
        assert media_type(whole[20:]) is MediaType.PDF
        case = _read(tmp_path, whole[20:])
        assert _pages_left(case) == list(range(1, PAGES + 1))
        assert case.problems == (REPAIRED,)

    def test_way_to_one_page_leads_elsewhere(self, tmp_path: Path, whole: bytes) -> None:
        one = casefiles.pdf(tmp_path / "one.pdf", [[_mark(1)]]).read_bytes()
        for data, pages in ((whole, list(range(1, PAGES + 1))), (one, [1])):
            with pikepdf.open(io.BytesIO(data)) as file:
                number = file.pages[0].obj.objgen[0]
            place, other = (data.index(b"\n%d 0 obj" % n) + 1 for n in (number, number - 1))
            astray = data.replace(b"%010d 00000 n" % place, b"%010d 00000 n" % other)
            assert _pages_left(_read(tmp_path, astray)) == pages

    def test_end_lost_of_packed_objects(self, tmp_path: Path, whole: bytes) -> None:
        case = _read(tmp_path, _packed(whole)[:-300])
        assert len(_pages_left(case)) >= PAGES - 1
        assert case.problems[0] == REPAIRED

    def test_page_out_of_the_tree_comes_back_in_its_place(self, whole: bytes) -> None:
        with pikepdf.open(io.BytesIO(whole)) as file:
            number = file.pages[3].obj.objgen[0]
        broken = whole.replace(b" %d 0 R " % number, b" 999 0 R ", 1)
        broken = broken.replace(b"startxref", b"startyref")
        with pikepdf.open(io.BytesIO(pdf_repair.rewritten(broken))) as again:
            assert len(again.pages) == PAGES

    def test_hurt_content_is_named(self, tmp_path: Path, whole: bytes) -> None:
        places = _content_places(whole)
        hurt = bytearray(whole)
        hurt[places[2] + 200] = ord("!") if hurt[places[2] + 200] != ord("!") else ord("5")
        case = _read(tmp_path, bytes(hurt))
        assert len(case.pages) == PAGES
        told = "Page 3 could only be read in part.", "Page 3 could not be read."
        assert case.problems and case.problems[0] in told

    def test_content_missing_is_no_blank_page(self, tmp_path: Path, whole: bytes) -> None:
        places = _content_places(whole)
        hole = bytes(places[5] - places[4] + 30)
        gone = whole[: places[4]] + hole + whole[places[5] + 30 :]
        case = _read(tmp_path, gone)
        assert _pages_left(case) == [1, 2, 3, 4, 7, 8]
        assert "Pages 5 to 6 could not be read." in case.problems

    def test_whole_file_has_no_problem(self, tmp_path: Path, whole: bytes) -> None:
        for data in (whole, _packed(whole)):
            assert _read(tmp_path, data).problems == ()


def _content_places(data: bytes) -> list[int]:
    """Where the content streams of the pages begin."""
    places, place = [], data.find(b"stream\n")
    while place >= 0:
        if data[place - 3 : place] != b"end":
            places.append(place + 7)
        place = data.find(b"stream\n", place + 1)
    return places


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"/Filter /FlateDecode >>\nstream\n%b\nendstream", set()),
        (b"/Filter [/FlateDecode] >>\nstream\n%b\nendstream", set()),
        (b"/Filter /DCTDecode >>\nstream\nXX%b\nendstream", set()),
        (b">>\nstream\nXX%b\nendstream", set()),
        (b"/Length 0 /Filter /FlateDecode >>\nstream\n\nendstream %%%b", set()),
        (b"/Length 9 /Filter /FlateDecode >>\nstream\n\nendstream %%%b", {7}),
        (b"/Filter /FlateDecode >>\nstream\nXX%b\nendstream", {7}),
        (b"/Filter [ /ASCII85Decode /FlateDecode ] >>\nstream\n\xff%b~>\nendstream", {7}),
    ],
)
def test_broken_streams(body: bytes, found: set[int]) -> None:
    data = b"7 0 obj\n<< " + body % zlib.compress(b"BT (words) Tj ET " * 50) + b"\nendobj\n"
    assert pdf_streams.broken(data) == found


def test_bombs_are_known_before_they_are_unpacked() -> None:
    once = zlib.compress(bytes(130 << 20), 1)
    assert pdf_streams.is_bomb(once)
    assert pdf_streams.is_bomb(zlib.compress(once, 9))
    assert not pdf_streams.is_bomb(zlib.compress(b"q Q"))
    assert not pdf_streams.is_bomb(b"x\x9cgarbage")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (b"", {7: False}),
        (b"/Type /ObjStm ", {7: True}),
        (b"/Subtype /Image /Width 9 /Height 9 ", {}),
    ],
)
def test_which_objects_of_a_file_are_bombs(said: bytes, found: dict[int, bool]) -> None:
    head = b"7 0 obj\n<< " + said + b"/Filter /FlateDecode >>\nstream\n"
    packed = zlib.compress(bytes(130 << 20), 1)
    assert pdf_streams.bombs(head + packed + b"\nendstream\nendobj\n") == found
    assert pdf_streams.bombs(head + zlib.compress(b"q Q") + b"\nendstream\nendobj\n") == {}


def test_the_pages_of_a_tiff_that_is_cut_off_are_read(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    sheets = [casefiles.picture([_mark(number)]).resize((850, 1100)) for number in range(1, 5)]
    sheets[0].save(path, save_all=True, append_images=sheets[1:], compression="tiff_lzw")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 5 // 8])
    case = read_case_file(path)
    assert len(case.pages) in {2, 3}
    assert case.problems


# A reader that opens a file of 30 pages and dies, or dawdles, over each.
_OPENS = """
import json, os, sys, time
from extractor.documents.reader import wire
task = json.loads(sys.argv[1])
wire.send_json(b"O", {"pages": 30, "repaired": False})
def page(number):
    wire.send_json(b"P", {"number": number, "width": 612, "height": 792, "texts": ["word"],
        "boxes": [0, 0, 100, 100], "fields": [], "raster": None})
"""
_DIES = _OPENS + "page(task['first']); os.abort()"
_DIES_AT_THE_END = _OPENS + "[page(n) for n in range(1, 31)]; os.abort()"
_DAWDLES = (
    _OPENS
    + """
while time.process_time() < 0.4: pass
page(task["first"])
wire.send_json(b"D", task["first"] + 1 if task["first"] < 30 else None)
"""
)


def _read_by(code: str, limits: Limits, folder: Path, monkeypatch: pytest.MonkeyPatch) -> CaseText:
    real = launch.start
    settings = ReadingSettings(limits=limits)
    launch.strongest(settings.confinement, required=False)
    monkeypatch.setattr(launch, "start", lambda *given: real(*given, code))
    return read_case_file(casefiles.pdf(folder / "a.pdf", [["x"]]), settings)


class TestGivenUp:
    """What was read before a file is given up is kept, and the rest is named."""

    def test_readers_that_die(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        case = _read_by(_DIES, Limits(lost_readers=3), tmp_path, monkeypatch)
        assert len(case.pages) == 30
        assert [page.page.number for page in case.pages if page.words] == [1, 3, 5, 7]
        assert case.problems[0].startswith("The file was given up at page 8: The reader died")
        assert case.problems[-1] == "Pages 8 to 30 could not be read."

    def test_reader_that_dies_behind_the_last_page(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        case = _read_by(_DIES_AT_THE_END, Limits(), tmp_path, monkeypatch)
        assert sum(bool(page.words) for page in case.pages) == 30
        assert case.problems == ()

    def test_pages_that_each_cost_too_much(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        limits = Limits(file_seconds=1.0, page_seconds=0.0)
        case = _read_by(_DAWDLES, limits, tmp_path, monkeypatch)
        read = sum(bool(page.words) for page in case.pages)
        assert 2 <= read <= 4
        assert "used up its processor time" in case.problems[0]

    def test_nothing_read_is_an_error(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(ReaderCrashedError):
            _read_by(_OPENS + "os.abort()", Limits(lost_readers=2), tmp_path, monkeypatch)


def test_slow_opening_still_makes_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = casefiles.pdf(tmp_path / "a.pdf", [[f"Page {n}"] for n in range(3)])
    sent: list[tuple[bytes, object]] = []
    monkeypatch.setattr(wire, "send_json", lambda letter, value: sent.append((letter, value)))
    monkeypatch.setattr(pdf, "time", SimpleNamespace(process_time=lambda: 1e9))
    task = {"first": 2, "pages": 9, "pages_per_reader": 9, "cpu_seconds": 1}
    pdf.read(
        path.read_bytes(), {**task, "glyphs_per_page": 99, "pixels": 99, "content_bytes": 9999}
    )
    assert [letter for letter, _ in sent] == [b"O", b"P", b"D"]
    assert sent[-1] == (b"D", 3)


def test_very_many_fields_cost_only_themselves(tmp_path: Path) -> None:
    fields = 3_500
    kids = b" ".join(b"%d 0 R" % (number + 6) for number in range(fields))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%s] >> >>" % kids,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Annots [%s]"
        b" /Resources << /Font << /A 5 0 R >> >> >>" % kids,
        b"<< /Length 44 >>\nstream\nBT /A 20 Tf 72 700 Td (Dwight Hollister) Tj ET\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    widget = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (f) /V (v) /Rect [72 72 90 90] >>"
    objects += [widget] * fields
    case = read_case_file(casefiles.raw_pdf(tmp_path / "fields.pdf", objects))
    assert case.text == "Dwight Hollister"
    assert case.problems == ("Page 1 could only be read in part.",)


class TestText:
    """Texts of any script are read; what is no text, or too much of it, is not."""

    @pytest.mark.parametrize(
        "text",
        ["中文，。！", "《她》说：“护照”", "मेरा नाम राधा है।", "ฉันชื่อมาลี", "😀", "ñ", "𝒜𝒜",
         "👩‍👧 e\u0301", "א־ב", "☎ 555", "①②③"],
    )  # fmt: skip
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_every_script(self, text: str, encoding: str) -> None:
        assert media_type(text.encode(encoding)) is MediaType.TXT

    def test_signs_without_a_letter(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_text("😀 ，。", encoding="utf-8")
        assert read_case_file(path).text == "😀 ，。"

    @pytest.mark.parametrize(
        "data",
        [
            b"The owner\x00kept it",
            b"\x01\x02\x03",
            "\ue000\ue001".encode(),
            "\ufffe\uffff".encode(),
            bytes(range(0xA0, 0xC0)) * 9,
            b"\xff\xfe\x00",
        ],
    )
    def test_no_text(self, data: bytes) -> None:
        with pytest.raises(UnsupportedInputError):
            media_type(data)

    def test_stray_control_is_no_obstacle(self) -> None:
        assert is_plain(b"The owner kept the papers. " * 40 + b"\x07")
        assert not is_plain(b"The owner\x07")

    def test_letter_across_the_end_of_the_sample(self) -> None:
        assert is_plain("ñ".encode()[:1], cut=True)
        data = b"a" * ((1 << 20) - 1) + "ñandú".encode()
        assert media_type(data) is MediaType.TXT

    def test_binary_behind_the_sample(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"words " * 200_000 + bytes(100))
        with pytest.raises(UnsupportedInputError):
            read_case_file(path)

    @pytest.mark.parametrize(
        ("text", "limits"),
        [
            ("a\f" * 60, Limits(pages=50)),
            ("a\n" * 4000, Limits(pages=50)),
            ("a b " * 60, Limits(words=100)),
            ("a" * 500, Limits(text_characters=100)),
        ],
    )
    def test_too_much(self, tmp_path: Path, text: str, limits: Limits) -> None:
        path = tmp_path / "a.txt"
        path.write_text(text)
        with pytest.raises(OversizedInputError):
            read_case_file(path, ReadingSettings(limits=limits))

    def test_blank_lines_do_not_pile_up(self) -> None:
        text = "a" + "\n" * 300_000 + "b"
        pages = list(flow.pages(text))
        assert "".join(page.text for page in pages) == text


def test_too_many_words_in_a_pdf(tmp_path: Path) -> None:
    path = casefiles.pdf(tmp_path / "a.pdf", [casefiles.STATEMENT] * 3)
    with pytest.raises(OversizedInputError):
        read_case_file(path, ReadingSettings(limits=Limits(words=100)))


@pytest.mark.parametrize("size", [100, 1000])
def test_too_short_a_beginning_is_refused(tmp_path: Path, whole: bytes, size: int) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(whole[:size])
    with pytest.raises(InputError):
        read_case_file(path)
