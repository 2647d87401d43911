"""Names are linked by the best link that their own form does not forbid."""

from __future__ import annotations

import numpy as np
import pytest

from extractor.language.coreference.linking import linked
from extractor.language.coreference.unlike_names import alike
from extractor.language.mentions import FoundMention
from extractor.record import EntityType, MentionKind
from models.network.pairs import PlacedMention

KINDS = {"N": MentionKind.NAM, "D": MentionKind.NOM, "P": MentionKind.PRO}


def told(text: str, forms: list[str]) -> list[FoundMention]:
    """Mentions as `kind:form`, in the order in which they stand in the text."""
    mentions, at = [], 0
    for number, marked in enumerate(forms):
        kind, form = marked.split(":")
        start = text.index(form, at)
        at = start + len(form)
        placed = PlacedMention(number, number + 1, 0, EntityType.PERSON, KINDS[kind], form)
        mentions.append(FoundMention(placed, start, at, 0.9))
    return mentions


def clusters(text: str, forms: list[str], scores: dict[tuple[int, int], float]) -> list[list[int]]:
    pairs = sorted(scores)
    left, right = (np.array([pair[n] for pair in pairs], dtype=np.int64) for n in (0, 1))
    values = np.array([scores[pair] for pair in pairs], dtype=np.float32)
    return linked(text, told(text, forms), left, right, values, -1.0).clusters


def test_a_name_is_not_the_owner_of_another_name_for_want_of_better() -> None:
    text = "Sister Lan was the owner. A heavy man came, Dell."
    scores = {(1, 0): 5.0, (2, 0): -3.0, (2, 1): 1.0}
    assert clusters(text, ["N:Lan", "D:the owner", "N:Dell"], scores) == [[0, 1], [2]]


def test_another_name_that_is_told_joins() -> None:
    text = "Evaristo Baltodano came; we all called him El Profe Viejo."
    scores = {(1, 0): 8.0, (2, 1): 8.0, (2, 0): 6.0}
    forms = ["N:Evaristo Baltodano", "P:him", "N:El Profe Viejo"]
    assert clusters(text, forms, scores) == [[0, 1, 2]]


def test_a_refused_name_takes_the_next_best_link() -> None:
    text = "Rosa Testova and Lan, the owner, and then Rosa"
    scores = {(1, 0): -4.0, (2, 1): 6.0, (3, 0): 0.5, (3, 1): -5.0, (3, 2): 1.0}
    forms = ["N:Rosa Testova", "N:Lan", "D:the owner", "N:Rosa"]
    assert clusters(text, forms, scores) == [[0, 3], [1, 2]]


def test_a_full_name_joins_nobody_else_where_one_bears_it_or_a_longer_one() -> None:
    text = "Ana Luz Testova and the owner, Lan. A. Testova left with TESTOVA, Ana"
    scores = {(1, 0): -4.0, (2, 1): 6.0, (3, 2): 9.0, (4, 2): 9.0}
    forms = ["N:Ana Luz Testova", "D:the owner", "N:Lan", "N:A. Testova", "N:TESTOVA, Ana"]
    assert clusters(text, forms, scores) == [[0], [1, 2], [3], [4]]


def test_pronouns_are_linked_by_their_score_alone() -> None:
    text = "Lan came. Dell saw him."
    scores = {(1, 0): -5.0, (2, 0): 1.0, (2, 1): 0.5}
    assert clusters(text, ["N:Lan", "N:Dell", "P:him"], scores) == [[0, 2], [1]]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Kyle Dressler", "Mr. Dressler", True),
        ("Philippa Stannard", "Julian Stannard", False),
        ("J. Stannard", "Julian Stannard", True),
        ("Boateng", "Boatang", True),
        ("Tita Baby", "Tita Cora", False),
        ("Guang Fu Chen", "CHEN Guangfu", True),
        ("Teodora", "Rotaedo", False),
    ],
)
def test_which_names_are_alike(first: str, second: str, *, expected: bool) -> None:
    assert alike(first, second) is expected
    assert alike(second, first) is expected


@pytest.mark.parametrize(
    ("text", "forms", "joined"),
    [
        ("the owner, Brent Testov, came and Nelly Testov was there",
         ["N:Brent Testov", "N:Nelly Testov"], False),
        ("Kweku Sample, also known as Charles Sample",
         ["N:Kweku Sample", "N:Charles Sample"], True),
        ("My lawyer there is Shira Example, not Clement Nowhere",
         ["N:Shira Example", "N:Clement Nowhere"], False),
        ("The card said that Elías Nowhere was called Rigoberto Sample",
         ["N:Elías Nowhere", "N:Rigoberto Sample"], True),
        ("Family Name (Last Name) Maureen Nowhere\nFamily Name (Last Name) Miriam Sample",
         ["N:Maureen Nowhere", "N:Miriam Sample"], False),
    ],
)  # fmt: skip
def test_two_full_names_are_two_persons_unless_one_is_told_as_the_others(
    text: str, forms: list[str], joined: bool
) -> None:
    assert (len(clusters(text, forms, {(1, 0): 9.0})) == 1) is joined


def test_numbered_entries_of_a_list_are_different_persons() -> None:
    text = "SUSPECT 1: SAMPLE, KYLE\nSUSPECT 2: UNKNOWN MALE, KNOWN AS KAY\nSUSPECT 1: THE MALE"
    scores = {(1, 0): 9.0, (2, 0): 8.0, (2, 1): 9.0}
    forms = ["N:SAMPLE, KYLE", "D:UNKNOWN MALE", "D:THE MALE"]
    assert clusters(text, forms, scores) == [[0, 2], [1]]
