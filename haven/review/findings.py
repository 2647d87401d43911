"""From a record to the findings that reviewers see."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from extractor.record import (
    IDENTIFYING_RELATIONS,
    AllegedTrafficker,
    Entity,
    Mention,
    Record,
    Span,
)
from haven.review.model import Finding, Identifier, MeansFact, Passage, RoleFact, SeenMention, Tie
from haven.store import new_id

__all__ = ["findings_of_record", "page_of", "passage_of", "text_mark"]


def text_mark(text: str) -> str:
    """Marks one reading of a document: ranges of two readings are not comparable."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def findings_of_record(record: Record) -> list[Finding]:
    """One finding for each alleged trafficker, in the record's order, with new keys."""
    mark = text_mark(record.text)
    return [_finding(record, trafficker, mark) for trafficker in record.alleged_traffickers]


def passage_of(record: Record, span: Span, mark: str) -> Passage:
    """The words of a span, ready to be found again."""
    return Passage(
        document=record.source.sha256,
        start=span.start,
        end=span.end,
        page=page_of(record, span.start),
        quote=record.quote(span),
        text=mark,
    )


def page_of(record: Record, start: int) -> int | None:
    """The number of the page on which a range begins."""
    for page in record.pages:
        if page.start <= start < page.end:
            return page.number
    return None


def _finding(record: Record, trafficker: AllegedTrafficker, mark: str) -> Finding:
    entity = record.entity(trafficker.entity)
    return Finding(
        key=new_id(),
        type=entity.type,
        name=trafficker.name,
        aliases=tuple(trafficker.aliases),
        roles=_roles(record, trafficker, entity, mark),
        means=_means(record, trafficker, entity, mark),
        identifiers=_identifiers(trafficker),
        relations=_ties(record, entity),
        relationship_to_declarant=trafficker.relationship_to_declarant,
        doubts=tuple(trafficker.doubts),
        mentions=tuple(_mention(record, mention, mark) for mention in entity.mentions),
        evidence=_passages(record, trafficker.evidence, mark),
        score=trafficker.score,
        entities=((record.source.sha256, entity.id),),
    )


def _roles(
    record: Record, trafficker: AllegedTrafficker, entity: Entity, mark: str
) -> tuple[RoleFact, ...]:
    known = {role.role: role for role in entity.roles}
    return tuple(
        RoleFact(
            role=name,
            score=known[name].score if name in known else trafficker.score,
            evidence=_passages(record, known[name].evidence, mark) if name in known else (),
        )
        for name in trafficker.roles
    )


def _means(
    record: Record, trafficker: AllegedTrafficker, entity: Entity, mark: str
) -> tuple[MeansFact, ...]:
    known = {means.means: means for means in entity.means}
    return tuple(
        MeansFact(
            means=name,
            score=known[name].score if name in known else trafficker.score,
            evidence=_passages(record, known[name].evidence, mark) if name in known else (),
        )
        for name in trafficker.means
    )


def _identifiers(trafficker: AllegedTrafficker) -> tuple[Identifier, ...]:
    return tuple(
        Identifier(type=kind, value=value)
        for kind, values in trafficker.identifiers.items()
        for value in values
        if value.strip()
    )


def _ties(record: Record, entity: Entity) -> tuple[Tie, ...]:
    """Relations to others; identifiers stand by themselves."""
    names = {other.id: other.name for other in record.entities}
    ties = [
        Tie(
            type=relation.type,
            other=names[relation.tail if relation.head == entity.id else relation.head],
            outgoing=relation.head == entity.id,
            subtype=relation.subtype,
        )
        for relation in record.relations
        if entity.id in {relation.head, relation.tail}
        and relation.type not in IDENTIFYING_RELATIONS
    ]
    return tuple(dict.fromkeys(ties))


def _mention(record: Record, mention: Mention, mark: str) -> SeenMention:
    passage = passage_of(record, mention, mark)
    return SeenMention(
        **passage.model_dump(exclude={"page"}),
        page=mention.page,
        kind=mention.kind,
        score=mention.score,
        boxes=tuple(mention.boxes),
    )


def _passages(record: Record, spans: Iterable[Span], mark: str) -> tuple[Passage, ...]:
    return tuple(passage_of(record, span, mark) for span in spans)
