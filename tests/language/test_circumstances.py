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
    Means,
    MeansName,
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

PAID_WITH_MEN = """I owed her $6,000 and she said I would pay with men. She took the money from
the men."""


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
        ("My boss entered the United States without inspection.", None, None),
        ("My sister came here on a tourist visa.", None, None),
        ("My mother and my brother entered without inspection.", None, None),
        ("My sister and I entered without inspection.", "WITHOUT_INSPECTION", None),
        ("My boss made me cross the river.", "WITHOUT_INSPECTION", None),
        ("I did not know anybody when I crossed the river.", "WITHOUT_INSPECTION", None),
        (
            "I entered on an F-1 visa in 2019. My husband entered without inspection in 2021.",
            "INSPECTED",
            "F-1",
        ),
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


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("My boss entered without inspection.", None),
        ("I know that my boss, Tibor, entered without inspection.", None),
        ("Iva's boss entered without inspection.", None),
        ("I paid Tibor and entered without inspection.", "WITHOUT_INSPECTION"),
        ("Tibor told Iva to enter without inspection.", "WITHOUT_INSPECTION"),
        ("Tibor and I entered without inspection.", "WITHOUT_INSPECTION"),
        ("Tibor arranged my entry on a tourist visa.", "INSPECTED"),
    ],
)
def test_the_nearest_subject_is_the_one_who_entered(text: str, manner: str | None) -> None:
    own = dict.fromkeys(("I", "Iva", "My", "my"), RoleName.DECLARANT)
    others = dict.fromkeys(("Tibor", "My boss", "my boss", "Iva's boss"), RoleName.EXPLOITER)
    assert case_of(text, own | others).manner_of_entry == manner


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
        ("Rape ☒ Murder ☐ Kidnapping ☐ Stalking ☒ Torture ☐", ["RAPE", "STALKING"]),
        ("Criminal acts: ☐ Rape ☒ Murder ☐ Kidnapping ☒ Stalking", ["MURDER", "STALKING"]),
        ("On three nights he raped me.", ["RAPE"]),
        ("I was trafficked by a farmer.", ["TRAFFICKING"]),
        ("He trafficked me to Houston.", ["TRAFFICKING"]),
        ("We were trafficked for labor.", ["TRAFFICKING"]),
        ("He held her there in involuntary servitude.", ["INVOLUNTARY_SERVITUDE"]),
        ("I was never trafficked.", []),
        ("I could not sleep because he raped me.", ["RAPE"]),
        ("I never told anyone that he raped me.", ["RAPE"]),
        ("I didn't tell anyone that he raped me.", ["RAPE"]),
        ("Without my consent he sexually assaulted me.", ["SEXUAL_ASSAULT"]),
        ("No one helped me after he kidnapped me.", ["KIDNAPPING"]),
        ("I never said that he raped me.", []),
        ("He denied when asked that he raped me.", []),
        ("Form I-918 asks about domestic violence and incest.", []),
        ("He was accused of being a witness to a murder.", []),
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


@pytest.mark.parametrize(
    ("value", "crimes"),
    [
        ("Rape; Felonious Assault; Trafficking", ["FELONIOUS_ASSAULT", "RAPE", "TRAFFICKING"]),
        ("Being Held Hostage; Other", ["BEING_HELD_HOSTAGE"]),
        ("He spoke of rape; she ran", []),
    ],
)
def test_each_option_of_an_answer_counts(value: str, crimes: list[str]) -> None:
    fields = {"P3_Line1": value}
    section = Section(start=0, end=1, kind="SUPPLEMENT_B", form=FormName.I_918B, fields=fields)
    assert with_circumstances(record("x", sections=[section])).case.qualifying_crimes == crimes


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
        (PAID_WITH_MEN, {"She": RoleName.EXPLOITER}, ["SEX"]),
        (
            "I was not made to work in any kitchen or factory for Bruno.",
            {"Bruno": RoleName.EXPLOITER},
            [],
        ),
        (DEFINITION, {}, []),
        (STATEMENT_OF_CLAIM, {"Part": RoleName.RECRUITER}, []),
        (FORM_LIST, {}, []),
    ],
)
def test_a_purpose_is_one_that_the_statement_alleges(
    text: str, roles: dict[str, RoleName], purposes: list[str]
) -> None:
    assert case_of(text, roles).purposes == purposes


def test_work_told_of_the_time_before_the_journey_is_not_what_it_was_for() -> None:
    """The debt alone would let other work of the declarant count beside the sex."""
    washed = "I washed and folded sheets in Kathmandu."
    for text, purposes in (
        (f"{PAID_WITH_MEN} {washed}", ["LABOR", "SEX"]),
        (f"{PAID_WITH_MEN} Before I came to the United States {washed}", ["SEX"]),
    ):
        whole = record(text, {"She": RoleName.EXPLOITER})
        debt = [Means(means=MeansName.DEBT, score=0.9)]
        owed = [entity.model_copy(update={"means": debt}) for entity in whole.entities]
        found = with_circumstances(whole.model_copy(update={"entities": owed}))
        assert found.case.purposes == purposes


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


@pytest.mark.parametrize(
    "scrap", ["/", "-", ".", ",", "(", "☒", "/a", "A/-", " ", "\n", "My ", "to "]
)
@pytest.mark.parametrize("tail", ["", " x", ":"])
def test_a_long_run_of_one_scrap_is_read_to_its_end(scrap: str, tail: str) -> None:
    """Words that may be split in many ways would be tried in all of them, and never end."""
    text = f"Hello\nA{scrap * (20_000 // len(scrap))}{tail}"
    whole = record(text)
    read = "".join(sentence.text for sentence in sentences_of(whole))
    assert "".join(read.split()) == "".join(text.split())
    assert with_circumstances(whole).case.qualifying_crimes == []
