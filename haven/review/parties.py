"""Who else stands in a confirmed record: organisations, other victims, law enforcement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.record import Entity, EntityType, FormName, Record, RelationType, RoleName
from haven.review.anchors import fold

__all__ = ["Party", "contacts", "organizations", "other_victims", "supplement_b_fields"]

_BUSINESS = {RelationType.EMPLOYED_BY, RelationType.OWNS, RelationType.ASSOCIATE_OF}
_SUPPLEMENTS = {FormName.I_914B, FormName.I_918B}


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody named in the record, with what is known of them."""

    name: str
    facts: dict[str, Any] = field(default_factory=dict)


def organizations(records: Sequence[Record]) -> list[Party]:
    """Confirmed organisations, and those that a confirmed person works for, owns or is with.

    The records are reviewed ones: their alleged traffickers are the confirmed persons.
    """
    return _distinct(
        Party(entity.name, _facts(record, entity))
        for record in records
        for entity in record.entities
        if entity.type is EntityType.ORGANIZATION and _has_part(record, entity)
    )


def other_victims(records: Sequence[Record]) -> list[Party]:
    """Victims beside the declarant; they are never subjects and never leave as such."""
    return _distinct(
        Party(entity.name, _facts(record, entity))
        for record in records
        for entity in record.entities
        if entity.id != record.case.declarant
        and (RoleName.VICTIM in entity.role_names() or entity.id in record.case.victims)
    )


def contacts(records: Sequence[Record]) -> list[Party]:
    """Officers and agencies of the law; a contact is an entity of the record, or just a name."""
    found: list[Party] = []
    for record in records:
        named = set(record.case.law_enforcement_contacts)
        entities = [
            entity
            for entity in record.entities
            if entity.id in named or RoleName.LAW_ENFORCEMENT in entity.role_names()
        ]
        found += [Party(entity.name, _facts(record, entity)) for entity in entities]
        known = {entity.id for entity in record.entities}
        found += [Party(name) for name in sorted(named - known)]
    return _distinct(found)


def supplement_b_fields(record: Record) -> list[tuple[FormName, dict[str, str]]]:
    """The fields of each certification in the file."""
    parts = [(section.form, section.fields) for section in record.sections]
    if not any(form in _SUPPLEMENTS for form, _ in parts):
        parts = [(record.form, record.fields)]
    return [(form, fields) for form, fields in parts if form is not None and form in _SUPPLEMENTS]


def _has_part(record: Record, entity: Entity) -> bool:
    confirmed = {trafficker.entity for trafficker in record.alleged_traffickers}
    if entity.id in confirmed:
        return True
    ends = [{r.head, r.tail} for r in record.relations if r.type in _BUSINESS]
    return any(entity.id in pair and pair & confirmed for pair in ends)


def _facts(record: Record, entity: Entity) -> dict[str, Any]:
    """Names, roles and identifiers of a party, and where it is mentioned."""
    names = {other.id: other.name for other in record.entities}
    ties = [
        {"type": r.type, "outgoing": r.head == entity.id, "other": names[other]}
        for r in record.relations
        if entity.id in {r.head, r.tail}
        for other in {r.head, r.tail} - {entity.id}
    ]
    return {
        "type": entity.type,
        "aliases": entity.aliases,
        "roles": sorted(entity.role_names()),
        "relations": ties,
        "mentions": [
            {"document": record.source.sha256, "start": m.start, "end": m.end, "page": m.page}
            for m in entity.mentions
        ],
    }


def _distinct(parties: Iterable[Party]) -> list[Party]:
    """Each name once; the first that a document gives stands, with the others' mentions."""
    known: dict[str, Party] = {}
    for party in parties:
        first = known.setdefault(fold(party.name), party)
        if first is not party and "mentions" in first.facts:
            first.facts["mentions"] += party.facts.get("mentions", [])
    return list(known.values())
