"""Columns of the label and relation scores, and how mentions add up to entities.

An entity's score is the smooth maximum over its mentions (multiple-instance learning: one
sentence that says so is enough, and that sentence is the evidence) plus a score of the
entity as a whole.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

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
    "neighbouring_pairs",
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


def relation_candidates(
    types: list[EntityType], pairs: Iterable[tuple[int, int]] | None = None
) -> list[tuple[int, int]]:
    """Ordered pairs of entities, of `pairs` or of all, that some relation's signature allows."""
    allowed = {(h, t) for heads, tails in SIGNATURES.values() for h in heads for t in tails}
    if pairs is None:
        pairs = itertools.permutations(range(len(types)), 2)
    return [(head, tail) for head, tail in pairs if (types[head], types[tail]) in allowed]


def neighbouring_pairs(
    clusters: list[list[int]], positions: Ints, reach: int = 80
) -> set[tuple[int, int]]:
    """Ordered pairs of entities with mentions within `reach` words of each other.

    For long texts, where all pairs would be millions; grows linearly with the text.
    """
    owner = {mention: number for number, cluster in enumerate(clusters) for mention in cluster}
    order = sorted(owner, key=lambda mention: int(positions[mention]))
    pairs: set[tuple[int, int]] = set()
    for at, mention in enumerate(order):
        for later in order[at + 1 :]:
            if positions[later] - positions[mention] > reach:
                break
            one, other = owner[mention], owner[later]
            if one != other:
                pairs |= {(one, other), (other, one)}
    return pairs


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
