"""What the declarant of the sample wrote into the Form I-914."""

from __future__ import annotations

from api.sample.forms import Choice, Field, Fields, Form, Note, Part, Row, Writing
from api.sample.texts import paragraphs

__all__ = ["application"]

_QUESTIONS = (
    ("1.a. Have you EVER committed a crime or offense for which you have not been arrested?", "1a"),
    ("1.b. Have you EVER been arrested, cited, or detained by any law enforcement officer?", "1b"),
    ("1.c. Have you EVER been charged with committing any crime or offense?", "1c"),
    ("1.d. Have you EVER been convicted of a crime or offense in any country?", "1d"),
    ("2.a. Have you received public assistance in the United States from any source?", "2a"),
    ("3.a. Have you EVER engaged in, or do you intend to engage in, prostitution?", "3a"),
    ("4.a. Have you EVER aided another person to enter the United States unlawfully?", "4a"),
    ("5.a. Have you EVER been a member of, or in any way affiliated with, a group that used "
     "violence against other people?", "5a"),
    ("6.a. Have you EVER served in a military, paramilitary, or police unit?", "6a"),
    ("7.a. Have you EVER been in removal, exclusion, or deportation proceedings?", "7a"),
    ("8.a. Have you EVER been denied a visa or admission to the United States?", "8a"),
    ("23.a. Have you EVER withheld custody of a child from a person granted custody?", "23a"),
    ("23.b. Do you plan to practice polygamy in the United States?", "23b"),
    ("23.c. Are you now under a final order of civil penalty for document fraud?", "23c"),
)  # fmt: skip


def application() -> Form:
    """The filled form."""
    return Form(
        title="Application for T Nonimmigrant Status",
        number="Form I-914",
        edition="01/20/25",
        pages=(_identity(), _entry(), _claim(), _questions(), _relatives(), _signing()),
    )


def _identity() -> list[Row]:
    return [
        Part("Part 1. Purpose for Filing the Application"),
        Choice("1. I am filing for T nonimmigrant status and have not filed before.", "P1_1", True),
        Fields((Field("2. Receipt number of an earlier filing, if any", "EACNumber", "N/A"),)),
        Part("Part 2. General Information About You (Victim)"),
        Fields((Field("1.a. Family Name (Last Name)", "P2_Line1_FamilyName", "Bhujel"),
                Field("1.b. Given Name (First Name)", "P2_Line1_GivenName", "Anjali"),
                Field("1.c. Middle Name", "P2_Line1_MiddleName", "Kumari"))),
        Fields((Field("2. Other names used", "P2_Line2_FamilyName", "None"),)),
        Note("3. Home address", bold=True),
        Fields((Field("Street", "P2_Line3_StreetNumberName", "Kept safe. See item 4.", 3),
                Field("City", "P2_Line3_CityOrTown", "Omaha"),
                Field("State", "P2_Line3_State", "NE", 0.6))),
        Note("4. Safe mailing address", bold=True),
        Fields((Field("In care of", "P2_Line4_InCareOfName", "Open Door Plains", 1.2),
                Field("Street", "P2_Line4_StreetNumberName", "215 Sycamore Court", 1.5))),
        Fields((Field("City", "P2_Line4_CityOrTown", "Omaha", 2),
                Field("State", "P2_Line4_State", "NE"),
                Field("ZIP Code", "P2_Line4_ZipCode", "68999"))),
        Fields((Field("5. Alien Registration Number", "P2_Line5_AlienNumber", "A000-271-846"),
                Field("6. U.S. Social Security Number", "P2_Line6_SSN", "None"))),
        Fields((Field("7. Date of Birth (mm/dd/yyyy)", "P2_Line7_DateOfBirth", "04/14/1991"),
                Field("8. Country of Birth", "P2_Line8_CountryOfBirth", "Nepal"),
                Field("9. Citizenship", "P2_Line9_Citizenship", "Nepal"))),
        Fields((Field("10. Sex", "P2_Line10_Sex", "Female"),
                Field("11. Marital status", "P2_Line11_MaritalStatus", "Widowed"))),
    ]  # fmt: skip


def _entry() -> list[Row]:
    return [
        Note("Part 2, continued: your last entry into the United States", bold=True),
        Fields((Field("12. Passport Number", "P2_Line12_PassportNumber", "P0000231N"),
                Field("13. Country of Issuance", "P2_Line13_Country", "Nepal"),
                Field("14. Expiration Date", "P2_Line14_ExpDate", "01/09/2032"))),
        Fields((Field("15. I-94 Number", "P2_Line15_I94Number", "00000000000"),
                Field("16. Date of Last Entry", "DateofEntry", "10/02/2022"))),
        Fields((Field("17. Place of Last Entry", "PlaceofEntry", "Denver, Colorado"),
                Field("18. Status at Last Entry", "Status", "H-2B"))),
        Note("19. Your earlier entries within five years of the last", bold=True),
        Fields((Field("Date of Entry", "P2_Line19_Date", "None"),
                Field("Place of Entry", "P2_Line19_Place", "N/A"),
                Field("Status", "P2_Line19_Status", "N/A"))),
        Note("20. The work for which you were admitted", bold=True),
        Fields((Field("Employer named in the visa petition", "P2_Line20_Employer",
                      "Prairie Star Motor Lodge LLC", 2),
                Field("Occupation", "P2_Line20_Occupation", "Room attendant"))),
        Fields((Field("Street", "P2_Line20_StreetNumberName", "4410 Old Highway Road", 2),
                Field("City", "P2_Line20_CityOrTown", "Harlan Bend", 1.4),
                Field("State", "P2_Line20_State", "NE", 0.6),
                Field("ZIP Code", "P2_Line20_ZipCode", "68999"))),
        Writing("21. If you are outside the status in which you were admitted, say why.",
                "P2_Line21_Explanation",
                "I left the employer on 06/08/2023 with the help of the police.", 60),
    ]  # fmt: skip


def _claim() -> list[Row]:
    return [
        Part("Part 3. Additional Information About Your Claim"),
        Choice("1. I am or have been a victim of a severe form of trafficking in persons.", "P3_1",
               True),
        Choice("2. I am submitting a law enforcement declaration (Form I-914, Supplement B).",
               "P3_2", True),
        Choice("3. I am physically present in the United States on account of the trafficking.",
               "P3_3", True),
        Choice("4. I fear extreme hardship involving unusual and severe harm upon removal.",
               "P3_4", True),
        Choice("5. I have reported the trafficking crime to a law enforcement agency.", "P3_5",
               True),
        Note("Part 3, item 5: the agency to which you reported", bold=True),
        Fields((Field("Law enforcement agency and office", "P3_Line5_LEA",
                      "Platte Crossing Police Department"),)),
        Fields((Field("Street", "P3_Line5_StreetNumberName", "1 Municipal Plaza", 2),
                Field("City", "P3_Line5_CityOrTown", "Platte Crossing", 1.4),
                Field("State", "P3_Line5_State", "NE", 0.6),
                Field("ZIP Code", "P3_Line5_ZipCode", "68999"))),
        Fields((Field("Daytime telephone", "P3_Line5_DaytimePhoneNumber", "402-555-0119"),
                Field("Case number", "P3_Line5_CaseNumber", "23-PC-00417"))),
        Writing("Circumstances: describe what you reported, to whom and when.",
                "P3_Line5_Circumstances", " ".join(paragraphs("application")), 84),
        Choice("6. I was under 18 years of age when the trafficking happened.", "P3_6", False),
        Choice("7. I have complied with requests from law enforcement for assistance.", "P3_7",
               True),
        Choice("8. This is the first time that I have entered the United States.", "P3_8", True),
        Choice("9. My arrival was directly connected to the trafficking. If yes, explain.",
               "P3_9", True),
        Writing("Explanation", "P3_Line9_Explanation",
                "See paragraphs 3 to 8 of my declaration.", 40),
    ]  # fmt: skip


def _questions() -> list[Row]:
    rows: list[Row] = [
        Part("Part 4. Processing Information"),
        Note("Answer every question. If you answer yes, explain it in Part 10."),
    ]
    return rows + [Choice(question, f"Dq{key}", False) for question, key in _QUESTIONS]


def _relatives() -> list[Row]:
    return [
        Part("Part 5. Information About Your Family Members"),
        Note("Child 1", bold=True),
        Fields((Field("Family Name (Last Name)", "FamilyName", "Bhujel"),
                Field("Given Name (First Name)", "GivenName", "Nabin"),
                Field("Middle Name", "MiddleName"))),
        Fields((Field("Date of Birth", "DateofBirth", "07/30/2012"),
                Field("Country of Birth", "CountryofBirth", "Nepal"),
                Field("Relationship", "Relationship", "Son"),
                Field("Current location", "CurrentLocation", "Nepal"))),
        Choice("I am filing for this family member now (Form I-914, Supplement A).", "P5_A", False),
        Part("Part 6. Applicant's Statement, Contact Information, and Signature"),
        Note("I can read and understand English, or the interpreter named in Part 7 read every "
             "question and instruction on this application to me in a language in which I am "
             "fluent, together with my answers, and I understood everything."),
        Fields((Field("4. Safe daytime telephone", "P6_Line4_SafePhone", "402-555-0161"),
                Field("5. E-mail, if any", "P6_Line5_Email", "N/A"))),
        Fields((Field("6. Signature", "P6_Line6_Signature", "Anjali Kumari Bhujel", 2),
                Field("Date of Signature", "P6_Line6_Date", "03/10/2025"))),
    ]  # fmt: skip


def _signing() -> list[Row]:
    return [
        Part("Part 7. Interpreter"),
        Fields((Field("Family Name (Last Name)", "P7_Line1_FamilyName", "Koirala"),
                Field("Given Name (First Name)", "P7_Line1_GivenName", "Rupesh"),
                Field("Language", "P7_Language", "Nepali"))),
        Fields((Field("Daytime telephone", "P7_Phone", "402-555-0148"),
                Field("Date of Signature", "P7_Date", "03/10/2025"))),
        Part("Part 8. Person Who Prepared This Application"),
        Fields((Field("Family Name (Last Name)", "P8_Line1_FamilyName", "Oyelaran"),
                Field("Given Name (First Name)", "P8_Line1_GivenName", "Miriam"))),
        Fields((Field("Business or organization", "P8_Organization", "Open Door Plains"),
                Field("Daytime telephone", "P8_Phone", "402-555-0161"))),
        Part("Part 10. Additional Information"),
        Fields((Field("2.a. Page Number", "P10_Line2a", "3"),
                Field("2.b. Part Number", "P10_Line2b", "3"),
                Field("2.c. Item Number", "P10_Line2c", "5"))),
        Writing("2.d.", "P10_Line2d",
                "The man who recruited me, Kanchha Dai, was later identified by the police as "
                "Bishwanath Adhikari of Himal Gate Overseas Pvt. Ltd.", 60),
    ]  # fmt: skip
