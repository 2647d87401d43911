"""Packets: each paper told by its title, letterhead or salutation, pairs of translations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import casefiles
import pytest

from extractor.documents.bodies import kind_of_body
from extractor.documents.headings import kind_of_line
from extractor.documents.reading import read_case_file
from extractor.documents.words import CaseText
from extractor.record import DocumentKind

K = DocumentKind

ORIGINAL = (
    "DECLARACIÓN DE MARISOL QUIROGA BENALCAZAR",
    "Yo, Marisol Quiroga Benalcazar, declaro bajo juramento lo siguiente:",
    "Nací en la ciudad de Ambato y viví con mi madre hasta que mi tío me habló de un trabajo",
    "en un hotel de Tampa. En el aeropuerto un chofer que se llamaba Dwight me quitó el",
    "pasaporte y me dijo que yo le debía mucho dinero y que tenía que trabajar hasta pagarlo.",
)
TRANSLATION = (
    "DECLARATION OF MARISOL QUIROGA BENALCAZAR",
    "I, Marisol Quiroga Benalcazar, declare under oath the following:",
    "I was born in the city of Ambato and lived with my mother until my uncle told me of work",
    "in a hotel in Tampa. At the airport a driver whose name was Dwight took away my passport",
    "and told me that I owed him much money and that I had to work until it was paid.",
)
CERTIFICATE = (
    "CERTIFICATE OF TRANSLATION",
    "I, Pia Lund, certify that I am competent in Spanish and English and that the foregoing is",
    "a complete and accurate translation of the declaration of Marisol Quiroga Benalcazar.",
)
POLICE = ("TAMPA POLICE DEPARTMENT", "INCIDENT REPORT", "Case No: TP-2021-0417")


def read(path: Path, pages: Sequence[Sequence[str]]) -> CaseText:
    return read_case_file(casefiles.pdf(path / "packet.pdf", pages))


def kinds(path: Path, pages: Sequence[Sequence[str]]) -> list[DocumentKind]:
    return [section.kind for section in read(path, pages).sections]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("SWORN DECLARATION OF MARISOL QUIROGA", K.DECLARATION),
        ("DECLARACIÓN JURADA DE MARISOL QUIROGA", K.DECLARATION),
        ("Victim Impact Statement", K.DECLARATION),
        ("Yo, Marisol Quiroga, declaro bajo pena de perjurio:", K.DECLARATION),
        ("WITNESS AFFIDAVIT OF ROSA PINTO", K.AFFIDAVIT),
        ("AFFIDAVIT IN SUPPORT OF A CRIMINAL COMPLAINT", K.COURT_RECORD),
        ("SUPERIOR COURT OF CALIFORNIA, COUNTY OF KERN", K.COURT_RECORD),
        ("Domestic Violence Restraining Order", K.COURT_RECORD),
        ("Certificate of Translation", K.TRANSLATION_CERTIFICATE),
        ("Certification of English Translation", K.TRANSLATION_CERTIFICATE),
        ("TRANSLATOR'S CERTIFICATION", K.TRANSLATION_CERTIFICATE),
        ("Statement by Interpreter", K.TRANSLATION_CERTIFICATE),
        ("I, Pia Lund, hereby certify that I am fluent in Spanish", K.TRANSLATION_CERTIFICATE),
        ("Psychological Evaluation", K.EVALUATION),
        ("FORENSIC PSYCHOLOGICAL EVALUATION REPORT", K.EVALUATION),
        ("Biopsychosocial Assessment of Marisol Quiroga", K.EVALUATION),
        ("SUPPLEMENTAL OFFENSE REPORT", K.POLICE_REPORT),
        ("Officer's Narrative", K.POLICE_REPORT),
        ("Estimado Oficial:", K.LETTER),
        ("Dear Sir or Madam:", K.LETTER),
        ("Letter of Support", K.LETTER),
        ("Interview Memo", K.OTHER),
        ("TRANSCRIPT OF INTERVIEW", K.OTHER),
        ("Birth Certificate", K.OTHER),
    ],
)
def test_wordings(line: str, kind: DocumentKind) -> None:
    assert kind_of_line(line) is kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("DECLARATlON OF MARlSOL QUlROGA", K.DECLARATION),
        ("D E C L A R A T I O N", K.DECLARATION),
        ("AFF1DAVIT OF ROSA PINT0", K.AFFIDAVIT),
        ("lNCIDENT REP0RT", K.POLICE_REPORT),
        ("TAMPA POLICEDEPARTMENT", K.POLICE_REPORT),
        ("PSYCH0LOGICAL EVALUATI0N", K.EVALUATION),
        ("SUPERl0R C0URT OF CALIFORNIA", K.COURT_RECORD),
        ("CERTIF1CATE OF TRANSLATlON", K.TRANSLATION_CERTIFICATE),
        ("CERTIFICATEOFTRANSLATION", K.TRANSLATION_CERTIFICATE),
        ("Form l-914, Application for T Nonimrnigrant Status", K.APPLICATION_FORM),
        ("Form I-918, Supplernent B", K.SUPPLEMENT_B),
        ("U Nonlmmigrant Status Certificatiom", K.SUPPLEMENT_B),
        ("T0 WHOM IT MAY CONCERN:", K.LETTER),
        ("MEM0RANDUM TO FILE", K.OTHER),
    ],
)
def test_misread_headings(line: str, kind: DocumentKind) -> None:
    assert kind_of_line(line) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Q. Who?\nA. He.\nQ. When?\nA. Then.\nQ. Where?\nA. There.", K.OTHER),
        ("R/O met the complainant at the door. V-1 stated that S-1 left.", K.POLICE_REPORT),
        ("I came in 2019 and I worked for my uncle and he paid me nothing.", K.DECLARATION),
        ("Rosa Pinto, being duly sworn, says what follows.", K.AFFIDAVIT),
        ("She has been our client for two years.\nSincerely,\nPia Lund", K.LETTER),
        ("A list of names.", K.OTHER),
    ],
)
def test_papers_without_heading_are_told_by_how_they_speak(text: str, kind: DocumentKind) -> None:
    assert kind_of_body(text) is kind


def test_letter_on_the_paper_of_the_police(tmp_path: Path) -> None:
    pages = [("TAMPA POLICE DEPARTMENT", "411 N. Franklin Street", "March 3, 2022",
              "RE: Marisol Quiroga", "Form I-914, Application for T Nonimmigrant Status",
              "Dear Officer:", "I write for Ms. Quiroga.", "Sincerely,")]  # fmt: skip
    assert kinds(tmp_path, pages) == [K.LETTER]


def test_caption_of_a_declaration_names_the_form_it_supports(tmp_path: Path) -> None:
    pages = [("Form I-914, Application for T Nonimmigrant Status", "Applicant: Marisol Quiroga",
              "DECLARATION OF MARISOL QUIROGA", "1. My name is Marisol.")]  # fmt: skip
    assert kinds(tmp_path, pages) == [K.DECLARATION]


def test_headings_inside_a_report_are_parts_of_it(tmp_path: Path) -> None:
    body = ["The officer spoke to the victim in the office."] * 8
    pages = [(*POLICE, *body, "VICTIM STATEMENT:", "She said that he locked her in.")]
    assert kinds(tmp_path, pages) == [K.POLICE_REPORT]


def test_running_heads_open_nothing_but_new_numbers_do(tmp_path: Path) -> None:
    other = (*POLICE[:2], "Case No: TP-2022-9001")
    assert kinds(tmp_path, [POLICE, POLICE, other]) == [K.POLICE_REPORT] * 2


def test_letters_that_follow_each_other_are_several(tmp_path: Path) -> None:
    letter = ("To Whom It May Concern:", "I know Ms. Quiroga.", "Sincerely,")
    assert kinds(tmp_path, [letter, letter]) == [K.LETTER] * 2


def test_list_of_exhibits_is_one_paper(tmp_path: Path) -> None:
    lines = [f"TAB {letter} - POLICE REPORT AND DECLARATION" for letter in "ABCDEFGHIJKL"]
    assert kinds(tmp_path, [("INDEX OF EXHIBITS", *lines)]) == [K.OTHER]


def test_translation_is_paired_with_its_original(tmp_path: Path) -> None:
    case = read(tmp_path, [ORIGINAL, TRANSLATION, CERTIFICATE, POLICE])
    assert [section.kind for section in case.sections] == [
        K.DECLARATION, K.DECLARATION, K.TRANSLATION_CERTIFICATE, K.POLICE_REPORT]  # fmt: skip
    assert [page.page.language for page in case.pages[:3]] == ["es", "en", "en"]
    assert case.sections[2].fields == {
        "OriginalLanguage": "es",
        "OriginalPages": "1",
        "TranslationPages": "2",
    }


def test_original_after_its_certificate(tmp_path: Path) -> None:
    case = read(tmp_path, [TRANSLATION, CERTIFICATE, ORIGINAL])
    assert case.sections[1].fields["OriginalPages"] == "3"
    assert case.sections[1].fields["TranslationPages"] == "1"


def test_original_without_title_is_cut_off_by_its_language(tmp_path: Path) -> None:
    case = read(tmp_path, [ORIGINAL[2:], TRANSLATION[2:], CERTIFICATE])
    assert [section.kind for section in case.sections] == [
        K.DECLARATION, K.DECLARATION, K.TRANSLATION_CERTIFICATE]  # fmt: skip
    assert case.sections[2].fields["OriginalPages"] == "1"


def test_certificate_alone_names_the_language(tmp_path: Path) -> None:
    case = read(tmp_path, [TRANSLATION, CERTIFICATE])
    assert case.sections[1].fields == {"OriginalLanguage": "es", "TranslationPages": "1"}


def test_packet_with_misread_headings(tmp_path: Path) -> None:
    pages = [
        ("Form l-914, Application for T Nonimrnigrant Status", "Part 1. Purpose"),
        ("DECLARATlON OF MARlSOL QUIROGA", "1. My name is Marisol Quiroga."),
        ("CERTIF1CATE OF TRANSLATlON", "I, Pia Lund, certify that this is correct."),
        ("TAMPA POLICE DEPARTMENT", "lNCIDENT REP0RT", "Case No: TP-2021-0417"),
        ("PSYCHOLOGlCAL EVALUAT1ON", "Client: Marisol Quiroga"),
        ("SUPERl0R C0URT OF CALIFORNIA", "COUNTY OF KERN"),
        ("AFF1DAVIT OF ROSA PINT0", "Rosa Pinto, being duly sworn, says:"),
        ("INTERVlEW NOTES", "Present: Pia Lund"),
    ]
    assert kinds(tmp_path, pages) == [
        K.APPLICATION_FORM, K.DECLARATION, K.TRANSLATION_CERTIFICATE, K.POLICE_REPORT,
        K.EVALUATION, K.COURT_RECORD, K.AFFIDAVIT, K.OTHER]  # fmt: skip


@pytest.mark.parametrize("pages", [[()], [("",)], [("-", "1", "2")]])
def test_pages_that_say_nothing_are_one_paper(
    tmp_path: Path, pages: Sequence[Sequence[str]]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\f".join("\n".join(lines) or "." for lines in pages))
    assert [section.kind for section in read_case_file(path).sections] == [K.OTHER]
