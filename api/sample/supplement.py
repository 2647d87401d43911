"""What the officer of the sample certified on the Form I-914, Supplement B."""

from __future__ import annotations

from api.sample.forms import Choice, Field, Fields, Form, Note, Part, Row, Writing
from api.sample.texts import paragraphs

__all__ = ["supplement_b"]


def supplement_b() -> Form:
    """The filled form."""
    return Form(
        title="Declaration for Trafficking Victim",
        number="Form I-914, Supplement B",
        edition="01/20/25",
        pages=(_agency(), _claim(), _cooperation()),
    )


def _agency() -> list[Row]:
    return [
        Part("Part 1. Victim Information"),
        Fields((Field("1.a. Family Name (Last Name)", "Line1a_FamilyName", "Bhujel"),
                Field("1.b. Given Name (First Name)", "Line1b_GivenName", "Anjali"),
                Field("1.c. Middle Name", "Line1c_MiddleName", "Kumari"))),
        Fields((Field("2. Date of Birth (mm/dd/yyyy)", "Line2_DateOfBirth", "04/14/1991"),
                Field("3. A-Number, if any", "Line3_AlienNumber", "A000-271-846"))),
        Part("Part 2. Agency Information"),
        Fields((Field("1. Name of Certifying Agency", "Line1_Agency",
                      "Platte Crossing Police Department"),)),
        Fields((Field("2. Name of Certifying Official", "Line2_Official", "Renata Castellano"),
                Field("3. Title", "Line3_Title", "Detective"))),
        Fields((Field("4. Name of Head of Agency", "Line4_Head", "Theodore Marchetti"),)),
        Fields((Field("5. Agency address", "Line5_Address",
                      "1 Municipal Plaza, Platte Crossing, NE 68999"),)),
        Fields((Field("6. Daytime telephone", "Line6_Phone", "402-555-0119"),
                Field("7. Agency type", "Line7_AgencyType", "Local"),
                Field("8. Case status", "Line8_CaseStatus", "Ongoing"))),
        Fields((Field("9. Case Number", "Line9_CaseNumber", "23-PC-00417"),
                Field("10. FBI or SID Number", "Line10_FBIorSIDNumber", "None"))),
    ]  # fmt: skip


def _claim() -> list[Row]:
    facts, _ = paragraphs("supplement_b")
    return [
        Part("Part 3. Statement of Claim"),
        Note("1. The applicant is or has been a victim of a severe form of trafficking in "
             "persons. Mark all that apply."),
        Choice("Sex trafficking induced by force, fraud, or coercion", "P3_Line1a", False),
        Choice("Labor trafficking: involuntary servitude, peonage, debt bondage, or slavery",
               "P3_Line1b", True),
        Choice("The victim had not attained 18 years of age", "P3_Line1c", False),
        Fields((Field("2. Dates of the acts", "Line2_Dates", "10/02/2022 to 06/08/2023"),
                Field("3. Statutory citations", "Line3_Citations",
                      "Neb. Rev. Stat. 28-831; 18 U.S.C. 1589, 1592", 1.4))),
        Writing("6. Describe the victimization of the person named in Part 1.",
                "P3_Line6_Explanation", facts, 150),
        Writing("7. Describe any known or documented injury.", "P3_Line7_Explanation",
                "Bruising of the left shoulder, reported by the victim; not visible on June 9, "
                "2023.", 40),
    ]  # fmt: skip


def _cooperation() -> list[Row]:
    _, help_given = paragraphs("supplement_b")
    return [
        Part("Part 4. Cooperation of the Victim"),
        Choice("1. Has complied with requests for assistance in the investigation.", "P4_Line1",
               True),
        Choice("2. Has failed to comply with a reasonable request.", "P4_Line2", False),
        Writing("5. Other", "Line5_Other", help_given, 52),
        Part("Part 5. Family Members Implicated in the Trafficking"),
        Choice("1. Are any of the applicant's family members believed to have been involved?",
               "P5_Line1", False),
        Fields((Field("2. Name of relative", "Line2_Name", "None"),
                Field("Relationship", "Line2_Relationship", "N/A"),
                Field("Involvement", "Line2_Involvement", "N/A"))),
        Part("Part 6. Attestation"),
        Note("Based upon investigation of the facts, I certify, under penalty of perjury, that "
             "the person named in Part 1 is or has been a victim of a severe form of trafficking "
             "in persons. I make no promise about the decision on any application."),
        Fields((Field("Signature of certifying official", "P6_Signature", "Renata Castellano", 2),
                Field("Date", "P6_Date", "02/18/2025"))),
    ]  # fmt: skip
