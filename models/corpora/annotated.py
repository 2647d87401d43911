"""One annotated text, whatever corpus it comes from.

Invariant: offsets are code points of `text`; every mention belongs to exactly one entity;
relations name entities by id. `layers` says what the corpus annotates at all: training
takes no loss from a layer that is absent, for silence there is not a negative. The same
holds for `types` within the layer of names and for `relation_types` within relations.
"""

from __future__ import annotations

import dataclasses
from enum import StrEnum

from extractor.record import (
    EntityType,
    FamilySubtype,
    MeansName,
    MentionKind,
    RelationType,
    RoleName,
)

__all__ = ["AnnotatedEntity", "AnnotatedMention", "AnnotatedRelation", "AnnotatedText", "Layer"]


class Layer(StrEnum):
    """What a corpus annotates completely."""

    NAMES = "names"
    NOMINALS = "nominals"
    PRONOUNS = "pronouns"
    COREFERENCE = "coreference"
    ROLES = "roles"
    RELATIONS = "relations"


@dataclasses.dataclass(frozen=True, order=True)
class AnnotatedMention:
    """Half-open range of code points that names an entity."""

    start: int
    end: int
    entity: str
    kind: MentionKind


@dataclasses.dataclass(frozen=True)
class AnnotatedEntity:
    """One real-world thing of the text, with what the text alleges of it."""

    id: str
    type: EntityType
    roles: frozenset[RoleName] = frozenset()
    means: frozenset[MeansName] = frozenset()


@dataclasses.dataclass(frozen=True)
class AnnotatedRelation:
    """A tie between two entities, from head to tail."""

    type: RelationType
    head: str
    tail: str
    subtype: FamilySubtype | None = None


@dataclasses.dataclass(frozen=True)
class AnnotatedText:
    """A text with everything that people marked in it."""

    id: str
    text: str
    mentions: tuple[AnnotatedMention, ...]
    entities: dict[str, AnnotatedEntity]
    relations: tuple[AnnotatedRelation, ...] = ()
    layers: frozenset[Layer] = frozenset(Layer)
    types: frozenset[EntityType] = frozenset(EntityType)
    relation_types: frozenset[RelationType] = frozenset(RelationType)
    author: str = ""
    scenario: str = ""
    kind: str = ""

    def mentions_of(self, entity_id: str) -> list[AnnotatedMention]:
        """Mentions of one entity in text order."""
        return sorted(m for m in self.mentions if m.entity == entity_id)

    def surface(self, mention: AnnotatedMention) -> str:
        """The words of a mention."""
        return self.text[mention.start : mention.end]
