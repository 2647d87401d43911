"""Entry, purposes and crimes: what is alleged counts, not what is denied, feared or recited."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.language.circumstances import with_circumstances
from extractor.language.circumstances.sentences import sentences_of
from extractor.record import (
    Case,
    Entity,
    EntityType,
    FormName,
    Mention,
    MentionKind,
    ModelVersion,
    QualifyingCrime,
    Record,
    Role,
    RoleName,
    Section,
    Source,
)

FORM_LIST = """Part 3. Criminal Acts
1. The petitioner is a victim of criminal activity involving a violation of one of the following
Federal, state, or local criminal offenses (or any similar activity).
Abduction   Female Genital Mutilation   Obstruction of Justice   Sexual Exploitation

Abusive Sexual Contact   Fraud in Foreign Labor Contracting   Peonage   Slave Trade

Blackmail   Incest   Perjury   Stalking   Domestic Violence   Prostitution   Torture

Involuntary Servitude   Rape   Trafficking   False Imprisonment   Kidnapping   Sexual Assault
"""
STATEMENT_OF_CLAIM = """Part C. Statement of Claim
Sex trafficking in which a commercial sex act is induced by force, fraud or coercion, or in which
the person induced to perform such act has not attained 18 years of age.

The recruitment, harboring, transportation, provision or obtaining of a person for labor or
services, through the use of force, for subjection to involuntary servitude or peonage.

Have you engaged in prostitution, or do you intend to engage in prostitution? Yes No
"""
DEFINITION = """"Severe form of trafficking in persons" means: A. Sex trafficking in which a
commercial sex act is induced by force, fraud, or coercion; or B. The recruitment of a person for
labor or services, for the purpose of subjection to involuntary servitude or debt bondage."""


def record(
    text: str, roles: dict[str, RoleName] | None = None, sections: list[Section] | None = None
) -> Record:
    """A record of a text in which every word of `roles` is mentioned by that name."""
    entities = [
        Entity(
            id=f"E{number}",
            type=EntityType.PERSON,
            name=name,
            mentions=_mentions(text, name),
            roles=[Role(role=role, score=0.9)],
        )
        for number, (name, role) in enumerate((roles or {}).items())
    ]
    return Record(
        source=Source(filename="a.txt", media_type="text/plain", sha256="0" * 64, bytes=1),
        model=ModelVersion(name="none", version="1"),
        text=text,
        entities=entities,
        sections=sections or [],
    )


def _mentions(text: str, name: str) -> list[Mention]:
    starts = [n for n in range(len(text)) if text.startswith(name, n)]
    return [
        Mention(start=n, end=n + len(name), kind=MentionKind.NAM, score=1.0, page=1) for n in starts
    ]


def case_of(text: str, roles: dict[str, RoleName] | None = None) -> Case:
    return with_circumstances(record(text, roles)).case


@pytest.mark.parametrize(
    ("text", "manner", "admitted_as"),
    [
        ("I entered the United States on a tourist visa.", "INSPECTED", "tourist"),
        ("I was inspected and admitted on an H-2B in May 2019.", "INSPECTED", "H-2B"),
        ("The company petitioned for our H-2A visas.", "INSPECTED", "H-2A"),
        ("We crossed the river at night near Reynosa.", "WITHOUT_INSPECTION", None),
        ("I entered near Sasabe without inspection.", "WITHOUT_INSPECTION", None),
        ("I came with a passport that was not mine.", "INSPECTED_FALSE_DOCUMENT", None),
        ("On 3 May 2019 I came under the visa waiver.", "VISA_WAIVER", None),
        ("I was paroled into the United States at Hidalgo.", "PAROLED", None),
        ("I returned on advance parole in 2016.", "ADVANCE_PAROLE", None),
        (
            "I came on an F-1 visa in 2010. In 2015 we crossed the desert.",
            "WITHOUT_INSPECTION",
            None,
        ),
        ("I never crossed the river.", None, None),
        ("I want to apply for a T visa.", None, None),
        ("He promised me a green card and an H-2B.", None, None),
        ("Q. Did you cross the river?", None, None),
    ],
)
def test_an_entry_is_read_as_told(text: str, manner: str | None, admitted_as: str | None) -> None:
    case = case_of(text)
    assert (case.manner_of_entry, case.class_of_admission) == (manner, admitted_as)


def test_the_entry_of_somebody_else_is_not_the_declarants() -> None:
    roles = {"Iva": RoleName.DECLARANT, "Tibor": RoleName.EXPLOITER}
    text = "Iva cleaned in his house. Tibor entered on a visa waiver in 2011."
    assert case_of(text, roles).manner_of_entry is None
    assert case_of(text.replace("Tibor e", "Iva e"), roles).manner_of_entry == "VISA_WAIVER"


def test_the_form_goes_before_the_story() -> None:
    text = "I crossed the river at night."
    fields = {"Status": "PAROLEE", "P2_MaritalStatus": "Single"}
    section = Section(start=0, end=1, kind="APPLICATION_FORM", form=FormName.I_914, fields=fields)
    assert with_circumstances(record(text, sections=[section])).case.manner_of_entry == "PAROLED"


@pytest.mark.parametrize(
    ("text", "crimes"),
    [
        ("He was convicted of felonious assault and stalking.", ["FELONIOUS_ASSAULT", "STALKING"]),
        ("OFFENSE: HUMAN TRAFFICKING / EXTORTION", ["EXTORTION", "TRAFFICKING"]),
        (
            "Part 3. Criminal Acts\nExtortion; false imprisonment.",
            ["EXTORTION", "FALSE_IMPRISONMENT"],
        ),
        ("[X] Kidnapping   [ ] Rape   [X] Torture", ["KIDNAPPING", "TORTURE"]),
        ("On three nights he raped me.", ["RAPE"]),
        ("I declare under penalty of perjury that he was charged.", []),
        ("He was never charged with murder.", []),
        ("The charge of kidnapping was dismissed.", []),
        ("She feared that she would be charged with extortion.", []),
        ("Nobody kidnapped me.", []),
        ("She called the Human Trafficking Unit about the report.", []),
        ("A judge put us in a cell with murderers.", []),
        (FORM_LIST, []),
        ("Part 3. Criminal Acts\nAbduction\nExtortion\nRape\nForm I-918", []),
        ("Part 3. Criminal Acts\n\nAbduction\n\nExtortion\n\nRape", []),
    ],
)
def test_a_crime_is_one_that_the_papers_name(text: str, crimes: list[str]) -> None:
    assert case_of(text).qualifying_crimes == crimes


def test_boxes_of_the_certification_count_and_questions_to_the_petitioner_do_not() -> None:
    fields = {
        "P3_Line1_Hostage": "Yes",
        "P3_Line1_Prostitution": "1",
        "Line6_Explanation": "He ran.",
    }
    for form, crimes in (
        (FormName.I_918B, ["BEING_HELD_HOSTAGE", "PROSTITUTION"]),
        (FormName.I_918, []),
    ):
        section = Section(start=0, end=1, kind="SUPPLEMENT_B", form=form, fields=fields)
        found = with_circumstances(record("x", sections=[section])).case
        assert (found.qualifying_crimes, found.evidence) == (crimes, {})


@pytest.mark.parametrize("crime", list(QualifyingCrime))
def test_every_crime_of_the_statute_has_words(crime: QualifyingCrime) -> None:
    words = crime.replace("_", " ").lower().removeprefix("being ")
    assert crime in case_of(f"She was the victim of {words}.").qualifying_crimes


@pytest.mark.parametrize(
    ("text", "roles", "purposes"),
    [
        ("Bruno had me clean hotels all day.", {"Bruno": RoleName.EXPLOITER}, ["LABOR"]),
        ("For Bruno I had to see clients.", {"Bruno": RoleName.EXPLOITER}, ["SEX"]),
        ("Hal paid Bruno.", {"Bruno": RoleName.EXPLOITER, "Hal": RoleName.BUYER}, ["SEX"]),
        ("Bruno held me in debt bondage; it was sex trafficking.", {}, ["LABOR", "SEX"]),
        ("Bruno hit me when I came from work.", {"Bruno": RoleName.PERPETRATOR}, []),
        ("There was no sex trafficking and no forced labor.", {}, []),
        (DEFINITION, {}, []),
        (STATEMENT_OF_CLAIM, {"Part": RoleName.RECRUITER}, []),
        (FORM_LIST, {}, []),
    ],
)
def test_a_purpose_is_one_that_the_statement_alleges(
    text: str, roles: dict[str, RoleName], purposes: list[str]
) -> None:
    assert case_of(text, roles).purposes == purposes


def test_each_fact_has_its_sentence() -> None:
    text = "My name is Iva. We crossed the river.\n\nBruno was charged with extortion. I slept."
    found = with_circumstances(record(text))
    quotes = {fact: [found.quote(s) for s in spans] for fact, spans in found.case.evidence.items()}
    assert quotes == {
        "EXTORTION": ["Bruno was charged with extortion."],
        "WITHOUT_INSPECTION": ["We crossed the river."],
    }


SCRAPS = "I/he/crossed/the river/visa/H-2A/not/extortion/charged/[X]/[ ]/?/./;/\n\n/Mr./:/clients"
WORDS = st.lists(st.sampled_from(SCRAPS.split("/")), max_size=60).map(" ".join)


@given(st.one_of(WORDS, st.text(max_size=200)))
@settings(deadline=None, max_examples=60)
def test_any_text_has_sentences_in_it_and_facts_with_evidence(text: str) -> None:
    whole = record(text)
    for sentence in sentences_of(whole):
        assert text[sentence.start : sentence.end].split() == sentence.text.split()
    case = with_circumstances(whole).case
    facts = {*case.purposes, *case.qualifying_crimes} | {case.manner_of_entry} - {None}
    assert set(case.evidence) == facts
    Record.model_validate(whole.model_copy(update={"case": case}).model_dump())
