"""Packets are cut where a new document begins; each is told by its own words."""

from __future__ import annotations

from pathlib import Path

import casefiles
import pytest

from extractor.documents.fields import by_name, short_name
from extractor.documents.forms import form_of
from extractor.documents.headings import kind_of_line
from extractor.documents.reading import read_case_file
from extractor.record import DocumentKind, FormName

K = DocumentKind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("DECLARATION OF MARISOL QUIROGA BENALCAZAR", K.DECLARATION),
        ("Personal Statement of Marisol Quiroga", K.DECLARATION),
        ("My statement", K.DECLARATION),
        ("I, Marisol Quiroga, declare under penalty of perjury:", K.DECLARATION),
        ("Exhibit A - Declaration of Marisol Quiroga", K.DECLARATION),
        ("AFFIDAVIT OF ROSA PINTO", K.AFFIDAVIT),
        ("CERTIFICATE OF TRANSLATION", K.TRANSLATION_CERTIFICATE),
        ("Certification of Translator's Competence", K.TRANSLATION_CERTIFICATE),
        ("CERTIFICATION BY TRANSLATOR", K.TRANSLATION_CERTIFICATE),
        ("TAMPA POLICE DEPARTMENT      INCIDENT / INVESTIGATION REPORT", K.POLICE_REPORT),
        ("OFFENSE REPORT", K.POLICE_REPORT),
        ("Hillsborough County Sheriff's Office", K.POLICE_REPORT),
        ("Form I-918, Supplement B, U Nonimmigrant Status Certification", K.SUPPLEMENT_B),
        ("Supplement B, Declaration of Law Enforcement Officer", K.SUPPLEMENT_B),
        ("Form I-914, Application for T Nonimmigrant Status", K.APPLICATION_FORM),
        ("Form I-918 Supplement A", K.APPLICATION_FORM),
        ("PSYCHOLOGICAL EVALUATION", K.EVALUATION),
        ("Confidential Psychosocial Assessment", K.EVALUATION),
        ("UNITED STATES DISTRICT COURT", K.COURT_RECORD),
        ("IN THE CIRCUIT COURT OF THE THIRTEENTH JUDICIAL CIRCUIT", K.COURT_RECORD),
        ("To Whom It May Concern:", K.LETTER),
        ("Dear Officer:", K.LETTER),
        ("MEMORANDUM TO FILE: INTERVIEW NOTES", K.OTHER),
    ],
)
def test_headings(line: str, kind: DocumentKind) -> None:
    assert kind_of_line(line) is kind


@pytest.mark.parametrize(
    "line",
    [
        "He told me that the police report was lost and nobody would help.",
        "a psychological evaluation from the clinic where she was seen later",
        "in the court they asked me what I knew of him",
        "I made a declaration to the officer and he wrote it down, I think.",
        "1. I was born in Ambato.",
        "Evaristo Quiroga",
    ],
)
def test_body_text_is_no_heading(line: str) -> None:
    assert kind_of_line(line) is None


@pytest.mark.parametrize(
    ("text", "kind", "form"),
    [
        ("Form I-914, Application for T Nonimmigrant Status", K.APPLICATION_FORM, FormName.I_914),
        ("Form I-914, Supplement A", K.APPLICATION_FORM, FormName.I_914A),
        ("Supplement A to Form I-918", K.APPLICATION_FORM, FormName.I_918A),
        ("Supplement B, Declaration of Law Enforcement Officer for Victim of Trafficking",
         K.SUPPLEMENT_B, FormName.I_914B),
        ("Supplement B, U Nonimmigrant Status Certification", K.SUPPLEMENT_B, FormName.I_918B),
        ("Petition for U Nonimmigrant Status", K.APPLICATION_FORM, FormName.I_918),
        ("Form I-192, Application for Advance Permission", K.APPLICATION_FORM, None),
    ],
)  # fmt: skip
def test_forms(text: str, kind: DocumentKind, form: FormName | None) -> None:
    assert form_of(text, kind) is form


PACKET = (
    ("To Whom It May Concern:", "We represent Ms. Quiroga in her application.", "Sincerely,"),
    ("Form I-914, Application for T Nonimmigrant Status", "Part 1. Purpose", "Family Name Quiroga"),
    ("Form I-914 Edition 01/20/25 Page 2 of 12", "Part 2. General Information"),
    casefiles.STATEMENT,
    ("7. Dwight said he would call the police if I left.", "8. I was afraid of him."),
    ("CERTIFICATE OF TRANSLATION", "I, Pia Lund, certify that I am competent to translate."),
    ("TAMPA POLICE DEPARTMENT", "INCIDENT REPORT", "Case No: TP-2021-0417"),
    ("PSYCHOLOGICAL EVALUATION", "Client: Marisol Quiroga"),
)


def test_packet_is_cut_into_its_documents(tmp_path: Path) -> None:
    case = read_case_file(casefiles.pdf(tmp_path / "packet.pdf", PACKET))
    assert [section.kind for section in case.sections] == [
        K.LETTER,
        K.APPLICATION_FORM,
        K.DECLARATION,
        K.TRANSLATION_CERTIFICATE,
        K.POLICE_REPORT,
        K.EVALUATION,
    ]
    assert [section.form for section in case.sections][1] is FormName.I_914
    assert case.document_kind is K.DECLARATION
    ends = [section.end for section in case.sections]
    starts = [section.start for section in case.sections]
    assert starts == [0, *ends[:-1]]
    assert ends[-1] == len(case.text)


def test_certificate_at_the_foot_of_a_statement(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    foot = "\n\nCERTIFICATE OF TRANSLATION\nI, Pia Lund, certify that this is correct.\n"
    path.write_text("\n".join([*casefiles.STATEMENT, *casefiles.FIRST_COLUMN]) + foot)
    case = read_case_file(path)
    assert [section.kind for section in case.sections] == [K.DECLARATION, K.TRANSLATION_CERTIFICATE]
    assert case.text[case.sections[1].start :].startswith("CERTIFICATE")


def test_names_of_fields() -> None:
    assert short_name("form1[0].#subform[3].P3_Line5_CaseNumber[0]") == "P3_Line5_CaseNumber"
    assert short_name("applicant.name") == "applicant.name"
    twice = [("form1[0].#subform[0].Name[0]", "A"), ("form1[0].#subform[1].Name[0]", "B")]
    assert by_name(twice) == dict(twice)
    assert by_name([("Empty", ""), ("Name", "A")]) == {"Name": "A"}
