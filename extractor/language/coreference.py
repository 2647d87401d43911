"""Mentions -> entities: antecedent ranking for actors, equality of value for the rest.

Long texts need no stitching of windows: pairs are scored over the whole text, from vectors
that each were read in one window.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractor.language.averages import Averages
from extractor.language.equal_values import ACTORS, equal_values
from extractor.language.mentions import FoundMention
from extractor.language.namesakes import LinkScores, namesakes_joined
from extractor.record import EntityType, MentionKind
from models.network.pairs import PlacedMention, antecedent_candidates, pair_features
from models.runtime import Runtime

__all__ = ["cluster_mentions", "mention_vectors"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_PAIRS_AT_ONCE = 16384
_TYPES = list(EntityType)
_KINDS = ["NAM", "NOM", "PRO"]


def mention_vectors(runtime: Runtime, mentions: list[FoundMention], averages: Averages) -> Floats:
    """Mentions x M, from the hidden states of their words."""
    firsts = np.array([m.placed.first for m in mentions])
    lasts = np.array([m.placed.last for m in mentions])
    hidden, means = averages.hidden, averages.between(firsts, lasts)
    inputs = np.concatenate([hidden[firsts], hidden[lasts - 1], means], axis=1)
    types = np.array([_TYPES.index(m.placed.type) for m in mentions], dtype=np.int64)
    kinds = np.array([_KINDS.index(m.placed.kind) for m in mentions], dtype=np.int64)
    return runtime.head("mention", inputs, types, kinds)


def cluster_mentions(
    runtime: Runtime, mentions: list[FoundMention], vectors: Floats
) -> tuple[list[list[int]], list[float]]:
    """Mentions of each entity, entities in order of first mention, and their open links.

    An entity's open link is the best score (at most 0) of an antecedent that its first
    mention did not take: how nearly it is a second entry for somebody.
    """
    rows = [n for n, m in enumerate(mentions) if m.placed.type in ACTORS]
    actors, refused, named = _linked(runtime, mentions, vectors, rows) if rows else ([], {}, {})
    clusters = sorted([*namesakes_joined(mentions, actors, named), *equal_values(mentions)])
    return clusters, [min(0.0, max(refused.get(n, -9.0) for n in c)) for c in clusters]


def _linked(
    runtime: Runtime, mentions: list[FoundMention], vectors: Floats, rows: list[int]
) -> tuple[list[list[int]], dict[int, float], LinkScores]:
    """Clusters, the best refused score of each first mention, and scores of named pairs."""
    placed = [mentions[n].placed for n in rows]
    left, right = antecedent_candidates(placed)
    own = vectors[rows]
    clusters: list[list[int]] = []
    cluster_of: list[int] = []
    refused: dict[int, float] = {}
    scores = _scored(runtime, placed, own, left, right)
    begins = np.searchsorted(left, np.arange(len(rows) + 1))
    for n in range(len(rows)):
        mine = slice(begins[n], begins[n + 1])
        best = int(scores[mine].argmax()) if begins[n] < begins[n + 1] else -1
        if best >= 0 and scores[mine][best] > runtime.threshold.get("link", 0.0):
            cluster = cluster_of[int(right[mine][best])]
        else:
            cluster = len(clusters)
            clusters.append([])
            refused[rows[n]] = float(scores[mine][best]) if best >= 0 else -9.0
        clusters[cluster].append(rows[n])
        cluster_of.append(cluster)
    return clusters, refused, _named_scores(placed, rows, left, right, scores)


def _scored(
    runtime: Runtime, placed: list[PlacedMention], own: Floats, left: Ints, right: Ints
) -> Floats:
    """Scores of pairs, in portions: a long text has hundreds of thousands."""
    parts = [np.zeros(0, dtype=np.float32)]
    for at in range(0, len(left), _PAIRS_AT_ONCE):
        one, other = left[at : at + _PAIRS_AT_ONCE], right[at : at + _PAIRS_AT_ONCE]
        features = pair_features(placed, one, other)
        parts.append(runtime.head("coreference", own[one], own[other], features)[:, 0])
    return np.concatenate(parts)


def _named_scores(
    placed: list[PlacedMention], rows: list[int], left: Ints, right: Ints, scores: Floats
) -> LinkScores:
    name = np.array([m.kind is MentionKind.NAM for m in placed])
    if not len(left):
        return {}
    kept = np.flatnonzero(name[left] & name[right])
    return {(rows[int(left[n])], rows[int(right[n])]): float(scores[n]) for n in kept.tolist()}
