"""Every measure of the contract, micro-averaged over pairs of records."""

from __future__ import annotations

import dataclasses
from collections import defaultdict

from extractor.record import (
    IDENTIFYING_RELATIONS,
    SYMMETRIC_FAMILY,
    EntityType,
    MentionKind,
    Record,
    Relation,
    RelationType,
)
from models.evaluation.alignment import align
from models.evaluation.chains import Chain, ChainScores
from models.evaluation.counts import Counts

__all__ = ["Measures"]

_SURE = 0.9


@dataclasses.dataclass
class Measures:
    """Add pairs of records, then read the figures."""

    traffickers: Counts = dataclasses.field(default_factory=Counts)
    sure: Counts = dataclasses.field(default_factory=Counts)
    spans: dict[str, Counts] = dataclasses.field(default_factory=lambda: defaultdict(Counts))
    chains: ChainScores = dataclasses.field(default_factory=ChainScores)
    roles: Counts = dataclasses.field(default_factory=Counts)
    means: Counts = dataclasses.field(default_factory=Counts)
    relations: Counts = dataclasses.field(default_factory=Counts)
    subtypes: Counts = dataclasses.field(default_factory=Counts)
    identifiers: Counts = dataclasses.field(default_factory=Counts)
    candidates: list[tuple[float, bool]] = dataclasses.field(default_factory=list)
    """Score and rightness of every candidate, those below the threshold too."""

    def add(self, predicted: Record, gold: Record) -> None:
        """Add one file."""
        aligned = align(predicted, gold)
        self._add_traffickers(predicted, gold, aligned)
        self._add_spans(predicted, gold)
        self.chains.add(_person_chains(predicted), _person_chains(gold))
        self._add_labels(predicted, gold, aligned)
        self._add_relations(predicted, gold, aligned)

    def _add_traffickers(self, predicted: Record, gold: Record, aligned: dict[str, str]) -> None:
        key = {t.entity for t in gold.alleged_traffickers}
        answers = {t.entity: t.score for t in predicted.alleged_traffickers}
        right = {e: aligned.get(e) in key for e in answers}
        self.traffickers += Counts(sum(right.values()), len(answers), len(key))
        sure = [e for e, score in answers.items() if score >= _SURE]
        self.sure += Counts(sum(right[e] for e in sure), len(sure), len(key))

    def add_candidates(self, predicted: Record, gold: Record) -> None:
        """Add one file's findings at a low threshold, for `recall_at` and `reliability`."""
        aligned = align(predicted, gold)
        key = {t.entity for t in gold.alleged_traffickers}
        self.candidates += [
            (t.score, aligned.get(t.entity) in key) for t in predicted.alleged_traffickers
        ]

    def recall_at(self, precision: float) -> float:
        """The greatest recall of alleged traffickers at a threshold with this precision."""
        best = right = 0
        for count, (_, is_right) in enumerate(sorted(self.candidates, reverse=True), 1):
            right += is_right
            if right >= precision * count:
                best = right
        return best / self.traffickers.gold if self.traffickers.gold else 0.0

    def reliability(self, bins: int = 5) -> list[tuple[float, float, int]]:
        """Mean score, share that is right, and number, of candidates in bins of equal width."""
        rows = []
        for low in range(bins):
            inside = [c for c in self.candidates if low <= min(c[0], 0.9999) * bins < low + 1]
            if inside:
                mean, right = (sum(column) / len(inside) for column in zip(*inside, strict=True))
                rows.append((mean, right, len(inside)))
        return rows

    def _add_spans(self, predicted: Record, gold: Record) -> None:
        for entity_type in EntityType:
            self.spans[entity_type.value] += Counts.of_sets(
                _names(predicted, entity_type), _names(gold, entity_type)
            )

    def _add_labels(self, predicted: Record, gold: Record, aligned: dict[str, str]) -> None:
        def labels(record: Record, what: str, ids: dict[str, str]) -> set[tuple[str, str]]:
            return {
                (ids.get(e.id, f"?{e.id}"), str(getattr(label, what)))
                for e in record.entities
                for label in (e.roles if what == "role" else e.means)
            }

        same = {e.id: e.id for e in gold.entities}
        self.roles += Counts.of_sets(labels(predicted, "role", aligned), labels(gold, "role", same))
        self.means += Counts.of_sets(
            labels(predicted, "means", aligned), labels(gold, "means", same)
        )

    def _add_relations(self, predicted: Record, gold: Record, aligned: dict[str, str]) -> None:
        same = {e.id: e.id for e in gold.entities}
        found, key = _triples(predicted, aligned), _triples(gold, same)
        self.relations += Counts.of_sets(set(found), set(key))
        self.subtypes += Counts.of_sets(
            {(t, s) for t, s in found.items() if s}, {(t, s) for t, s in key.items() if s}
        )
        self.identifiers += Counts.of_sets(
            _identifying(predicted, found, aligned), _identifying(gold, key, same)
        )

    def spans_total(self) -> Counts:
        """Names and values of every type together."""
        total = Counts()
        for counts in self.spans.values():
            total += counts
        return total

    def figures(self) -> dict[str, float]:
        """Every figure by name."""
        rows = {
            "alleged traffickers": self.traffickers,
            "names and values": self.spans_total(),
            "person names": self.spans["PERSON"],
            "roles": self.roles,
            "means": self.means,
            "relations": self.relations,
            "kinship subtypes": self.subtypes,
            "identifiers": self.identifiers,
        }
        figures = {}
        for name, counts in rows.items():
            figures[f"{name} precision"] = counts.precision
            figures[f"{name} recall"] = counts.recall
            figures[f"{name} F1"] = counts.f1
        figures["coreference MUC"] = self.chains.muc.f1
        figures["coreference B3"] = self.chains.b_cubed.f1
        figures["coreference CEAF"] = self.chains.ceaf.f1
        figures["coreference CoNLL"] = self.chains.conll
        figures["precision at score 0.9"] = self.sure.precision
        figures["recall at score 0.9"] = self.sure.recall
        if self.candidates:
            figures["recall at precision 0.95"] = self.recall_at(0.95)
        return figures


def _names(record: Record, entity_type: EntityType) -> set[tuple[int, int]]:
    return {
        (m.start, m.end)
        for e in record.entities
        if e.type is entity_type
        for m in e.mentions
        if m.kind is MentionKind.NAM
    }


def _person_chains(record: Record) -> list[Chain]:
    taken: set[tuple[int, int]] = set()
    chains = []
    for entity in record.entities:
        if entity.type is EntityType.PERSON:
            chain = frozenset((m.start, m.end) for m in entity.mentions) - taken
            taken |= chain
            chains.append(chain)
    return [chain for chain in chains if chain]


_Triple = tuple[str, str, str]


def _triple(relation: Relation, ids: dict[str, str]) -> _Triple:
    head = ids.get(relation.head, f"?{relation.head}")
    tail = ids.get(relation.tail, f"?{relation.tail}")
    symmetric = relation.type is RelationType.ASSOCIATE_OF or (
        relation.type is RelationType.FAMILY_OF and relation.subtype in SYMMETRIC_FAMILY
    )
    if symmetric and head > tail:
        head, tail = tail, head
    return relation.type.value, head, tail


def _triples(record: Record, ids: dict[str, str]) -> dict[_Triple, str | None]:
    return {_triple(r, ids): r.subtype.value if r.subtype else None for r in record.relations}


def _identifying(
    record: Record, triples: dict[_Triple, str | None], ids: dict[str, str]
) -> set[_Triple]:
    heads = {ids.get(t.entity, f"?{t.entity}") for t in record.alleged_traffickers}
    types = {t.value for t in IDENTIFYING_RELATIONS}
    return {t for t in triples if t[0] in types and t[1] in heads}
