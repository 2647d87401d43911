"""One text through the network: everything the record says about it but its pages."""

from __future__ import annotations

import dataclasses

from extractor.language.answer import alleged_traffickers, case_of
from extractor.language.coreference import cluster_mentions, mention_vectors
from extractor.language.entities import Boxes, Labelled, entity_of, sentence_span
from extractor.language.findings import FoundRelation, find_labels, find_relations
from extractor.language.mentions import FoundMention, find_mentions
from extractor.record import (
    AllegedTrafficker,
    Case,
    Coverage,
    Entity,
    FamilySubtype,
    Relation,
)
from models.network.tokens import Window, Words, split_words, windows_of
from models.runtime import Runtime

__all__ = ["Understanding", "understand"]


@dataclasses.dataclass(frozen=True)
class Understanding:
    """What the network says about a text."""

    entities: list[Entity]
    relations: list[Relation]
    alleged_traffickers: list[AllegedTrafficker]
    case: Case
    coverage: Coverage


def understand(text: str, runtime: Runtime, boxes: Boxes) -> Understanding:
    """Find entities, roles, means and relations in a text of any length.

    The text is read whole, in overlapping windows; `coverage` says how many tokens were.
    """
    words = split_words(text)
    pieces = runtime.wordpieces.split(words)
    windows = windows_of(pieces)
    total = len(pieces.ids)
    if not windows:
        return Understanding([], [], [], Case(), Coverage())
    hidden, tags = runtime.encode(pieces, windows)
    mentions = find_mentions(words, tags)
    coverage = Coverage(tokens_read=_read(windows, len(words), total), tokens_total=total)
    if not mentions:
        return Understanding([], [], [], Case(), coverage)
    vectors = mention_vectors(runtime, mentions, hidden)
    clusters = cluster_mentions(runtime, mentions, vectors)
    labels, scores, entities = find_labels(runtime, mentions, vectors, clusters)
    found = find_relations(runtime, mentions, hidden, vectors, clusters, scores, entities)
    labelled = [
        entity_of(n, cluster, mentions, labels[n], words, boxes, runtime.threshold)
        for n, cluster in enumerate(clusters)
    ]
    return _understanding(labelled, found, mentions, words, coverage)


def _read(windows: list[Window], words: int, total: int) -> int:
    """Pieces read: all of them, unless the last window stops short of the last word."""
    return total if windows[-1].last_word == words else windows[-1].end


def _understanding(
    labelled: list[Labelled],
    found: list[FoundRelation],
    mentions: list[FoundMention],
    words: Words,
    coverage: Coverage,
) -> Understanding:
    entities = [item.entity for item in labelled]
    relations = [_relation(r, entities, mentions, words) for r in found]
    traffickers = alleged_traffickers(labelled, relations)
    case = case_of(entities, relations)
    return Understanding(entities, relations, traffickers, case, coverage)


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
