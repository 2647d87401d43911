"""A name has one type throughout a text."""

from __future__ import annotations

import pytest

from extractor.language.mentions import FoundMention
from extractor.language.uniform import of_one_type
from extractor.record import EntityType, MentionKind
from models.network.pairs import PlacedMention

PERSON, ORGANIZATION, LOCATION = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION


def mention(form: str, type_: EntityType, score: float, kind: MentionKind) -> FoundMention:
    return FoundMention(PlacedMention(0, 1, 0, type_, kind, form), 0, len(form), score)


@pytest.mark.parametrize(
    ("reason", "forms", "expected"),
    [
        ("the surer reading holds",
         [("La Doña Chepa", PERSON, 0.9), ("La Doña Chepa", ORGANIZATION, 0.6)], [PERSON] * 2),
        ("many unsure ones outweigh a sure one",
         [("Puente Joven", PERSON, 0.9), ("Puente Joven", ORGANIZATION, 0.6),
          ("PUENTE JOVEN", ORGANIZATION, 0.6)], [ORGANIZATION] * 3),
        ("a form of business makes an organization",
         [("Puente Joven", PERSON, 0.9), ("Puente Joven S.A.", ORGANIZATION, 0.4)],
         [ORGANIZATION] * 2),
        ("one word may be a surname here and a firm there",
         [("Nassour", PERSON, 0.9), ("Nassour", ORGANIZATION, 0.6)], [PERSON, ORGANIZATION]),
        ("an unsure single word is the one firm that bears it",
         [("Brightwick", PERSON, 0.6), ("Brightwick Nurse Bridge", ORGANIZATION, 0.9)],
         [ORGANIZATION] * 2),
        ("a sure one is a person",
         [("Nassour", PERSON, 0.95), ("Nassour Imports", ORGANIZATION, 0.9)],
         [PERSON, ORGANIZATION]),
        ("and so is one whose full name is told",
         [("Nassour", PERSON, 0.6), ("Nassour Imports", ORGANIZATION, 0.9),
          ("Farid Nassour", PERSON, 0.9)], [PERSON, ORGANIZATION, PERSON]),
        ("a place is left alone",
         [("San Marcos", PERSON, 0.9), ("San Marcos", LOCATION, 0.6)], [PERSON, LOCATION]),
    ],
)  # fmt: skip
def test_which_type_a_name_has(
    reason: str, forms: list[tuple[str, EntityType, float]], expected: list[EntityType]
) -> None:
    given = [mention(form, type_, score, MentionKind.NAM) for form, type_, score in forms]
    assert [m.placed.type for m in of_one_type(given)] == expected, reason


def test_descriptions_keep_their_type() -> None:
    given = [mention("the big house", t, 0.9, MentionKind.NOM) for t in (PERSON, ORGANIZATION)]
    assert of_one_type(given) == given
