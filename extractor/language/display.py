"""A record drawn by spaCy: documents with spans, and displaCy pages (extra `spacy`).

`spacy.load("declarant_en")` (the small package in `models/declarant_en`) gives a pipeline
whose documents carry the persons, values and roles of a text.
"""

from __future__ import annotations

from typing import Any

import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extractor.language.understanding import Understanding, understand
from extractor.record import Box, Entity, MentionKind, Record
from models.runtime import shipped_runtime

__all__ = ["SPANS", "annotate", "displacy_page"]

SPANS = "declarant"
"""Key of `Doc.spans` that holds every mention, labelled with the type of its entity."""

Doc.set_extension("understanding", default=None, force=True)


@Language.factory("declarant", assigns=["doc.ents", "doc._.understanding"])
def _component(nlp: Language, name: str) -> Any:  # noqa: ANN401 - spaCy's protocol
    del nlp, name
    return _read


def _read(doc: Doc) -> Doc:
    found = understand(doc.text, shipped_runtime(), _no_boxes)
    return annotate(doc, found)


def _no_boxes(start: int, end: int) -> tuple[int, list[Box]]:
    del start, end
    return 1, []


def annotate(doc: Doc, found: Understanding | Record) -> Doc:
    """Lay the mentions of a text over a document of the same text.

    `doc.ents` holds names and values, `doc.spans["declarant"]` every mention; the label is
    the type, the span's id the entity; a mention within a token widens to that token.
    """
    doc._.understanding = found
    mentions = [
        (span, mention.kind)
        for entity in found.entities
        for mention in entity.mentions
        if (span := _span(doc, mention.start, mention.end, entity)) is not None
    ]
    doc.spans[SPANS] = [span for span, _ in mentions]
    doc.ents = tuple(filter_spans(s for s, kind in mentions if kind is MentionKind.NAM))
    return doc


def _span(doc: Doc, start: int, end: int, entity: Entity) -> Span | None:
    span = doc.char_span(start, end, label=entity.type.value, alignment_mode="expand")
    if span is not None:
        span.id_ = entity.id
    return span


def displacy_page(record: Record) -> str:
    """An HTML page: every mention of an actor with its roles, values with their type."""
    doc = annotate(spacy.blank("en")(record.text), record)
    labels = {entity.id: _label(entity) for entity in record.entities}
    spans = [
        {"start_token": s.start, "end_token": s.end, "label": labels[s.id_]}
        for s in doc.spans[SPANS]
    ]
    drawn = {"text": record.text, "spans": spans, "tokens": [token.text for token in doc]}
    page: str = displacy.render(drawn, style="span", manual=True, page=True)
    return page


def _label(entity: Entity) -> str:
    return " ".join([role.role.value for role in entity.roles]) or entity.type.value
