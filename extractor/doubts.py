"""Doubt about what was read, carried from the words of a page to the facts that rest on them.

A name or a number that the reader of scans was unsure of at every place where it stands is
doubtful itself; where it stands clearly once, the clear reading bears it out.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.documents.words import DOUBTFUL, CaseText, Word
from extractor.record import (
    IDENTIFYING_RELATIONS,
    AllegedTrafficker,
    Doubt,
    Entity,
    Mention,
    MentionKind,
    Record,
)

__all__ = ["with_doubts"]


def with_doubts(record: Record, text: CaseText) -> Record:
    """The record with mentions no surer than their words, and the doubts about each answer."""
    entities = [_sobered(entity, text) for entity in record.entities]
    known = {entity.id: entity for entity in entities}
    traffickers = [
        answer.model_copy(update={"doubts": list(_doubts(answer, record, known, text))})
        for answer in record.alleged_traffickers
    ]
    return record.model_copy(update={"entities": entities, "alleged_traffickers": traffickers})


def _sobered(entity: Entity, text: CaseText) -> Entity:
    mentions = [_sober(mention, text) for mention in entity.mentions]
    return entity.model_copy(update={"mentions": mentions})


def _sober(mention: Mention, text: CaseText) -> Mention:
    read = text.confidence(mention.start, mention.end)
    if read is None or read >= mention.score:
        return mention
    return mention.model_copy(update={"score": read})


def _doubts(
    answer: AllegedTrafficker, record: Record, known: dict[str, Entity], text: CaseText
) -> Iterator[Doubt]:
    """Of its names, and of the values that identify it."""
    tails = [
        relation.tail
        for relation in record.relations
        if relation.head == answer.entity and relation.type in IDENTIFYING_RELATIONS
    ]
    for entity_id in dict.fromkeys([answer.entity, *tails]):
        yield from _doubts_of(known[entity_id], text)


def _doubts_of(entity: Entity, text: CaseText) -> Iterator[Doubt]:
    for form, mentions in _by_form(entity, text).items():
        read = [text.confidence(m.start, m.end) for m in mentions]
        sure = max((1.0 if one is None else one for one in read), default=1.0)
        if sure < DOUBTFUL:
            yield Doubt(value=form, confidence=sure, other=_other(mentions[0], text))


def _by_form(entity: Entity, text: CaseText) -> dict[str, list[Mention]]:
    forms: dict[str, list[Mention]] = {}
    for mention in entity.mentions:
        if mention.kind is MentionKind.NAM:
            form = " ".join(text.text[mention.start : mention.end].split())
            forms.setdefault(form, []).append(mention)
    return forms


def _other(mention: Mention, text: CaseText) -> str | None:
    """What the second engine read there, if it read anything else."""
    words = text.words_in(mention.start, mention.end)
    if not any(word.doubtful and word.other for word in words):
        return None
    return " ".join(_shown(word, mention) for word in words)


def _shown(word: Word, mention: Mention) -> str:
    """The second reading of a doubtful word; of the others only what the mention covers."""
    if word.doubtful and word.other:
        return word.other
    return word.text[max(mention.start - word.start, 0) : mention.end - word.start]
