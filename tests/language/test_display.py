"""spaCy around the network: a pipeline, spans, a displaCy page."""

from __future__ import annotations

import spacy

from extractor.language.display import SPANS, annotate, displacy_page
from extractor.record import (
    AllegedTrafficker,
    Entity,
    EntityType,
    Mention,
    MentionKind,
    ModelVersion,
    Record,
    Role,
    RoleName,
    Source,
)

TEXT = "Luis Tello took my passport in Quito."


def record() -> Record:
    name = Mention(start=0, end=10, kind=MentionKind.NAM, score=1.0, page=1)
    place = Mention(start=31, end=36, kind=MentionKind.NAM, score=1.0, page=1)
    role = Role(role=RoleName.EXPLOITER, score=0.9)
    return Record(
        source=Source(filename="x.txt", media_type="text/plain", sha256="0" * 64, bytes=37),
        model=ModelVersion(name="m", version="1"),
        text=TEXT,
        entities=[
            Entity(
                id="e1", type=EntityType.PERSON, name="Luis Tello", mentions=[name], roles=[role]
            ),
            Entity(id="e2", type=EntityType.LOCATION, name="Quito", mentions=[place]),
        ],
        alleged_traffickers=[AllegedTrafficker(entity="e1", name="Luis Tello", score=0.9)],
    )


def test_spans_carry_type_and_entity() -> None:
    doc = annotate(spacy.blank("en")(TEXT), record())
    assert [(s.text, s.label_, s.id_) for s in doc.spans[SPANS]] == [
        ("Luis Tello", "PERSON", "e1"),
        ("Quito", "LOCATION", "e2"),
    ]
    assert [e.text for e in doc.ents] == ["Luis Tello", "Quito"]


def test_the_page_shows_roles() -> None:
    page = displacy_page(record())
    assert "EXPLOITER" in page
    assert "LOCATION" in page


def test_the_component_reads_a_text() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("declarant")
    doc = nlp("I, Ana Quispe, met Luis Tello in Quito. He took my passport.")
    assert any("Tello" in e.text for e in doc.ents)
    assert doc._.understanding.coverage.tokens_read == doc._.understanding.coverage.tokens_total
