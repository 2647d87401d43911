"""A record as reviewed: the machine's record of one document with the decisions written in.

It still is a record of the contract: whatever reads one reads the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.record import (
    TRAFFICKER_ROLES,
    AllegedTrafficker,
    Case,
    Entity,
    Means,
    Mention,
    Record,
    Relation,
    RelationType,
    Role,
    RoleName,
    Span,
)
from haven.review.findings import text_mark
from haven.review.model import Finding, FindingStatus, Passage, SeenMention

__all__ = ["identifiers_of", "reviewed_record"]


def reviewed_record(record: Record, findings: Iterable[Finding]) -> Record:
    """The record with confirmed persons as its alleged traffickers, and nobody else."""
    here = [f for f in findings if record.source.sha256 in f.documents()]
    accepted = [f for f in here if f.status is FindingStatus.ACCEPTED]
    mark = text_mark(record.text)
    ids = {finding.key: f"S{number}" for number, finding in enumerate(accepted, start=1)}
    moved = _moved(record, accepted, ids)
    persons = [_entity(record, finding, ids[finding.key], mark) for finding in accepted]
    others = [_cleared(entity) for entity in record.entities if entity.id not in moved]
    reviewed = record.model_copy(
        update={
            "entities": [*persons, *others],
            "relations": _relations(record.relations, moved, set(ids.values())),
            "alleged_traffickers": [
                _trafficker(record, finding, ids[finding.key], mark) for finding in accepted
            ],
            "case": _case(record.case, moved),
        }
    )
    return Record.model_validate(reviewed.model_dump())  # copies are not checked, this is


def identifiers_of(finding: Finding) -> dict[str, list[str]]:
    """Identifiers by type, as the contract writes them."""
    values: dict[str, list[str]] = {}
    for identifier in finding.identifiers:
        values.setdefault(identifier.type, []).append(identifier.value)
    return values


def _moved(record: Record, accepted: Sequence[Finding], ids: dict[str, str]) -> dict[str, str]:
    """Old entity id -> the id of the confirmed person that it is now."""
    return {
        entity_id: ids[finding.key]
        for finding in accepted
        for document, entity_id in finding.entities
        if document == record.source.sha256
    }


def _entity(record: Record, finding: Finding, entity_id: str, mark: str) -> Entity:
    return Entity(
        id=entity_id,
        type=finding.type,
        name=finding.name,
        aliases=list(finding.aliases),
        mentions=[_mention(m) for m in finding.mentions if _is_here(record, m, mark)],
        roles=[
            Role(role=f.role, score=f.score, evidence=_spans(record, f.evidence, mark))
            for f in finding.roles
        ],
        means=[
            Means(means=f.means, score=f.score, evidence=_spans(record, f.evidence, mark))
            for f in finding.means
        ],
    )


def _trafficker(record: Record, finding: Finding, entity_id: str, mark: str) -> AllegedTrafficker:
    return AllegedTrafficker(
        entity=entity_id,
        name=finding.name,
        aliases=list(finding.aliases),
        roles=[fact.role for fact in finding.roles],
        means=[fact.means for fact in finding.means],
        identifiers=identifiers_of(finding),
        relationship_to_declarant=finding.relationship_to_declarant,
        score=finding.score,
        evidence=_spans(record, finding.evidence, mark),
    )


def _cleared(entity: Entity) -> Entity:
    """An entity nobody confirmed: it has no part in the scheme, whatever the machine said."""
    if not entity.is_alleged_trafficker():
        return entity
    roles = [role for role in entity.roles if role.role not in TRAFFICKER_ROLES]
    roles = roles or [Role(role=RoleName.OTHER, score=1.0)]
    return entity.model_copy(update={"roles": roles, "means": []})


def _relations(
    relations: Iterable[Relation], moved: dict[str, str], confirmed: set[str]
) -> list[Relation]:
    """Relations between the persons as they are now; only the confirmed victimized anybody."""
    renamed = [
        relation.model_copy(
            update={
                "head": moved.get(relation.head, relation.head),
                "tail": moved.get(relation.tail, relation.tail),
            }
        )
        for relation in relations
    ]
    return [
        relation
        for relation in renamed
        if relation.head != relation.tail
        and (relation.type is not RelationType.VICTIMIZED or relation.head in confirmed)
    ]


def _case(case: Case, moved: dict[str, str]) -> Case:
    declarant = case.declarant and moved.get(case.declarant, case.declarant)
    victims = list(dict.fromkeys(moved.get(victim, victim) for victim in case.victims))
    return case.model_copy(update={"declarant": declarant, "victims": victims})


def _is_here(record: Record, passage: Passage, mark: str) -> bool:
    """Whether the passage counts in this very text; one from another reading does not."""
    return passage.document == record.source.sha256 and passage.text == mark


def _spans(record: Record, passages: Iterable[Passage], mark: str) -> list[Span]:
    return [Span(start=p.start, end=p.end) for p in passages if _is_here(record, p, mark)]


def _mention(mention: SeenMention) -> Mention:
    return Mention(
        start=mention.start,
        end=mention.end,
        kind=mention.kind,
        score=mention.score,
        page=mention.page or 1,
        boxes=list(mention.boxes),
    )
