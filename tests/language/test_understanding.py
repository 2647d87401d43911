"""The network's answer as a record: offsets, evidence, whole texts, and short stories."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.language import findings
from extractor.language.understanding import Understanding, understand
from extractor.record import SIGNATURES, Box, EntityType, RelationType, RoleName
from models.runtime import WEIGHTS, Runtime, shipped_runtime

STORY = """I, Amparo Quintanilla, declare that I was born in Honduras.

In March 2019 a man called Chepe, whose real name is José Luis Barahona, offered me work in
Houston, Texas. He drove me across the border and said that I owed him $6,000. His sister,
Nidia Barahona, locked me in her house at 4417 Larkspur Avenue and took my passport. She told
me that she would call immigration if I left. Her phone number was (713) 555-0142.

Officer Raymond Tull of the Houston Police Department found me on May 3, 2020. Sister Agnes
Moreau, a nun, gave me a bed.
"""


@pytest.fixture(scope="module")
def runtime() -> Runtime:
    return shipped_runtime()


def no_boxes(start: int, end: int) -> tuple[int, list[Box]]:
    del start, end
    return 1, []


def understood(text: str, runtime: Runtime) -> Understanding:
    return understand(text, runtime, no_boxes)


def test_the_traffickers_of_a_short_story_are_found(runtime: Runtime) -> None:
    found = understood(STORY, runtime)
    named = {n for t in found.alleged_traffickers for n in (t.name, *t.aliases)}
    assert any("Barahona" in name for name in named)
    assert not any("Tull" in name or "Moreau" in name for name in named)


def test_the_declarant_is_found(runtime: Runtime) -> None:
    found = understood(STORY, runtime)
    declarants = [e for e in found.entities if RoleName.DECLARANT in e.role_names()]
    assert [e.name for e in declarants] == ["Amparo Quintanilla"]
    assert found.case.declarant == declarants[0].id


def test_values_with_a_grammar_are_found_by_rule(runtime: Runtime) -> None:
    text = "Call 555-0142 or (713) 555-0143, a.b@example.com, A000-123-456, EAC1590000000."
    found = {(e.type, e.name) for e in understood(text, runtime).entities}
    assert {
        (EntityType.PHONE, "555-0142"),
        (EntityType.PHONE, "(713) 555-0143"),
        (EntityType.EMAIL, "a.b@example.com"),
        (EntityType.A_NUMBER, "A000-123-456"),
        (EntityType.RECEIPT_NUMBER, "EAC1590000000"),
    } <= found


def test_evidence_lies_around_the_mention(runtime: Runtime) -> None:
    found = understood(STORY, runtime)
    for trafficker in found.alleged_traffickers:
        assert trafficker.evidence
        assert all(0 <= s.start < s.end <= len(STORY) for s in trafficker.evidence)


def test_relations_obey_their_signature(runtime: Runtime) -> None:
    found = understood(STORY, runtime)
    types = {e.id: e.type for e in found.entities}
    for relation in found.relations:
        heads, tails = SIGNATURES[relation.type]
        assert types[relation.head] in heads
        assert types[relation.tail] in tails


def test_a_long_text_is_read_whole(runtime: Runtime) -> None:
    filler = "The weather that week was grey and the bus came late again. " * 700
    found = understood(filler + STORY, runtime)
    assert found.coverage.tokens_read == found.coverage.tokens_total > 8000
    names = {n for t in found.alleged_traffickers for n in (t.name, *t.aliases)}
    assert any("Barahona" in name for name in names)


def test_in_a_crowd_the_ties_of_the_main_ones_are_found(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    weather = "The weather that week was grey and the bus came late again. " * 40
    story = STORY.replace("\n\n", f"\n\n{weather}\n\n")
    whole = understood(story, runtime)
    main = {t.entity for t in whole.alleged_traffickers} | {whole.case.declarant}
    monkeypatch.setattr(findings, "_MANY", 2)
    crowded = {(r.type, r.head, r.tail) for r in understood(story, runtime).relations}
    kept = {(r.type, r.head, r.tail) for r in whole.relations if {r.head, r.tail} & main}
    assert kept
    assert kept <= crowded


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gets_an_answer_with_offsets_inside_it(text: str) -> None:
    found = understood(text, shipped_runtime())
    for entity in found.entities:
        for mention in entity.mentions:
            assert 0 <= mention.start < mention.end <= len(text)


def test_a_description_never_ends_in_a_preposition(runtime: Runtime) -> None:
    found = understood("The driver with a burned hand came. A man with a scar drove us.", runtime)
    ends = {m.end for e in found.entities for m in e.mentions}
    text = "The driver with a burned hand came. A man with a scar drove us."
    assert not any(text[:end].endswith(" with") for end in ends)


def test_a_kind_of_relation_with_a_low_threshold_of_its_own_is_kept() -> None:
    low, high = Runtime(WEIGHTS), Runtime(WEIGHTS)
    kept = "relation VICTIMIZED"
    low.manifest["thresholds"] = {**low.threshold, "relation": 0.999, kept: 0.001}
    high.manifest["thresholds"] = {**high.threshold, "relation": 0.999, kept: 0.999}
    many, few = (
        sum(r.type is RelationType.VICTIMIZED for r in understood(STORY, runtime).relations)
        for runtime in (low, high)
    )
    assert many > few


def test_a_kind_of_value_with_a_threshold_of_its_own_is_held_to_that() -> None:
    strict, phones = Runtime(WEIGHTS), Runtime(WEIGHTS)
    name = "relation HAS_IDENTIFIER"
    strict.manifest["thresholds"] = {**strict.threshold, name: 0.9999}
    phones.manifest["thresholds"] = {**strict.threshold, f"{name} PHONE": 0.001}
    few, many = (
        sum(r.type is RelationType.HAS_IDENTIFIER for r in understood(STORY, runtime).relations)
        for runtime in (strict, phones)
    )
    assert many > few
