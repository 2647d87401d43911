"""One text through the network: everything the record says about it but its pages."""

from __future__ import annotations

import dataclasses

import numpy as np
from numpy.typing import NDArray

from extractor.language.answer import alleged_traffickers, case_of
from extractor.language.averages import Averages
from extractor.language.coreference.clustering import cluster_mentions, mention_vectors
from extractor.language.entities import Boxes, entity_of
from extractor.language.exclusive import exclusive
from extractor.language.findings import (
    FoundLabel,
    FoundRelation,
    find_labels,
    find_relations,
)
from extractor.language.lists import listed, with_listed
from extractor.language.mentions import FoundMention, find_mentions
from extractor.language.ownership import owned
from extractor.language.papers import Papers, shared
from extractor.language.sentences import sentence_span
from extractor.language.uniform import of_one_type
from extractor.record import (
    AllegedTrafficker,
    Case,
    Coverage,
    Entity,
    FamilySubtype,
    Relation,
    RelationType,
)
from models.network.tokens import Window, Words, split_words, windows_of
from models.runtime import Runtime

__all__ = [
    "Encoded",
    "Reading",
    "Understanding",
    "decided",
    "encoded_of",
    "reading_from",
    "reading_given",
    "reading_of",
    "understand",
]


@dataclasses.dataclass(frozen=True)
class Understanding:
    """What the network says about a text."""

    entities: list[Entity]
    relations: list[Relation]
    alleged_traffickers: list[AllegedTrafficker]
    case: Case
    coverage: Coverage


Floats = NDArray[np.float32]
_ONE_PAPER = Papers()
_NOTHING: Floats = np.zeros((0, 0), dtype=np.float32)


@dataclasses.dataclass(frozen=True)
class Encoded:
    """The encoder's word vectors (words x H) and tag scores (words x tags) of a text."""

    words: Words
    coverage: Coverage
    hidden: Floats = dataclasses.field(default_factory=lambda: _NOTHING)
    tags: Floats = dataclasses.field(default_factory=lambda: _NOTHING)


@dataclasses.dataclass(frozen=True)
class Reading:
    """Everything the network scored in a text, before thresholds decide what is reported.

    `links` has one row an entity: the best score at which its mentions nearly joined another
    entity (see `cluster_mentions`).
    """

    words: Words
    coverage: Coverage
    mentions: list[FoundMention] = dataclasses.field(default_factory=list)
    clusters: list[list[int]] = dataclasses.field(default_factory=list)
    links: list[float] = dataclasses.field(default_factory=list)
    labels: list[list[FoundLabel]] = dataclasses.field(default_factory=list)
    relations: list[FoundRelation] = dataclasses.field(default_factory=list)


def understand(
    text: str, runtime: Runtime, boxes: Boxes, papers: Papers = _ONE_PAPER
) -> Understanding:
    """Find entities, roles, means and relations in a text of any length.

    The text is read whole, in overlapping windows; `coverage` says how many tokens were.
    `papers` are the papers of a packet, if it is one.
    """
    reading = reading_of(text, runtime, papers)
    return decided(reading, runtime.threshold, boxes)


def reading_of(text: str, runtime: Runtime, papers: Papers = _ONE_PAPER) -> Reading:
    """Run the network; relations below the lowest of the thresholds are not kept."""
    lowest = min(x for name, x in runtime.threshold.items() if name.startswith("relation"))
    return reading_from(encoded_of(text, runtime), runtime, lowest, papers)


def encoded_of(text: str, runtime: Runtime) -> Encoded:
    """Run the encoder alone: what takes most of the time, and no threshold bears on."""
    words = split_words(text)
    pieces = runtime.wordpieces.split(words)
    windows = windows_of(pieces)
    if not windows:
        return Encoded(words, Coverage())
    total = len(pieces.ids)
    coverage = Coverage(tokens_read=_read(windows, len(words), total), tokens_total=total)
    return Encoded(words, coverage, *runtime.encode(pieces, windows))


def reading_from(
    encoded: Encoded, runtime: Runtime, relation_floor: float, papers: Papers = _ONE_PAPER
) -> Reading:
    """Run the heads over what the encoder said."""
    words, coverage = encoded.words, encoded.coverage
    mentions = of_one_type(find_mentions(words, encoded.tags)) if len(words) else []
    if not mentions:
        return Reading(words, coverage)
    return reading_given(encoded, runtime, relation_floor, mentions, papers=papers)


def reading_given(
    encoded: Encoded,
    runtime: Runtime,
    relation_floor: float,
    mentions: list[FoundMention],
    *,
    clusters: list[list[int]] | None = None,
    papers: Papers = _ONE_PAPER,
) -> Reading:
    """Run the heads over mentions that are known, and over entities that are, if given.

    `clusters` are the mentions of each entity by index; published figures of relations are
    often told with both given.
    """
    averages = Averages(encoded.hidden)
    vectors = mention_vectors(runtime, mentions, averages)
    links = [-9.0] * len(clusters or ())
    if clusters is None:
        clusters, links = cluster_mentions(runtime, mentions, vectors, encoded.words.text, papers)
    labels, scores, entities = find_labels(runtime, mentions, vectors, clusters, links)
    together = shared(papers.numbers(mentions), clusters)
    relations = find_relations(
        runtime, mentions, averages, vectors, clusters, scores, entities, relation_floor, together
    )
    types = [mentions[cluster[0]].placed.type for cluster in clusters]
    given = (encoded.words.text, mentions, clusters)
    told = [*listed(*given), *owned(*given)]
    relations = with_listed(relations, told, types)
    return Reading(encoded.words, encoded.coverage, mentions, clusters, links, labels, relations)


def decided(reading: Reading, thresholds: dict[str, float], boxes: Boxes) -> Understanding:
    """What is reported of a reading at some thresholds."""
    labelled = [
        entity_of(n, c, reading.mentions, reading.labels[n], reading.words, boxes, thresholds)
        for n, c in enumerate(reading.clusters)
    ]
    entities = [item.entity for item in labelled]
    sure = (
        r
        for r in reading.relations
        if r.score >= _threshold(r, entities, thresholds) and _possible(r, entities)
    )
    relations = [
        _relation(r, entities, reading.mentions, reading.words) for r in exclusive(sure, entities)
    ]
    traffickers = alleged_traffickers(labelled, relations)
    case = case_of(entities, relations)
    return Understanding(entities, relations, traffickers, case, reading.coverage)


def _threshold(
    relation: FoundRelation, entities: list[Entity], thresholds: dict[str, float]
) -> float:
    """The threshold of a type of relation, where it has its own.

    Identifiers that many may share (a case number) have another than those of one holder.
    """
    name = f"relation {relation.type}"
    of_value = f"{name} {entities[relation.tail].type}"
    return thresholds.get(of_value, thresholds.get(name, thresholds["relation"]))


def _possible(relation: FoundRelation, entities: list[Entity]) -> bool:
    """Only an alleged trafficker victimized anybody (contract)."""
    head = entities[relation.head]
    return relation.type is not RelationType.VICTIMIZED or head.is_alleged_trafficker()


def _read(windows: list[Window], words: int, total: int) -> int:
    """Pieces read: all of them, unless the last window stops short of the last word."""
    return total if windows[-1].last_word == words else windows[-1].end


def _relation(
    found: FoundRelation, entities: list[Entity], mentions: list[FoundMention], words: Words
) -> Relation:
    spans = {
        (s.start, s.end): s for s in (sentence_span(words, mentions[n]) for n in found.mentions)
    }
    return Relation(
        type=found.type,
        head=entities[found.head].id,
        tail=entities[found.tail].id,
        subtype=FamilySubtype(str(found.subtype)) if found.subtype else None,
        score=found.score,
        evidence=[spans[key] for key in sorted(spans)],
    )
