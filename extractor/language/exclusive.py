"""What only one can have: a birth, a number of one's own.

Invariant: of the relations that exclude each other the surest is kept, the others go; no
relation is added.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractor.language.findings import FoundRelation
from extractor.record import Entity, EntityType, RelationType

__all__ = ["ONE_HOLDER", "exclusive"]

ONE_HOLDER = frozenset(
    {
        EntityType.PHONE,
        EntityType.EMAIL,
        EntityType.ACCOUNT,
        EntityType.PLATE,
        EntityType.A_NUMBER,
        EntityType.SSN,
        EntityType.PASSPORT,
        EntityType.RECEIPT_NUMBER,
    }
)
"""Values that belong to one holder; a case number belongs to agency, declarant and suspects."""


def exclusive(relations: Iterable[FoundRelation], entities: list[Entity]) -> list[FoundRelation]:
    """One holder for each identifier, one birth for each person; the surest stay."""
    kept: list[FoundRelation] = []
    taken: set[tuple[str, int]] = set()
    for relation in sorted(relations, key=lambda found: -found.score):
        claim = _claim(relation, entities)
        if claim is None or claim not in taken:
            kept.append(relation)
        if claim is not None:
            taken.add(claim)
    return kept


def _claim(relation: FoundRelation, entities: list[Entity]) -> tuple[str, int] | None:
    """What this relation uses up, if anything."""
    if relation.type is RelationType.BORN_ON:
        return "birth of", relation.head
    own = entities[relation.tail].type in ONE_HOLDER
    if relation.type is RelationType.HAS_IDENTIFIER and own:
        return "holder of", relation.tail
    return None
