"""Entities -> roles, means and relations, each with its probability and its evidence."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractor.language.averages import Averages
from extractor.language.equal_values import ACTORS
from extractor.language.mentions import FoundMention
from extractor.record import SIGNATURES, EntityType, RelationType, RoleName
from models.calibration import calibration_features
from models.network.labels import (
    LABELS,
    RELATIONS,
    TRAFFICKER,
    entity_features,
    nearest_pairs,
    neighbouring_pairs,
    relation_candidates,
)
from models.network.pairs import relation_features
from models.runtime import Runtime

__all__ = ["FoundLabel", "FoundRelation", "find_labels", "find_relations"]

Floats = NDArray[np.float32]
_KINDS = ["NAM", "NOM", "PRO"]
_MANY = 150
"""Entities of a paper from which not all pairs are scored, but those that come near each other,
and all with somebody who may be the declarant or a trafficker."""
_MAY_BE = 0.1
_MOST_MAIN = 80
"""Main ones of a crowded paper, the surest: no statement has more, a list of names may."""


@dataclasses.dataclass(frozen=True)
class FoundLabel:
    """A role, a means or (None) "is an alleged trafficker" of one entity, with its best mention."""

    label: object
    score: float
    mention: int


@dataclasses.dataclass(frozen=True)
class FoundRelation:
    """A relation between two entities, by index, with the mention pair that says so."""

    type: RelationType
    subtype: object
    head: int
    tail: int
    score: float
    mentions: tuple[int, int]


def _sigmoid(scores: Floats) -> Floats:
    chances: Floats = (1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32)
    return chances


def _pooled(scores: Floats, owners: NDArray[np.int64], count: int) -> Floats:
    """Log of summed exponentials of the rows of each owner."""
    top = np.full((count, scores.shape[1]), -1e4, dtype=np.float32)
    np.maximum.at(top, owners, scores)
    total = np.zeros_like(top)
    np.add.at(total, owners, np.exp(scores - top[owners]))
    pooled: Floats = (top + np.log(total + 1e-12)).astype(np.float32)
    return pooled


def find_labels(
    runtime: Runtime,
    mentions: list[FoundMention],
    vectors: Floats,
    clusters: list[list[int]],
    links: list[float],
) -> tuple[list[list[FoundLabel]], Floats, Floats]:
    """Labels of every entity, their scores (entities x labels) and entity vectors."""
    owners = np.zeros(len(mentions), dtype=np.int64)
    for number, cluster in enumerate(clusters):
        owners[cluster] = number
    said = runtime.head("mention_labels", vectors)
    means = np.stack([vectors[c].mean(axis=0) for c in clusters])
    maxima = np.stack([vectors[c].max(axis=0) for c in clusters])
    entities = np.concatenate([means, maxima], axis=1)
    features = np.array([_features(mentions, c) for c in clusters], dtype=np.float32)
    whole = runtime.head("entity_labels", np.concatenate([entities, features], axis=1))
    scores = _pooled(said, owners, len(clusters)) + whole
    calibrated = scores.copy()
    calibrated[:, TRAFFICKER] = runtime.calibrated(
        calibration_features(scores, features, np.array(links))
    )
    chances = _sigmoid(calibrated)
    labels = [
        [
            FoundLabel(
                label, float(chances[n, column]), cluster[int(said[cluster, column].argmax())]
            )
            for column, label in enumerate(LABELS)
        ]
        for n, cluster in enumerate(clusters)
    ]
    return labels, scores, entities


def _features(mentions: list[FoundMention], cluster: list[int]) -> list[float]:
    kinds = [_KINDS.index(mentions[n].placed.kind) for n in cluster]
    return entity_features(mentions[cluster[0]].placed.type, kinds)


def find_relations(  # noqa: PLR0913, PLR0917 - one argument for each level of the network
    runtime: Runtime,
    mentions: list[FoundMention],
    averages: Averages,
    vectors: Floats,
    clusters: list[list[int]],
    labels: Floats,
    entities: Floats,
    floor: float,
    papers: Sequence[frozenset[int]],
) -> list[FoundRelation]:
    """Relations from the floor up that their signature allows; symmetric ones once.

    Two entities that no paper mentions both have none: `papers` has those of each entity.
    """
    types = [mentions[c[0]].placed.type for c in clusters]
    candidates = relation_candidates(types, _pairs(mentions, clusters, labels, papers))
    if not candidates:
        return []
    found: list[FoundRelation] = []
    for first in range(0, len(candidates), 20000):
        portion = candidates[first : first + 20000]
        scores, owner, pairs, said = _scored(
            runtime, mentions, averages, vectors, clusters, labels, entities, portion
        )
        found += _above(floor, portion, types, scores, owner, pairs, said)
    return _once(found)


def _pairs(
    mentions: list[FoundMention],
    clusters: list[list[int]],
    labels: Floats,
    papers: Sequence[frozenset[int]],
) -> list[tuple[int, int]]:
    """Ordered pairs of entities that a paper mentions both: all of a short paper, else the near."""
    in_paper: dict[int, list[int]] = {}
    for entity, own in enumerate(papers):
        for paper in own:
            in_paper.setdefault(paper, []).append(entity)
    short = [members for members in in_paper.values() if len(members) <= _MANY]
    pairs = {pair for members in short for pair in itertools.permutations(members, 2)}
    if len(short) < len(in_paper):
        positions = np.array([m.placed.first for m in mentions])
        actors = [mentions[c[0]].placed.type in ACTORS for c in clusters]
        near = neighbouring_pairs(clusters, positions) | _with_the_main_ones(labels, actors)
        pairs |= {(head, tail) for head, tail in near if papers[head] & papers[tail]}
    return sorted(pairs)


def _with_the_main_ones(labels: Floats, actors: list[bool]) -> set[tuple[int, int]]:
    """Pairs of everybody with those who may be the declarant or a trafficker, both ways."""
    chances = _sigmoid(labels[:, [TRAFFICKER, LABELS.index(RoleName.DECLARANT)]])
    surest = np.where(np.array(actors), chances.max(axis=1), 0.0)
    main = [int(n) for n in np.argsort(-surest)[:_MOST_MAIN] if surest[n] >= _MAY_BE]
    pairs = {(one, other) for one in main for other in range(len(labels)) if one != other}
    return pairs | {(other, one) for one, other in pairs}


def _scored(  # noqa: PLR0913, PLR0917 - see find_relations
    runtime: Runtime,
    mentions: list[FoundMention],
    averages: Averages,
    vectors: Floats,
    clusters: list[list[int]],
    labels: Floats,
    entities: Floats,
    candidates: list[tuple[int, int]],
) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64], Floats]:
    placed = [m.placed for m in mentions]
    positions = np.array([m.first for m in placed])
    members = [np.array(c) for c in clusters]
    near = [nearest_pairs(members[h], members[t], positions) for h, t in candidates]
    owner = np.repeat(np.arange(len(near)), [len(p) for p in near])
    pairs = np.concatenate(near)
    heads, tails = pairs[:, 0], pairs[:, 1]
    features = relation_features(placed, heads, tails)
    said = np.concatenate(
        [
            runtime.head(
                "mention_relations",
                vectors[heads[at : at + 8192]],
                vectors[tails[at : at + 8192]],
                np.concatenate(
                    [
                        features[at : at + 8192],
                        _between(mentions, averages, heads[at : at + 8192], tails[at : at + 8192]),
                    ],
                    axis=1,
                ),
            )
            for at in range(0, len(heads), 8192)
        ]
    )
    rows = np.array(candidates)
    known = _sigmoid(np.concatenate([labels[rows[:, 0]], labels[rows[:, 1]]], axis=1))
    whole = runtime.head("entity_relations", entities[rows[:, 0]], entities[rows[:, 1]], known)
    return _pooled(said, owner, len(candidates)) + whole, owner, pairs, said


def _between(
    mentions: list[FoundMention],
    averages: Averages,
    heads: NDArray[np.int64],
    tails: NDArray[np.int64],
) -> Floats:
    firsts = np.array([m.placed.first for m in mentions])
    lasts = np.array([m.placed.last for m in mentions])
    start, end = np.minimum(firsts[heads], firsts[tails]), np.maximum(lasts[heads], lasts[tails])
    return averages.between(start, end)


def _above(  # noqa: PLR0913, PLR0917 - one argument for each array
    floor: float,
    candidates: list[tuple[int, int]],
    types: list[EntityType],
    scores: Floats,
    owner: NDArray[np.int64],
    pairs: NDArray[np.int64],
    said: Floats,
) -> list[FoundRelation]:
    chances = _sigmoid(scores)
    family = [n for n, r in enumerate(RELATIONS) if not isinstance(r, RelationType)]
    begins = np.searchsorted(owner, np.arange(len(candidates) + 1))
    found = []
    for row, column in zip(*np.nonzero(chances >= floor), strict=True):
        relation = RELATIONS[column]
        head, tail = candidates[row]
        if not isinstance(relation, RelationType):
            continue
        heads, tails = SIGNATURES[relation]
        if types[head] not in heads or types[tail] not in tails:
            continue
        best = int(said[begins[row] : begins[row + 1], column].argmax()) + int(begins[row])
        subtype = None
        if relation is RelationType.FAMILY_OF:
            subtype = RELATIONS[family[int(chances[row, family].argmax())]]
        mentions = (int(pairs[best, 0]), int(pairs[best, 1]))
        found.append(
            FoundRelation(relation, subtype, head, tail, float(chances[row, column]), mentions)
        )
    return found


def _once(relations: list[FoundRelation]) -> list[FoundRelation]:
    """Keep the surer direction of associations and kinship; a parent is parent one way."""
    kept: dict[object, FoundRelation] = {}
    for relation in sorted(relations, key=lambda r: -r.score):
        both = relation.type in {RelationType.ASSOCIATE_OF, RelationType.FAMILY_OF}
        pair: object = (
            frozenset((relation.head, relation.tail)) if both else (relation.head, relation.tail)
        )
        kept.setdefault((relation.type, pair), relation)
    return list(kept.values())
