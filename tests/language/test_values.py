"""Values and names set right, by tables of small cases, each with its reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.equal_values import equal_values
from extractor.language.mentions import FoundMention
from extractor.language.names import whole_names
from extractor.language.values import set_right
from extractor.record import EntityType, MentionKind
from models.network.pairs import PlacedMention
from models.network.tags import ScoredSpan
from models.network.tokens import Words, split_words

T = EntityType


def tagged(words: Words, parts: list[tuple[str, EntityType]]) -> list[ScoredSpan]:
    """Spans over the words of each part, in the order in which they stand."""
    spans, at = [], 0
    for part, type_ in parts:
        at = words.text.index(part, at)
        first, last = words.covering(at, at + len(part))
        spans.append(ScoredSpan(first, last, type_, MentionKind.NAM, 0.9))
        at += len(part)
    return spans


def forms(words: Words, spans: list[ScoredSpan]) -> list[tuple[str, EntityType]]:
    return [(words.text[words.starts[s.first] : words.ends[s.last - 1]], s.type) for s in spans]


@pytest.mark.parametrize(
    ("reason", "text", "found", "expected"),
    [
        ("a number is whole", "report 23-1187-OF says", [("23-1187-", T.CASE_NUMBER)],
         [("23-1187-OF", T.CASE_NUMBER)]),
        ("a full stop ends a sentence", "I wrote to rosa.bella.", [("rosa.", T.ACCOUNT)],
         [("rosa.bella", T.ACCOUNT)]),
        ("a handle ends at a blank", "at @sunny_kc. The next", [("@sunny_kc. The", T.ACCOUNT)],
         [("@sunny_kc", T.ACCOUNT)]),
        ("brackets of the number itself stay", "call (646) 555-0129 now",
         [("(646) 555-0129", T.PHONE)], [("(646) 555-0129", T.PHONE)]),
        ("brackets around it go", "her cell (555-0129)", [("(555-0129)", T.PHONE)],
         [("555-0129", T.PHONE)]),
        ("the word before names the type", "his passport A0000091X was",
         [("A0000091X", T.A_NUMBER)], [("A0000091X", T.PASSPORT)]),
        ("but not over another number", "passport X001, 555-0101", [("555-0101", T.PHONE)],
         [("555-0101", T.PHONE)]),
        ("nor over what a number says of itself", "took my passport and rang (213) 555-0188 at",
         [("(213) 555-0188", T.PHONE)], [("(213) 555-0188", T.PHONE)]),
        ("nor from afar", "after the police report I had the card 44-0918",
         [("44-0918", T.ACCOUNT)], [("44-0918", T.ACCOUNT)]),
        ("an A-number in a case", "In my immigration case, A000-000-918, I",
         [("A000-000-918", T.A_NUMBER)], [("A000-000-918", T.A_NUMBER)]),
        ("no e-mail without a domain", "on @mari.choque", [("@mari.choque", T.EMAIL)],
         [("@mari.choque", T.ACCOUNT)]),
        ("a platform is no account", "on Facebook they", [("Facebook", T.ACCOUNT)], []),
        ("nor a part of one", "on imo kamal.world", [("imo kamal.world", T.ACCOUNT)],
         [("kamal.world", T.ACCOUNT)]),
        ("a test is no case", "PHQ-9 score", [("PHQ-9", T.CASE_NUMBER)], []),
        ("halves of a plate", "plate 418 LKD was", [("418", T.PLATE), ("LKD", T.PLATE)],
         [("418 LKD", T.PLATE)]),
        ("an address goes on with its city", "at 9 Vine St, Ada, and",
         [("9 Vine St", T.ADDRESS), ("Ada", T.LOCATION)], [("9 Vine St, Ada", T.ADDRESS)]),
        ("not with what stands after a word", "at 9 Vine St in Ada",
         [("9 Vine St", T.ADDRESS), ("Ada", T.LOCATION)],
         [("9 Vine St", T.ADDRESS), ("Ada", T.LOCATION)]),
    ],
)  # fmt: skip
def test_how_values_are_set_right(
    reason: str,
    text: str,
    found: list[tuple[str, EntityType]],
    expected: list[tuple[str, EntityType]],
) -> None:
    words = split_words(text)
    assert forms(words, set_right(words, tagged(words, found))) == expected, reason


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("and Barrister Obi came", ["Barrister", "Obi"], ["Barrister Obi"]),
        (
            "I met Carlos Probe Tony Sample",
            ["Carlos Probe", "Tony Sample"],
            ["Carlos Probe", "Tony Sample"],
        ),
        ("by SA Lorna Quist and", ["SA", "Lorna Quist"], ["Lorna Quist"]),
        ("OFFICER V. ASHCRAFT WAS", ["V.", "ASHCRAFT"], ["V. ASHCRAFT"]),
        ("I saw Grace. Grace ran", ["Grace", "Grace"], ["Grace", "Grace"]),
        ("from Dr. Sample Testov", ["Dr. Sample Testov"], ["Sample Testov"]),
        ("VARGA, P. was there", ["VARGA"], ["VARGA, P."]),
        ("by Varga, P. Sample and", ["Varga", "P. Sample"], ["Varga", "P. Sample"]),
        ("1: ROE, JANE F W PHONE", ["ROE, JANE F"], ["ROE, JANE"]),
        ("ROE, JOHN LEE M/34", ["ROE, JOHN LEE M"], ["ROE, JOHN LEE"]),
        ("ROE, JOHN M DOB 1981", ["ROE, JOHN M"], ["ROE, JOHN"]),
        ("with Jane Roe F 4", ["Jane Roe F"], ["Jane Roe F"]),
        ("ROE, JOHN M SAID", ["ROE, JOHN M"], ["ROE, JOHN M"]),
    ],
)
def test_how_names_are_set_right(text: str, found: list[str], expected: list[str]) -> None:
    words = split_words(text)
    spans = whole_names(words, tagged(words, [(form, T.PERSON) for form in found]))
    assert [form for form, _ in forms(words, spans)] == expected


@given(st.text(max_size=60), st.data())
def test_no_span_leaves_the_text_or_is_empty(text: str, data: st.DataObject) -> None:
    words = split_words(text)
    if not len(words):
        return
    spans = []
    for _ in range(data.draw(st.integers(0, 4))):
        first = data.draw(st.integers(0, len(words) - 1))
        last = data.draw(st.integers(first + 1, len(words)))
        type_ = data.draw(st.sampled_from(list(EntityType)))
        spans.append(ScoredSpan(first, last, type_, MentionKind.NAM, 0.9))
    for span in [*set_right(words, spans), *whole_names(words, spans)]:
        assert 0 <= span.first < span.last <= len(words)


def mention(form: str, type_: EntityType) -> FoundMention:
    return FoundMention(PlacedMention(0, 1, 0, type_, MentionKind.NAM, form), 0, len(form), 0.9)


@pytest.mark.parametrize(
    ("reason", "values", "expected"),
    [
        ("one vehicle, long and short", ["blue Corolla", "Corolla"], [[0, 1]]),
        ("two that it may be", ["blue Corolla", "red Corolla", "Corolla"], [[0], [1], [2]]),
    ],
)
def test_which_vehicles_are_one(reason: str, values: list[str], expected: list[list[int]]) -> None:
    found = equal_values([mention(form, T.VEHICLE) for form in values])
    assert sorted(found) == expected, reason


def test_a_month_is_not_a_day_in_it() -> None:
    found = equal_values([mention("3 June 2018", T.DATE), mention("June 2018", T.DATE)])
    assert sorted(found) == [[0], [1]]
