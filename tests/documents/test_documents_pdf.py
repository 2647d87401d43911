"""Digital PDFs: words, boxes, forms, and text that only seems to be there."""

from __future__ import annotations

from pathlib import Path

import casefiles
import pikepdf
import pytest
from reportlab.pdfgen import canvas

from extractor.documents.reading import read_case_file, render_page
from extractor.record import DocumentKind, FormName, PageFlag, TextSource


def test_words_stand_where_they_are_drawn(tmp_path: Path) -> None:
    case = read_case_file(casefiles.pdf(tmp_path / "a.pdf", [casefiles.STATEMENT]))
    start = case.text.index("Dwight Hollister")
    number, boxes = case.boxes(start, start + len("Dwight Hollister"))
    assert number == 1
    assert len(boxes) == 1
    x0, top, x1, bottom = boxes[0]
    assert 72 < x0 < x1 < 540
    assert top < 792 - (720 - 16 * 5) < bottom
    assert case.document_kind is DocumentKind.DECLARATION
    assert case.pages[0].page.language == "en"


def test_pages_follow_each_other(tmp_path: Path) -> None:
    pages = [[f"This is page {number}."] for number in range(1, 121)]
    case = read_case_file(casefiles.pdf(tmp_path / "many.pdf", pages))
    assert len(case.pages) == 120
    for page in case.pages:
        text = case.text[page.page.start : page.page.end]
        assert text == f"This is page {page.page.number}."


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_keep_order_and_boxes(tmp_path: Path, turn: int) -> None:
    path = tmp_path / "turned.pdf"
    with pikepdf.open(casefiles.pdf(tmp_path / "a.pdf", [casefiles.STATEMENT])) as pdf:
        pdf.pages[0].rotate(turn, relative=False)
        pdf.save(path)
    case = read_case_file(path)
    page = case.pages[0].page
    assert (page.width > page.height) == (turn in (90, 270))
    assert case.text.startswith("DECLARATION OF MARISOL")
    assert case.text.index("Evaristo") < case.text.index("Lorraine")
    for word in case.pages[0].words:
        assert 0 <= word.box[0] <= word.box[2] <= page.width
        assert 0 <= word.box[1] <= word.box[3] <= page.height


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_text_drawn_turned_is_read_in_order(tmp_path: Path, angle: int) -> None:
    path = tmp_path / "turned.pdf"
    page = canvas.Canvas(str(path), pagesize=casefiles.LETTER)
    page.translate(306, 396)
    page.rotate(angle)
    for number, line in enumerate(casefiles.STATEMENT):
        page.drawString(-230, 100 - 16 * number, line)
    page.save()
    case = read_case_file(path)
    assert case.text.startswith("DECLARATION OF MARISOL")
    assert case.text.index("Evaristo") < case.text.index("Lorraine")


def test_glyphs_without_meaning_go_to_ocr(tmp_path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    face = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
    if not Path(face).exists():
        pytest.skip("the face is not installed")
    pdfmetrics.registerFont(TTFont("Face", face))
    path = tmp_path / "unmapped.pdf"
    page = canvas.Canvas(str(path), pagesize=casefiles.LETTER)
    page.setFont("Face", 14)
    page.drawString(72, 700, "Łukasz Śliwa met Aminata KEÏTA in Łódź.")
    page.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                del thing["/ToUnicode"]
        pdf.save(path)
    case = read_case_file(path)
    assert case.pages[0].page.text_source is TextSource.OCR
    assert "Śliwa" in case.text


def test_cropped_page_counts_from_its_crop(tmp_path: Path) -> None:
    path = tmp_path / "crop.pdf"
    with pikepdf.open(casefiles.pdf(tmp_path / "a.pdf", [["Dwight"]])) as pdf:
        pdf.pages[0].obj["/CropBox"] = pikepdf.Array([50, 100, 500, 750])
        pdf.save(path)
    word = read_case_file(path).pages[0].words[0]
    assert word.box[0] == pytest.approx(72 - 50, abs=2)
    assert word.box[3] == pytest.approx(750 - 720, abs=5)


def test_hyphen_at_the_end_of_a_line_stays(tmp_path: Path) -> None:
    lines = ["He took my pass-", "port and my telephone."]
    case = read_case_file(casefiles.pdf(tmp_path / "a.pdf", [lines]))
    assert case.text == "He took my pass-\nport and my telephone."


def _form(path: Path, *, appearance: bool = True) -> Path:
    page = canvas.Canvas(str(path), pagesize=casefiles.LETTER)
    page.drawString(72, 750, "Form I-918, Supplement B, U Nonimmigrant Status Certification")
    page.drawString(72, 700, "Case number")
    form = page.acroForm
    form.textfield(
        name="Line9_CaseNumber", value="TP-2021-0417", x=160, y=690, width=200, height=20
    )
    page.drawString(72, 650, "Explanation")
    form.textfield(
        name="form1[0].#subform[2].Line6_Explanation[0]",
        value="Dwight Hollister held her passport and told her that she owed him $6,500.",
        x=160, y=560, width=300, height=90, fieldFlags="multiline",
    )  # fmt: skip
    form.checkbox(name="Trafficking", checked=True, x=72, y=500)
    form.checkbox(name="Torture", checked=False, x=72, y=480)
    page.save()
    if not appearance:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            for annotation in pdf.pages[0].Annots:
                if annotation.get("/FT") == "/Tx":
                    del annotation["/AP"]
            pdf.save(path)
    return path


@pytest.mark.parametrize("appearance", [True, False])
def test_form_fields_are_text_and_fields(tmp_path: Path, appearance: bool) -> None:
    case = read_case_file(_form(tmp_path / "form.pdf", appearance=appearance))
    assert case.form is FormName.I_918B
    assert case.document_kind is DocumentKind.SUPPLEMENT_B
    assert case.fields["Line9_CaseNumber"] == "TP-2021-0417"
    assert case.fields["Line6_Explanation"].startswith("Dwight Hollister held")
    assert case.fields["Trafficking"] == "Yes"
    assert "Torture" not in case.fields
    assert case.sections[0].fields == case.fields
    assert case.text.count("TP-2021-0417") == 1
    assert "Hollister held her passport" in " ".join(case.text.split())
    place = case.text.index("TP-2021-0417")
    _, boxes = case.boxes(place, place + 12)
    assert 155 < boxes[0][0] < 365
    assert 792 - 715 < boxes[0][1] < 792 - 685


def test_wrong_hidden_layer_goes_to_ocr(tmp_path: Path) -> None:
    wrong = "Gertrude Appleby walked along the meadow and counted her forty sheep " * 12
    image = casefiles.picture(casefiles.STATEMENT)
    case = read_case_file(casefiles.scanned_pdf(tmp_path / "h.pdf", [image], hidden=wrong))
    assert "Appleby" not in case.text
    assert "Dwight Hollister" in case.text
    assert case.pages[0].page.text_source is TextSource.OCR


def test_text_painted_over_by_a_picture_goes_to_ocr(tmp_path: Path) -> None:
    path = tmp_path / "under.pdf"
    page = canvas.Canvas(str(path), pagesize=casefiles.LETTER)
    for number in range(40):
        page.drawString(72, 740 - 16 * number, "Gertrude Appleby walked along the meadow.")
    page.drawInlineImage(casefiles.picture(casefiles.STATEMENT), 0, 0, 612, 792)
    page.save()
    case = read_case_file(path)
    assert "Appleby" not in case.text
    assert "Lorraine Hollister" in case.text


def test_text_over_a_watermark_stays_digital(tmp_path: Path) -> None:
    path = tmp_path / "mark.pdf"
    page = canvas.Canvas(str(path), pagesize=casefiles.LETTER)
    page.drawInlineImage(casefiles.picture(["COPY"], 72), 0, 0, 612, 792)
    for number in range(40):
        page.drawString(72, 740 - 16 * number, "Dwight Hollister kept the papers in a safe.")
    page.save()
    assert read_case_file(path).pages[0].page.text_source is TextSource.DIGITAL


def test_blank_page_is_flagged(tmp_path: Path) -> None:
    case = read_case_file(casefiles.pdf(tmp_path / "b.pdf", [casefiles.STATEMENT, []]))
    blank = case.pages[1].page
    assert blank.flags == [PageFlag.BLANK]
    assert blank.text_source is TextSource.NONE
    assert blank.start == blank.end


def test_spanish_page_is_flagged(tmp_path: Path) -> None:
    lines = [
        "Mi nombre es Marisol y vengo de una ciudad en las montañas.",
        "Mi tío me dijo que había trabajo en un hotel y que no costaba nada.",
        "Cuando llegamos, un hombre me quitó el pasaporte y cerró la puerta.",
    ]
    page = read_case_file(casefiles.pdf(tmp_path / "es.pdf", [lines])).pages[0].page
    assert page.language == "es"
    assert page.flags == [PageFlag.NON_ENGLISH]


def test_page_is_drawn_as_png(tmp_path: Path) -> None:
    path = casefiles.pdf(tmp_path / "a.pdf", [casefiles.STATEMENT])
    png = render_page(path, 1, dpi=72)
    assert png.startswith(b"\x89PNG")
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    assert (width, height) == casefiles.LETTER


def test_every_page_is_told_in_order(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = casefiles.pdf(tmp_path / "three.pdf", [["One."], ["Two."], ["Three."]])
    read_case_file(path, on_page=lambda *page: told.append(page))
    assert told == [(1, 3), (2, 3), (3, 3)]
