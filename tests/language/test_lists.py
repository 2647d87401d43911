"""Lines of lists and words of ownership tell whose a value is, and nothing else does."""

from __future__ import annotations

import pytest

from extractor.language.findings import FoundRelation
from extractor.language.lists import listed, with_listed
from extractor.language.mentions import FoundMention
from extractor.language.ownership import owned
from extractor.record import EntityType, MentionKind, RelationType
from models.network.pairs import PlacedMention

TYPES = {
    "N": EntityType.PERSON,
    "O": EntityType.ORGANIZATION,
    "T": EntityType.PHONE,
    "E": EntityType.EMAIL,
    "D": EntityType.DATE,
    "V": EntityType.VEHICLE,
    "A": EntityType.ADDRESS,
    "C": EntityType.NATIONALITY,
}
HOLDS, BORN = RelationType.HAS_IDENTIFIER, RelationType.BORN_ON


def marked(text: str, forms: list[str]) -> list[FoundMention]:
    """Mentions as `type:form`, in the order in which they stand in the text."""
    mentions, at = [], 0
    for number, form in enumerate(forms):
        kind, words = form.split(":", 1)
        start = text.index(words, at)
        at = start + len(words)
        placed = PlacedMention(number, number + 1, 0, TYPES[kind], MentionKind.NAM, words)
        mentions.append(FoundMention(placed, start, at, 0.9))
    return mentions


def told(text: str, forms: list[str]) -> set[tuple[RelationType, str, str]]:
    mentions = marked(text, forms)
    relations = listed(text, mentions, [[n] for n in range(len(mentions))])
    return {(r.type, *(mentions[n].placed.form for n in r.mentions)) for r in relations}


@pytest.mark.parametrize(
    ("text", "forms", "expected"),
    [
        ("People:\n- Samir: 555-0101; born in May\n- Petra, tel. 555-0102\n",
         ["N:Samir", "T:555-0101", "N:Petra", "T:555-0102"],
         {(HOLDS, "Samir", "555-0101"), (HOLDS, "Petra", "555-0102")}),
        ("SUSPECT 1: SAMPLE, ELDER  H/M  DOB 05/05/1999\n", ["N:SAMPLE, ELDER", "D:05/05/1999"],
         {(BORN, "SAMPLE, ELDER", "05/05/1999")}),
        ("(2) Petra Sample; Freedonian; 9 Nowhere Lane; came 05/05/1999",
         ["N:Petra Sample", "C:Freedonian", "A:9 Nowhere Lane", "D:05/05/1999"],
         {(RelationType.CITIZEN_OF, "Petra Sample", "Freedonian"),
          (RelationType.RESIDES_AT, "Petra Sample", "9 Nowhere Lane")}),
        ("Testco LLC: 9 Nowhere Lane", ["O:Testco LLC", "A:9 Nowhere Lane"],
         {(RelationType.LOCATED_AT, "Testco LLC", "9 Nowhere Lane")}),
        ("Samir: ask Petra, 555-0102", ["N:Samir", "N:Petra", "T:555-0102"], set()),
        ("Wires: 555-0102 in the name of Petra", ["T:555-0102", "N:Petra"], set()),
        ("Samir: 555-0102 is the phone of Petra", ["N:Samir", "T:555-0102", "N:Petra"], set()),
        ("Samir told me to call 555-0102.", ["N:Samir", "T:555-0102"], set()),
        pytest.param("A" * 20_000 + "! Samir: 555-0102", ["N:Samir", "T:555-0102"], set(),
                     id="a line of capitals, which must not take forever"),
        ("SUSPECT A/B TWO 1: Samir: 555-0102", ["N:Samir", "T:555-0102"],
         {(HOLDS, "Samir", "555-0102")}),
        ("Samir, tel. 555-0101,\n  or 555-0102", ["N:Samir", "T:555-0101", "T:555-0102"],
         {(HOLDS, "Samir", "555-0101"), (HOLDS, "Samir", "555-0102")}),
    ],
)  # fmt: skip
def test_who_begins_a_line_has_what_stands_on_it(
    text: str, forms: list[str], expected: set[tuple[RelationType, str, str]]
) -> None:
    assert told(text, forms) == expected


def test_a_list_overrules_the_network_about_what_one_person_has() -> None:
    types = [EntityType.PERSON, EntityType.PERSON, EntityType.PHONE, EntityType.VEHICLE]
    wrong, other = relation(HOLDS, 1, 2, 0.999), relation(HOLDS, 1, 3, 0.6)
    right, shared = relation(HOLDS, 0, 2, 0.99), relation(HOLDS, 0, 3, 0.991)
    found = with_listed([wrong, other], [right, shared], types)
    assert sorted(found, key=lambda r: r.score) == [other, right, shared]


def relation(type_: RelationType, head: int, tail: int, score: float) -> FoundRelation:
    return FoundRelation(type_, None, head, tail, score, (head, tail))


@pytest.mark.parametrize(
    ("text", "forms", "expected"),
    [
        ("a blue van, which was registered to Petra.", ["V:blue van", "N:Petra"],
         (RelationType.OWNS, "Petra", "blue van")),
        ("He had a blue van. The van belongs to Testco.", ["V:blue van", "O:Testco"],
         (RelationType.OWNS, "Testco", "blue van")),
        ("555-0101, a phone in the name of Petra", ["T:555-0101", "N:Petra"],
         (HOLDS, "Petra", "555-0101")),
        ("He came in a blue van. The shop belongs to Petra.", ["V:blue van", "N:Petra"], None),
        ("A red car and a blue van belong to me. The blue van is owned by Petra.",
         ["V:red car", "V:blue van", "V:blue van", "N:Petra"],
         (RelationType.OWNS, "Petra", "blue van")),
        ("He drove Petra in a blue van.", ["N:Petra", "V:blue van"], None),
    ],
)  # fmt: skip
def test_words_of_ownership(
    text: str, forms: list[str], expected: tuple[RelationType, str, str] | None
) -> None:
    mentions = marked(text, forms)
    found = owned(text, mentions, [[n] for n in range(len(mentions))])
    assert [(r.type, *(mentions[n].placed.form for n in r.mentions)) for r in found] == (
        [expected] if expected else []
    )
