"""Columns of the label and relation scores, and how mentions add up to entities.

An entity's score is the smooth maximum over its mentions (multiple-instance learning: one
sentence that says so is enough, and that sentence is the evidence) plus a score of the
entity as a whole.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractor.record import (
    SIGNATURES,
    EntityType,
    FamilySubtype,
    MeansName,
    RelationType,
    RoleName,
)

__all__ = [
    "ENTITY_FEATURES",
    "LABELS",
    "LABEL_COUNT",
    "RELATIONS",
    "RELATION_COUNT",
    "TRAFFICKER",
    "entity_features",
    "nearest_pairs",
    "relation_candidates",
]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

LABELS: tuple[RoleName | MeansName | None, ...] = (*RoleName, *MeansName, None)
"""Roles, then means, then None for "is an alleged trafficker"."""
LABEL_COUNT = len(LABELS)
TRAFFICKER = LABEL_COUNT - 1

RELATIONS: tuple[RelationType | FamilySubtype, ...] = (*RelationType, *FamilySubtype)
RELATION_COUNT = len(RELATIONS)
ENTITY_FEATURES = 6
_PAIRS_AN_ENTITY_PAIR = 8


def entity_features(entity_type: EntityType, kinds: list[int]) -> list[float]:
    """Type and number of mentions by kind (NAM, NOM, PRO), scaled by logarithm."""
    counts = [float(np.log1p(kinds.count(kind))) for kind in range(3)]
    person = entity_type is EntityType.PERSON
    return [float(person), float(not person), *counts, float(kinds.count(0) > 0)]


def relation_candidates(types: list[EntityType]) -> list[tuple[int, int]]:
    """Ordered pairs of entities that the signature of some relation allows."""
    allowed = {(h, t) for heads, tails in SIGNATURES.values() for h in heads for t in tails}
    return [
        (head, tail)
        for head, head_type in enumerate(types)
        for tail, tail_type in enumerate(types)
        if head != tail and (head_type, tail_type) in allowed
    ]


def nearest_pairs(heads: Ints, tails: Ints, positions: Ints, reach: int = 80) -> Ints:
    """The nearest mention pairs of two entities, rows (head mention, tail mention).

    At most eight within `reach` words; always at least the nearest one.
    """
    distance = np.abs(positions[heads][:, None] - positions[tails][None, :])
    order = np.argsort(distance, axis=None, kind="stable")[:_PAIRS_AN_ENTITY_PAIR]
    rows, columns = np.unravel_index(order, distance.shape)
    near = distance[rows, columns] <= reach
    near[0] = True
    return np.stack([heads[rows[near]], tails[columns[near]]], axis=1)
