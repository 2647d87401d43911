"""Layers of begin-inside-outside tags over words, and their decoding into spans.

Four layers, because mentions nest: names and values; outer noun phrases; noun phrases
inside noun phrases; pronouns. Within a layer spans do not overlap.
"""

from __future__ import annotations

import dataclasses

import numpy as np
from numpy.typing import NDArray

from extractor.record import EntityType, MentionKind

__all__ = ["LAYERS", "TAG_COUNT", "ScoredSpan", "TagLayer", "decode_layer"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclasses.dataclass(frozen=True)
class TagLayer:
    """One layer; its columns in the tag scores begin at `offset`."""

    name: str
    kind: MentionKind
    types: tuple[EntityType, ...]
    offset: int

    @property
    def width(self) -> int:
        """Columns: outside, then begin and inside of every type."""
        return 1 + 2 * len(self.types)

    def begin(self, entity_type: EntityType) -> int:
        """Column of the begin tag of a type, within the layer."""
        return 1 + 2 * self.types.index(entity_type)


def _layers() -> tuple[TagLayer, ...]:
    actors = (EntityType.PERSON, EntityType.ORGANIZATION)
    plan = [
        ("names", MentionKind.NAM, tuple(EntityType)),
        ("nominals", MentionKind.NOM, actors),
        ("inner", MentionKind.NOM, actors),
        ("pronouns", MentionKind.PRO, (EntityType.PERSON,)),
    ]
    layers, offset = [], 0
    for name, kind, types in plan:
        layers.append(TagLayer(name, kind, types, offset))
        offset += layers[-1].width
    return tuple(layers)


LAYERS: tuple[TagLayer, ...] = _layers()
TAG_COUNT = sum(layer.width for layer in LAYERS)


@dataclasses.dataclass(frozen=True)
class ScoredSpan:
    """A half-open range of words with its type, kind and probability."""

    first: int
    last: int
    type: EntityType
    kind: MentionKind
    score: float


def decode_layer(scores: Floats, layer: TagLayer) -> list[ScoredSpan]:
    """The best valid sequence of tags (Viterbi) as spans.

    `scores` are log-probabilities, words x columns of the layer.
    """
    if not len(scores):
        return []
    tags = _viterbi(scores)
    spans: list[ScoredSpan] = []
    first = None
    for word in range(len(tags) + 1):
        tag = int(tags[word]) if word < len(tags) else 0
        if first is not None and (tag == 0 or tag % 2 == 1):
            spans.append(_span(scores, tags, layer, first, word))
            first = None
        if tag % 2 == 1:
            first = word
    return spans


def _span(scores: Floats, tags: Ints, layer: TagLayer, first: int, last: int) -> ScoredSpan:
    chosen = scores[np.arange(first, last), tags[first:last]]
    kind_index = (int(tags[first]) - 1) // 2
    score = float(np.exp(chosen.min()))
    return ScoredSpan(first, last, layer.types[kind_index], layer.kind, min(score, 1.0))


def _viterbi(scores: Floats) -> Ints:
    """Inside tags may only follow begin or inside of the same type."""
    count, width = scores.shape
    inside = np.arange(2, width, 2)
    best = scores[0].copy()
    best[inside] = -np.inf
    back = np.zeros((count, width), dtype=np.int64)
    for word in range(1, count):
        top = int(best.argmax())
        step = np.full(width, best[top], dtype=np.float32)
        back[word] = top
        from_inside = best[inside] >= best[inside - 1]
        back[word, inside] = np.where(from_inside, inside, inside - 1)
        step[inside] = best[back[word, inside]]
        best = step + scores[word]
    return _traced(best, back)


def _traced(best: Floats, back: Ints) -> Ints:
    tags = np.zeros(len(back), dtype=np.int64)
    tags[-1] = int(best.argmax())
    for word in range(len(back) - 1, 0, -1):
        tags[word - 1] = back[word, tags[word]]
    return tags
