"""Mentions -> entities: antecedent ranking for actors, equality of value for the rest.

Long texts need no stitching of windows: pairs are scored over the whole text, from vectors
that each were read in one window.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractor.language.averages import Averages
from extractor.language.coreference.aliases import aliases_joined
from extractor.language.coreference.linking import linked
from extractor.language.coreference.namesakes import LinkScores, namesakes_joined
from extractor.language.equal_values import ACTORS, equal_values
from extractor.language.mentions import FoundMention
from extractor.language.papers import Papers, speakers_joined, within_papers
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
    runtime: Runtime, mentions: list[FoundMention], vectors: Floats, text: str, papers: Papers
) -> tuple[list[list[int]], list[float]]:
    """Mentions of each entity, entities in order of first mention, and their open links.

    An entity's open link is the best score (at most 0) of an antecedent that its first
    mention did not take: how nearly it is a second entry for somebody.
    """
    rows = [n for n, m in enumerate(mentions) if m.placed.type in ACTORS]
    numbers = papers.numbers(mentions)
    actors, refused = _actors(runtime, mentions, vectors, text, rows, numbers) if rows else ([], {})
    actors = speakers_joined(mentions, actors, numbers, papers.kinds)
    clusters = sorted([*actors, *equal_values(mentions)])
    return clusters, [min(0.0, max(refused.get(n, -9.0) for n in c)) for c in clusters]


def _actors(
    runtime: Runtime,
    mentions: list[FoundMention],
    vectors: Floats,
    text: str,
    rows: list[int],
    papers: Ints,
) -> tuple[list[list[int]], dict[int, float]]:
    """Clusters of actors and the best refused score of each first mention."""
    actors = [mentions[n] for n in rows]
    placed = [m.placed for m in actors]
    left, right = antecedent_candidates(placed)
    near = within_papers(papers[rows], actors, left, right)
    left, right = left[near], right[near]
    scores = _scored(runtime, placed, vectors[rows], left, right)
    found = linked(text, actors, left, right, scores, runtime.threshold.get("link", 0.0))
    clusters = [[rows[n] for n in cluster] for cluster in found.clusters]
    clusters = aliases_joined(text, mentions, clusters)
    refused = {rows[n]: score for n, score in found.refused.items()}
    named = _named_scores(placed, rows, left, right, scores)
    return namesakes_joined(text, mentions, clusters, named), refused


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
