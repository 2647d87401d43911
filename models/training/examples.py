"""An annotated text as arrays: pieces, tag targets, mentions, clusters, labels, relations."""

from __future__ import annotations

import dataclasses

import numpy as np
from numpy.typing import NDArray

from extractor.record import TRAFFICKER_ROLES, EntityType, MentionKind
from models.corpora.annotated import AnnotatedMention, AnnotatedText, Layer
from models.network.labels import (
    LABEL_COUNT,
    LABELS,
    RELATION_COUNT,
    RELATIONS,
    TRAFFICKER,
    entity_features,
    nearest_pairs,
    relation_candidates,
)
from models.network.pairs import PlacedMention
from models.network.quotes import quoted_words
from models.network.tags import LAYERS, TAG_COUNT
from models.network.tokens import Pieces, Window, WordPieces, Words, split_words, windows_of

__all__ = ["Example", "RelationRows", "example_of"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
_COREFERENT = (EntityType.PERSON, EntityType.ORGANIZATION)
_MOST_RELATION_PAIRS = 2500


@dataclasses.dataclass(frozen=True)
class RelationRows:
    """Candidate relations: entity pairs, the mention pairs under them, and targets."""

    entities: Ints
    mentions: Ints
    owner: Ints
    targets: Floats
    weights: Floats


@dataclasses.dataclass(frozen=True)
class Example:
    """One text ready for the network."""

    annotated: AnnotatedText
    words: Words
    pieces: Pieces
    windows: list[Window]
    allowed: NDArray[np.bool_]
    """Words x TAG_COUNT: the tags that the annotation permits at each word."""
    tagged: list[bool]
    """Which tag layers this corpus annotates."""
    placed: list[PlacedMention]
    clusters: Ints
    entity_members: list[Ints]
    entity_features: Floats
    labels: Floats | None
    relations: RelationRows | None


def example_of(annotated: AnnotatedText, wordpieces: WordPieces) -> Example:
    """Turn an annotated text into arrays."""
    words = split_words(annotated.text)
    pieces = wordpieces.split(words)
    spans = [(m, *words.covering(m.start, m.end)) for m in annotated.mentions]
    placed, owners = _placed(annotated, words, spans)
    ids = list(dict.fromkeys(owners))
    members = [np.array([n for n, o in enumerate(owners) if o == i]) for i in ids]
    kinds = [list(MentionKind).index(m.kind) for m in placed]
    features = [entity_features(placed[m[0]].type, [kinds[n] for n in m]) for m in members]
    return Example(
        annotated=annotated,
        words=words,
        pieces=pieces,
        windows=windows_of(pieces),
        allowed=_allowed(annotated, len(words), spans),
        tagged=_tagged(annotated),
        placed=placed,
        clusters=np.array([ids.index(o) for o in owners], dtype=np.int64),
        entity_members=members,
        entity_features=np.array(features, dtype=np.float32),
        labels=_labels(annotated, ids) if Layer.ROLES in annotated.layers else None,
        relations=_relations(annotated, ids, members, placed),
    )


_Span = tuple[AnnotatedMention, int, int]


def _tagged(annotated: AnnotatedText) -> list[bool]:
    needs = [Layer.NAMES, Layer.NOMINALS, Layer.NOMINALS, Layer.PRONOUNS]
    return [need in annotated.layers for need in needs]


def _placed(
    annotated: AnnotatedText, words: Words, spans: list[_Span]
) -> tuple[list[PlacedMention], list[str]]:
    quoted = quoted_words(words)
    rows = sorted((first, last, m.entity, m) for m, first, last in spans if first < last)
    placed = [
        PlacedMention(
            first, last, int(words.sentences[first]), annotated.entities[entity].type,
            mention.kind, annotated.surface(mention), bool(quoted[first]),
        )
        for first, last, entity, mention in rows
    ]  # fmt: skip
    return placed, [entity for _, _, entity, _ in rows]


def _allowed(annotated: AnnotatedText, count: int, spans: list[_Span]) -> NDArray[np.bool_]:
    allowed = np.zeros((count, TAG_COUNT), dtype=bool)
    for layer in LAYERS:
        allowed[:, layer.offset] = True
        if layer.name == "names":
            for entity_type in set(EntityType) - annotated.types:
                begin = layer.offset + layer.begin(entity_type)
                allowed[:, begin : begin + 2] = True
    taken: dict[str, NDArray[np.bool_]] = {
        layer.name: np.zeros(count, dtype=bool) for layer in LAYERS
    }
    for mention, first, last in sorted(spans, key=lambda row: row[1] - row[2]):
        entity_type = annotated.entities[mention.entity].type
        for layer in LAYERS:
            free = layer.kind is mention.kind and entity_type in layer.types
            if free and not taken[layer.name][first:last].any():
                taken[layer.name][first:last] = True
                column = layer.offset + layer.begin(entity_type)
                allowed[first:last, layer.offset : layer.offset + layer.width] = False
                allowed[first, column] = True
                allowed[first + 1 : last, column + 1] = True
                break
    return allowed


def _labels(annotated: AnnotatedText, ids: list[str]) -> Floats:
    labels = np.zeros((len(ids), LABEL_COUNT), dtype=np.float32)
    for row, entity_id in enumerate(ids):
        entity = annotated.entities[entity_id]
        held = entity.roles | entity.means
        labels[row] = [label in held for label in LABELS]
        labels[row, TRAFFICKER] = bool(entity.roles & TRAFFICKER_ROLES)
    return labels


def _relations(
    annotated: AnnotatedText, ids: list[str], members: list[Ints], placed: list[PlacedMention]
) -> RelationRows | None:
    types = [annotated.entities[i].type for i in ids]
    candidates = relation_candidates(types)[:_MOST_RELATION_PAIRS]
    if Layer.RELATIONS not in annotated.layers or not candidates:
        return None
    positions = np.array([m.first for m in placed])
    targets = np.zeros((len(candidates), RELATION_COUNT), dtype=np.float32)
    index = {pair: row for row, pair in enumerate(candidates)}
    for relation in annotated.relations:
        head, tail = ids.index(relation.head), ids.index(relation.tail)
        for pair in _directions(relation.type, relation.subtype, head, tail):
            if pair in index:
                targets[index[pair], RELATIONS.index(relation.type)] = 1
                if relation.subtype:
                    targets[index[pair], RELATIONS.index(relation.subtype)] = 1
    pairs = [nearest_pairs(members[h], members[t], positions) for h, t in candidates]
    owner = np.repeat(np.arange(len(pairs)), [len(p) for p in pairs])
    return RelationRows(
        np.array(candidates), np.concatenate(pairs), owner, targets, _weights(annotated, targets)
    )


def _directions(relation: object, subtype: object, head: int, tail: int) -> list[tuple[int, int]]:
    """Symmetric relations hold both ways; PARENT from the parent only."""
    symmetric = str(relation) in {"ASSOCIATE_OF", "FAMILY_OF"} and str(subtype) != "PARENT"
    return [(head, tail), (tail, head)] if symmetric else [(head, tail)]


def _weights(annotated: AnnotatedText, targets: Floats) -> Floats:
    known = [
        r in annotated.relation_types
        or (r not in tuple(annotated.relation_types) and str(r) in _SUBTYPES)
        for r in RELATIONS
    ]
    weights = np.tile(np.array(known, dtype=np.float32), (len(targets), 1))
    family = targets[:, [str(r) == "FAMILY_OF" for r in RELATIONS]].any(axis=1)
    for column, relation in enumerate(RELATIONS):
        if str(relation) in _SUBTYPES:
            weights[:, column] = family
    return weights


_SUBTYPES = frozenset({"SPOUSE", "PARENT", "SIBLING", "PARTNER", "EXTENDED"})
