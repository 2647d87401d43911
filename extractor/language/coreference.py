"""Mentions -> entities: antecedent ranking for actors, equality of value for the rest.

Long texts need no stitching of windows: pairs are scored over the whole text, from vectors
that each were read in one window.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractor.language.mentions import FoundMention
from extractor.record import EntityType, MentionKind
from models.network.pairs import antecedent_candidates, pair_features, plain
from models.runtime import Runtime

__all__ = ["cluster_mentions", "mention_vectors"]

Floats = NDArray[np.float32]
_ACTORS = (EntityType.PERSON, EntityType.ORGANIZATION)
_TYPES = list(EntityType)
_KINDS = ["NAM", "NOM", "PRO"]


def mention_vectors(runtime: Runtime, mentions: list[FoundMention], hidden: Floats) -> Floats:
    """Mentions x M, from the hidden states of their words."""
    firsts = np.array([m.placed.first for m in mentions])
    lasts = np.array([m.placed.last for m in mentions])
    sums = np.concatenate([np.zeros((1, hidden.shape[1])), hidden.cumsum(axis=0, dtype=np.float64)])
    means = ((sums[lasts] - sums[firsts]) / (lasts - firsts)[:, None]).astype(np.float32)
    inputs = np.concatenate([hidden[firsts], hidden[lasts - 1], means], axis=1)
    types = np.array([_TYPES.index(m.placed.type) for m in mentions], dtype=np.int64)
    kinds = np.array([_KINDS.index(m.placed.kind) for m in mentions], dtype=np.int64)
    return runtime.head("mention", inputs, types, kinds)


def cluster_mentions(
    runtime: Runtime, mentions: list[FoundMention], vectors: Floats
) -> list[list[int]]:
    """Indices of the mentions of each entity, entities in order of first mention."""
    rows = [n for n, m in enumerate(mentions) if m.placed.type in _ACTORS]
    actors = _linked(runtime, mentions, vectors, rows) if rows else []
    values: dict[str, list[int]] = {}
    for n, mention in enumerate(mentions):
        if mention.placed.type not in _ACTORS:
            key = f"{mention.placed.type} {plain(mention.placed.form)}"
            values.setdefault(key, []).append(n)
    return sorted([*_namesakes_joined(mentions, actors), *values.values()])


def _namesakes_joined(mentions: list[FoundMention], clusters: list[list[int]]) -> list[list[int]]:
    """Join entities of one type and one full name of two words or more.

    Far apart in a long packet the network doubts even equal names; a reviewer can split
    a father from the son who bears his name.
    """
    joined: dict[str, list[int]] = {}
    for number, cluster in enumerate(clusters):
        name = _full_name(mentions, cluster)
        kind = mentions[cluster[0]].placed.type
        key = f"{kind} {name}" if " " in name else f"#{number}"
        joined.setdefault(key, []).extend(cluster)
    return [sorted(cluster) for cluster in joined.values()]


def _full_name(mentions: list[FoundMention], cluster: list[int]) -> str:
    named = [mentions[n].placed for n in cluster if mentions[n].placed.kind is MentionKind.NAM]
    return max((plain(m.form) for m in named), key=lambda form: len(form.split()), default="")


def _linked(
    runtime: Runtime, mentions: list[FoundMention], vectors: Floats, rows: list[int]
) -> list[list[int]]:
    placed = [mentions[n].placed for n in rows]
    left, right = antecedent_candidates(placed)
    own = vectors[rows]
    clusters: list[list[int]] = []
    cluster_of: list[int] = []
    scores = (
        runtime.head("coreference", own[left], own[right], pair_features(placed, left, right))[:, 0]
        if len(left)
        else np.zeros(0, dtype=np.float32)
    )
    begins = np.searchsorted(left, np.arange(len(rows) + 1))
    for n in range(len(rows)):
        mine = slice(begins[n], begins[n + 1])
        best = int(scores[mine].argmax()) if begins[n] < begins[n + 1] else -1
        if best >= 0 and scores[mine][best] > 0:
            cluster = cluster_of[int(right[mine][best])]
        else:
            cluster = len(clusters)
            clusters.append([])
        clusters[cluster].append(rows[n])
        cluster_of.append(cluster)
    return clusters
