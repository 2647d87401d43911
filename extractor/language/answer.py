"""The answer and the case: alleged traffickers with their identifiers, surest first."""

from __future__ import annotations

from extractor.language.entities import Labelled
from extractor.record import (
    IDENTIFYING_RELATIONS,
    TRAFFICKER_ROLES,
    AllegedTrafficker,
    Case,
    Entity,
    EntityType,
    FamilySubtype,
    Relation,
    RelationType,
    RoleName,
)

__all__ = ["alleged_traffickers", "case_of", "identifiers_of"]

_BY_RELATION = {
    RelationType.BORN_ON: "BORN_ON",
    RelationType.RESIDES_AT: "RESIDES_AT",
    RelationType.CITIZEN_OF: "CITIZEN_OF",
}


def alleged_traffickers(
    labelled: list[Labelled], relations: list[Relation]
) -> list[AllegedTrafficker]:
    """Every entity with a role of a trafficker."""
    entities = {item.entity.id: item.entity for item in labelled}
    declarant = _declarant(list(entities.values()))
    found = [
        AllegedTrafficker(
            entity=item.entity.id,
            name=item.entity.name,
            aliases=item.entity.aliases,
            roles=[r.role for r in item.entity.roles if r.role in TRAFFICKER_ROLES],
            means=[m.means for m in item.entity.means],
            identifiers=identifiers_of(item.entity.id, entities, relations),
            relationship_to_declarant=_relationship(item.entity, declarant, relations),
            score=item.score,
            evidence=item.evidence,
        )
        for item in labelled
        if item.entity.is_alleged_trafficker()
    ]
    return sorted(found, key=lambda trafficker: -trafficker.score)


def identifiers_of(
    entity_id: str, entities: dict[str, Entity], relations: list[Relation]
) -> dict[str, list[str]]:
    """Values that identify an entity, by their type, or by the relation for dates and places.

    A plate belongs to its vehicle (contract), and by that to whoever has the vehicle.
    """
    values: dict[str, list[str]] = {}
    for relation in _identifying(entity_id, entities, relations):
        tail = entities[relation.tail]
        key = _BY_RELATION.get(relation.type, tail.type.value)
        if tail.name not in values.setdefault(key, []):
            values[key].append(tail.name)
    return values


def _identifying(
    entity_id: str, entities: dict[str, Entity], relations: list[Relation]
) -> list[Relation]:
    known = [r for r in relations if r.type in IDENTIFYING_RELATIONS]
    own = [relation for relation in known if relation.head == entity_id]
    vehicles = {r.tail for r in own if entities[r.tail].type is EntityType.VEHICLE}
    return own + [relation for relation in known if relation.head in vehicles]


def _declarant(entities: list[Entity]) -> str | None:
    candidates = [
        (role.score, e.id) for e in entities for role in e.roles if role.role is RoleName.DECLARANT
    ]
    return max(candidates)[1] if candidates else None


def _relationship(entity: Entity, declarant: str | None, relations: list[Relation]) -> str | None:
    for relation in relations:
        ends = {relation.head, relation.tail}
        if declarant is None or ends != {entity.id, declarant}:
            continue
        if relation.type is RelationType.FAMILY_OF:
            child = relation.subtype is FamilySubtype.PARENT and relation.tail == entity.id
            return "CHILD" if child else str(relation.subtype)
        if relation.type is RelationType.EMPLOYED_BY and relation.tail == entity.id:
            return "EMPLOYER"
        if relation.type is RelationType.SPONSORED_VISA_OF and relation.head == entity.id:
            return "VISA_SPONSOR"
    return None


def case_of(entities: list[Entity], relations: list[Relation]) -> Case:
    """Declarant, victims, visa classes and law-enforcement contacts of the file."""
    del relations
    return Case(
        declarant=_declarant(entities),
        victims=[e.id for e in entities if RoleName.VICTIM in e.role_names()],
        visa_classes=sorted({e.name for e in entities if e.type is EntityType.VISA_CLASS}),
        law_enforcement_contacts=[
            e.name for e in entities if RoleName.LAW_ENFORCEMENT in e.role_names()
        ],
    )
