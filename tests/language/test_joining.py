"""Namesakes are joined and rivals parted: by tables of small cases, each with its reason."""

from __future__ import annotations

from itertools import combinations

import pytest

from extractor.language.answer import identifiers_of
from extractor.language.coreference.aliases import aliases_joined
from extractor.language.coreference.genders import manliness
from extractor.language.coreference.namesakes import LinkScores, namesakes_joined
from extractor.language.exclusive import exclusive
from extractor.language.findings import FoundRelation
from extractor.language.mentions import FoundMention
from extractor.record import (
    Entity,
    EntityType,
    Mention,
    MentionKind,
    Relation,
    RelationType,
)
from models.network.pairs import PlacedMention

PERSON, ORGANIZATION = EntityType.PERSON, EntityType.ORGANIZATION


def mention(
    form: str, kind: MentionKind = MentionKind.NAM, type_: EntityType = PERSON
) -> FoundMention:
    return FoundMention(PlacedMention(0, 1, 0, type_, kind, form), 0, len(form), 0.9)


def joined(
    forms: list[str], clusters: list[list[int]], scores: LinkScores | None = None
) -> list[list[int]]:
    return namesakes_joined("", [mention(form) for form in forms], clusters, scores or {})


@pytest.mark.parametrize(
    ("reason", "forms", "clusters", "expected"),
    [
        ("equal full names, whatever the network says",
         ["Kyle Dressler", "Kyle Dressler"], [[0], [1]], [[0, 1]]),
        ("a first name that two people bear joins neither",
         ["María Ruiz", "María Soto", "María"], [[0], [1], [2]], [[0], [1], [2]]),
        ("no link at all between the two: they stay apart",
         ["Nidia Barahona", "Barahona"], [[0], [1]], [[0], [1]]),
    ],
)  # fmt: skip
def test_who_is_joined(
    reason: str, forms: list[str], clusters: list[list[int]], expected: list[list[int]]
) -> None:
    assert joined(forms, clusters) == expected, reason


def test_of_names_as_full_as_each_other_always_the_same_one_counts() -> None:
    """Names are kept in a set, whose order changes from process to process."""
    given = ["Ada", "Bea", "Cyd", "Eda", "Fay", "Gil", "Hal", "Ike", "Kip", "Lou", "Max", "Ned"]
    for one, other in combinations(given, 2):
        forms = [f"{one} Canux", f"{other} Canux"]
        assert joined([*forms, forms[1]], [[0, 1], [2]]) == [[0, 1, 2]]
        assert joined([*forms, forms[0]], [[0, 1], [2]]) == [[0, 1], [2]]


def test_family_name_first_is_the_same_name() -> None:
    assert joined(["SAMPLE, Kyle", "Kyle Sample"], [[0], [1]]) == [[0, 1]]
    assert joined(["Sample Kyle", "Kyle Sample"], [[0], [1]]) == [[0, 1]]


def test_a_plate_is_told_of_whoever_has_its_vehicle() -> None:
    entities = {
        "p": Entity(id="p", type=PERSON, name="Kyle Sample"),
        "v": Entity(id="v", type=EntityType.VEHICLE, name="white van"),
        "n": Entity(id="n", type=EntityType.PLATE, name="ZZZ 000"),
    }
    has = RelationType.HAS_IDENTIFIER
    relations = [
        Relation(type=has, head="p", tail="v", score=0.9),
        Relation(type=has, head="v", tail="n", score=0.9),
    ]
    expected = {"VEHICLE": ["white van"], "PLATE": ["ZZZ 000"]}
    assert identifiers_of("p", entities, relations) == expected


def test_a_short_name_joins_its_only_bearer_unless_the_network_refuses() -> None:
    forms, clusters = ["Kyle Dressler", "Kyle"], [[0], [1]]
    assert joined(forms, clusters, {(1, 0): -1.0}) == [[0, 1]]
    assert joined(forms, clusters, {(1, 0): -7.0}) == [[0], [1]]
    surnames = ["Kyle Dressler", "Dressler"]
    assert joined(surnames, clusters, {(1, 0): -1.0}) == [[0, 1]]
    assert joined(surnames, clusters, {(1, 0): -5.0}) == [[0], [1]]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Karto Testwiryo", "Pak Karto"),
        ("Ignacio Sample", "Nacho"),
        ("Ignacio Sample", "Don Nacho"),
        ("Magdalena Sample", "Magda"),
        ("Odette Sample-Cadet", "Cadet, O."),
    ],
)
def test_forms_of_address_nicknames_and_initials_join_their_only_bearer(
    full: str, short: str
) -> None:
    assert joined([full, short], [[0], [1]], {(1, 0): 0.0}) == [[0, 1]]
    given = full.split(maxsplit=1)[0]
    assert joined([full, f"{given} Other", short], [[0], [1], [2]], {}) == [[0], [1], [2]]


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        (", also known as ", [[0, 1]]),
        (' (a/k/a "', [[0, 1]]),
        (" aka ", [[0, 1]]),
        (", alias ", [[0, 1]]),
        (" called ", [[0], [1]]),
        (" also knew ", [[0], [1]]),
        (", ", [[0], [1]]),
    ],
)
def test_an_alias_told_in_so_many_words_joins(between: str, expected: list[list[int]]) -> None:
    text = f"Petra Sample{between}Mama P"
    first = FoundMention(
        PlacedMention(0, 1, 0, PERSON, MentionKind.NAM, "Petra Sample"), 0, 12, 0.9
    )
    second = FoundMention(
        PlacedMention(1, 2, 0, PERSON, MentionKind.NAM, "Mama P"), len(text) - 6, len(text), 0.9
    )
    assert aliases_joined(text, [first, second], [[0], [1]]) == expected


def test_nobody_is_a_man_and_a_woman() -> None:
    text = "Michael Testov and his brother came. Mrs. Testov said that she knew nothing."
    placed = [("Michael Testov", MentionKind.NAM), ("his brother", MentionKind.NOM),
              ("Testov", MentionKind.NAM), ("she", MentionKind.PRO)]  # fmt: skip
    mentions, at = [], 0
    for form, kind in placed:
        start = text.index(form, at)
        at = start + len(form)
        mentions.append(FoundMention(PlacedMention(0, 1, 0, PERSON, kind, form), start, at, 0.9))
    clusters = [[0, 1], [2, 3]]
    assert namesakes_joined(text, mentions, clusters, {(2, 0): 9.0}) == clusters


@pytest.mark.parametrize(
    ("before", "expected"),
    [("I miss ", 0), ("Then we ate ", 0), ("Then Miss ", -1), ("To Ate ", -1), ("said don ", 1)],
)
def test_titles_tell_a_man_or_a_woman_and_verbs_do_not(before: str, expected: int) -> None:
    placed = PlacedMention(0, 1, 0, PERSON, MentionKind.NAM, "Lan")
    one = FoundMention(placed, len(before), len(before) + 3, 0.9)
    assert manliness(f"{before}Lan", [one]) == expected


def test_a_business_never_joins_a_person() -> None:
    mentions = [mention("Ametepe", type_=ORGANIZATION), mention("Ametepe")]
    assert namesakes_joined("", mentions, [[0], [1]], {(1, 0): 3.0}) == [[0], [1]]


def entity(number: int, type_: EntityType) -> Entity:
    one = Mention(start=number, end=number + 1, kind=MentionKind.NAM, score=1.0, page=1)
    return Entity(id=f"e{number}", type=type_, name=f"n{number}", mentions=[one])


def relation(type_: RelationType, head: int, tail: int, score: float) -> FoundRelation:
    return FoundRelation(type_, None, head, tail, score, (head, tail))


def test_a_phone_has_one_holder_and_a_person_one_birth() -> None:
    types = [
        PERSON,
        PERSON,
        EntityType.PHONE,
        EntityType.DATE,
        EntityType.DATE,
        EntityType.CASE_NUMBER,
    ]
    entities = [entity(number, type_) for number, type_ in enumerate(types)]
    identifier, born = RelationType.HAS_IDENTIFIER, RelationType.BORN_ON
    kept = exclusive(
        [
            relation(identifier, 0, 2, 0.6),
            relation(identifier, 1, 2, 0.9),
            relation(born, 0, 3, 0.7),
            relation(born, 0, 4, 0.8),
            relation(identifier, 0, 5, 0.6),
            relation(identifier, 1, 5, 0.5),
        ],
        entities,
    )
    pairs = {(r.type, r.head, r.tail) for r in kept}
    assert pairs == {(identifier, 1, 2), (born, 0, 4), (identifier, 0, 5), (identifier, 1, 5)}
