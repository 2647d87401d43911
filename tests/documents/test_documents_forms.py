"""Forms: told by foot and title, read into fields from their values or their print."""

from __future__ import annotations

from pathlib import Path

import casefiles
import lookalikes
import pytest

from extractor.documents.fields import by_name, says
from extractor.documents.forms import foot_of, form_of, form_of_fields
from extractor.documents.reading import read_case_file
from extractor.record import DocumentKind, FormName, Section

K = DocumentKind
F = FormName

B_918 = "Form I-918 Supplement B   Edition 01/20/25   Page {} of 5"
B_914 = "Form I-914 Supplement B   Edition 01/20/25   Page {} of 3"
I_914 = "Form I-914   Edition 01/20/25   Page {} of 12"
CERTIFICATION = (
    (
        "Supplement B, U Nonimmigrant Status Certification",
        (
            "Part 2. Agency Information",
            ("1. Name of Certifying Agency", "P2_Line1_Agency", "TAMPA POLICE DEPARTMENT"),
            ("9. Case Number", "Line9_CaseNumber", "TP-2021-0417"),
            ("10. FBI or SID Number", "Line10_FBIorSIDNumber", "N.A."),
        ),
        B_918.format(1),
    ),
    (
        "",
        (
            "Part 5. Family Members Culpable In Criminal Activity",
            ("1. Any culpable family members?", "P5_Line1_Yes", "Yes"),
            ("2.a. Family Name (Last Name)", "P5_Line2a_FamilyName", "Quiroga"),
            ("2.b. Given Name (First Name)", "P5_Line2b_GivenName", "Evaristo"),
            ("2.d. Relationship", "P5_Line2_Relationship", "Uncle"),
            ("2.e. Involvement", "P5_Line2_Involvement", "Recruited the victim"),
            ("3.a. Family Name (Last Name)", "P5_Line3a_FamilyName", "none"),
            ("3.d. Relationship", "P5_Line3_Relationship", "N/A"),
        ),
        B_918.format(4),
    ),
)
RELATIVE = {
    "CulpableRelative1_Name": "Evaristo Quiroga",
    "CulpableRelative1_Relationship": "Uncle",
    "CulpableRelative1_Involvement": "Recruited the victim",
}


def sections(path: Path) -> list[Section]:
    return list(read_case_file(path).sections)


@pytest.mark.parametrize(
    ("line", "number", "edition", "page"),
    [
        ("Form I-914 Edition 01/20/25 Page 2 of 12", "I-914", "01/20/25", 2),
        ("Form I-918 Supplement B Edition 04/01/24 Page 5 of 5", "I-918B", "04/01/24", 5),
        ("Form I-914, Supplement A (02/27/17) N Page 1 of 9", "I-914A", "02/27/17", 1),
        ("Form l-9l8 Supplement 8 Edition 01/20/25 Page 3 of 5", "I-918B", "01/20/25", 3),
        ("Form I-192 Edition 01/20/25", "I-192", "01/20/25", None),
    ],
)
def test_feet(line: str, number: str, edition: str, page: int | None) -> None:
    foot = foot_of([line])
    assert foot is not None
    assert (foot.number, foot.edition, foot.page) == (number, edition, page)


@pytest.mark.parametrize(
    "line", ["See Form I-914 filed with this letter.", "Page 2 of 12", "On 01/20/25 I filed it."]
)
def test_text_is_no_foot(line: str) -> None:
    assert foot_of([line]) is None


@pytest.mark.parametrize(
    ("title", "kind", "form"),
    [
        ("Application for Derivative T Nonimmigrant Status", K.APPLICATION_FORM, F.I_914A),
        ("Supplement A, Application for Family Member of T-1 Recipient", K.APPLICATION_FORM,
         F.I_914A),
        ("Petition for Qualifying Family Member of U-1 Recipient", K.APPLICATION_FORM, F.I_918A),
        ("Declaration for Trafficking Victim", K.SUPPLEMENT_B, F.I_914B),
        ("U Nonlmmigrant Status Certificatlon", K.SUPPLEMENT_B, F.I_918B),
        ("Application for T Nonimmigrant Status\nI submit Form I-914, Supplement B",
         K.APPLICATION_FORM, F.I_914),
        ("Form 1-918, Petition for U Nonimmigrant Status", K.APPLICATION_FORM, F.I_918),
    ],
)  # fmt: skip
def test_titles_with_and_without_misread_letters(
    title: str, kind: DocumentKind, form: FormName
) -> None:
    assert form_of(title, kind) is form


def test_names_that_two_forms_share_belong_to_the_open_one() -> None:
    names = ["form1[0].#subform[2].Line6_Explanation[0]"]
    assert form_of_fields(names) is F.I_918B
    assert form_of_fields(names, F.I_914B) is F.I_914B
    assert form_of_fields(names, F.I_918) is F.I_918B


@pytest.mark.parametrize("value", ["none", "None.", "UNKNOWN", "n/a", "N.A.", "N/A", "NA", "-", "—",
                                   "Not applicable", "Ninguno", " ", "(none)"])  # fmt: skip
def test_values_that_say_nothing(value: str) -> None:
    assert not says(value)
    assert by_name([("Line2_Name", value)]) == {}


@pytest.mark.parametrize("value", ["Na", "No", "Nona Unknowles", "0", "Yes", "A-", "Nunez"])
def test_values_that_say_little_but_something(value: str) -> None:
    assert says(value)


def test_value_high_on_a_page_opens_no_police_report(tmp_path: Path) -> None:
    rows = (("Tampa Police Department", "P3_Line5_LEA", "Tampa Police Department"),
            ("Case Number", "P3_Line5_CaseNumber", "TP-2021-0417"),
            ("Report", "P3_Line5_Circumstances", "INCIDENT REPORT"))  # fmt: skip
    pages = (
        ("Application for T Nonimmigrant Status", ("Part 1. Purpose",), I_914.format(1)),
        ("", rows, I_914.format(3)),
    )
    (section,) = sections(lookalikes.fillable(tmp_path / "a.pdf", pages))
    assert (section.kind, section.form) == (K.APPLICATION_FORM, F.I_914)
    assert section.fields["P3_Line5_CaseNumber"] == "TP-2021-0417"
    assert section.fields["Edition"] == "01/20/25"


def test_printed_value_high_on_a_page_without_foot_opens_nothing(tmp_path: Path) -> None:
    pages = (
        ("Application for T Nonimmigrant Status", ("Part 1. Purpose",), I_914.format(1)),
        ("TAMPA POLICE DEPARTMENT", ("Part 3. Your Claim", "5.a. Street Number and Name"), ""),
    )
    (section,) = sections(lookalikes.printed(tmp_path / "a.pdf", pages))
    assert section.form is F.I_914


@pytest.mark.parametrize("foot", [B_914.format(2), ""])
def test_continuation_page_stays_with_its_form(tmp_path: Path, foot: str) -> None:
    pages = (
        ("Declaration for Trafficking Victim", ("Part 1. Victim",), B_914.format(1)),
        ("", (("6. Describe the victimization", "Line6_Explanation", "Locked in."),), foot),
    )
    (section,) = sections(lookalikes.fillable(tmp_path / "a.pdf", pages))
    assert (section.kind, section.form) == (K.SUPPLEMENT_B, F.I_914B)
    assert section.fields["Line6_Explanation"] == "Locked in."


def test_supplement_of_each_family_member_is_its_own(tmp_path: Path) -> None:
    title, foot = (
        "Form I-914, Supplement A",
        "Form I-914 Supplement A Edition 01/20/25 Page {} of 9",
    )
    pages = [(title, ("Part 1. Family",), foot.format(number)) for number in (1, 2, 1, 2)]
    found = sections(lookalikes.printed(tmp_path / "a.pdf", pages))
    assert [section.form for section in found] == [F.I_914A, F.I_914A]


def test_culpable_relatives_from_fields(tmp_path: Path) -> None:
    (section,) = sections(lookalikes.fillable(tmp_path / "a.pdf", CERTIFICATION))
    assert section.form is F.I_918B
    assert section.fields["CulpableRelatives"] == "Yes"
    assert {
        k: v for k, v in section.fields.items() if k.startswith("CulpableRelative1")
    } == RELATIVE
    assert not any(name.startswith("CulpableRelative2") for name in section.fields)
    assert "Line10_FBIorSIDNumber" not in section.fields


def test_culpable_relatives_from_print(tmp_path: Path) -> None:
    (section,) = sections(lookalikes.printed(tmp_path / "a.pdf", CERTIFICATION))
    assert section.fields["Line9_CaseNumber"] == "TP-2021-0417"
    assert section.fields["P2_Line1_Agency"] == "TAMPA POLICE DEPARTMENT"
    assert section.fields.items() >= RELATIVE.items()
    assert "Line10_FBIorSIDNumber" not in section.fields


def test_culpable_relatives_from_a_table(tmp_path: Path) -> None:
    rows = [
        [("Part E. Family Members Implicated In Trafficking", "")],
        [("Full Name", "Ligia Pinto"), ("Relationship", "Aunt"), ("Involvement", "Held the key")],
    ]
    foot = "Form I-914 Supplement B (02/27/17) N Page 3 of 3"
    path = lookalikes.boxed(tmp_path / "a.pdf", "Form I-914, Supplement B", rows, foot)
    (section,) = sections(path)
    assert section.fields["Edition"] == "02/27/17"
    assert section.fields["CulpableRelative1_Name"] == "Ligia Pinto"
    assert section.fields["CulpableRelative1_Relationship"] == "Aunt"
    assert section.fields["CulpableRelative1_Involvement"] == "Held the key"


def test_answers_in_boxes_below_their_labels(tmp_path: Path) -> None:
    rows = [
        [("Part 2. General Information About You", "")],
        [("1.a. Family Name (Last Name)", "Quiroga Pinto"), ("1.b. Given Name", "Marisol"),
         ("1.c. Middle Name", "None")],
        [("7. Date of Birth (mm/dd/yyyy)", "04/14/1991"), ("8. Country of Birth", "Ecuador")],
        [("16. Date of Last Entry", "10/02/2022"), ("17. Place of Last Entry", "Tampa, Florida")],
    ]  # fmt: skip
    title = "Application for T Nonimmigrant Status"
    (section,) = sections(lookalikes.boxed(tmp_path / "a.pdf", title, rows, I_914.format(1)))
    assert section.fields == {
        "Edition": "01/20/25",
        "P2_Line1a_FamilyName": "Quiroga Pinto",
        "P2_Line1b_GivenName": "Marisol",
        "P2_Line7_DateOfBirth": "04/14/1991",
        "P2_Line8_CountryOfBirth": "Ecuador",
        "DateofEntry": "10/02/2022",
        "PlaceofEntry": "Tampa, Florida",
    }


def test_additional_information_is_joined_to_its_item(tmp_path: Path) -> None:
    rows = (
        ("2.a. Page Number", "P10_Line2a", "3"),
        ("2.b. Part Number", "P10_Line2b", "3"),
        ("2.c. Item Number", "P10_Line2c", "5.a."),
        ("2.d.", "P10_Line2d", "The driver was Dwight Hollister."),
    )
    pages = (("Application for T Nonimmigrant Status", rows, I_914.format(12)),)
    (section,) = sections(lookalikes.fillable(tmp_path / "a.pdf", pages))
    assert section.fields["P3_Line5a_Additional"] == "The driver was Dwight Hollister."


@pytest.mark.parametrize(
    "lines",
    [
        ("3.a. Page Number 4 3.b. Part Number 4 3.c. Item Number 1", "3.d. He took my passport."),
        ("3.a. Page Number 3.b. Part Number 3.c. Item Number", "4 4 1", "He took my passport."),
        ("PAGE NUMBER: 4 PART NUMBER: 4 ITEM NUMBER: 1, continued", "He took my passport."),
        ("Page 4, Part 4, Item 1: He took my passport.",),
        ("Part 4, Item Number 1. He took my passport.",),
    ],
)
def test_printed_continuation_is_joined_to_the_form_that_it_continues(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    pages = (
        ("Form I-914, Application for T Nonimmigrant Status", "Part 1. Purpose"),
        casefiles.STATEMENT,
        ("Form I-914 ADDITIONAL INFORMATION (typed continuation, page A of A)", *lines,
         "Signature: M. Quiroga"),
    )  # fmt: skip
    found = sections(casefiles.pdf(tmp_path / "a.pdf", pages))
    assert [section.kind for section in found] == [
        K.APPLICATION_FORM, K.DECLARATION, K.APPLICATION_FORM]  # fmt: skip
    assert found[2].form is F.I_914
    for section in (found[0], found[2]):
        assert section.fields["P4_Line1_Additional"] == "He took my passport."


def test_labels_that_are_not_read_end_those_that_are(tmp_path: Path) -> None:
    rows = [
        [("Part 3, item 5: the agency", "")],
        [("Street", "12 St. Clair Avenue"), ("Agency type", "Local"), ("Case number", "T-2021-04")],
        [("12. Passport Number", "P0000231N"), ("13. Previous Country", "Ecuador")],
    ]
    title = "Application for T Nonimmigrant Status"
    (section,) = sections(lookalikes.boxed(tmp_path / "a.pdf", title, rows, I_914.format(3)))
    assert section.fields == {
        "Edition": "01/20/25",
        "P3_Line5_StreetNumberName": "12 St. Clair Avenue",
        "P3_Line5_CaseNumber": "T-2021-04",
        "P3_Line12_PassportNumber": "P0000231N",
    }


def test_part_and_item_over_boxes_continue_nothing(tmp_path: Path) -> None:
    title, words = "Application for T Nonimmigrant Status", "Part 3, item 5: the agency you told"
    path = casefiles.pdf(tmp_path / "a.pdf", [(title, "Part 1. Purpose", words)])
    (section,) = sections(path)
    assert section.fields == {}


def test_fields_of_the_file_are_those_of_its_form(tmp_path: Path) -> None:
    for draw in (lookalikes.fillable, lookalikes.printed):
        case = read_case_file(draw(tmp_path / "a.pdf", CERTIFICATION))
        assert case.form is F.I_918B
        assert case.fields.items() >= {"Line9_CaseNumber": "TP-2021-0417", **RELATIVE}.items()
