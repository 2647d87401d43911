"""Thresholds and calibration, chosen on texts that the network did not learn from.

Invariant: only the texts given are looked at, and each is read once; a threshold changes
what is reported of a reading, never the reading.
"""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from extractor.evaluation import record_at
from extractor.language.exclusive import ONE_HOLDER
from extractor.language.understanding import Encoded, Reading, encoded_of, reading_from
from extractor.record import EntityType, Record, Relation, RelationType
from models.calibration import calibration_features, fitted
from models.corpora.annotated import AnnotatedText
from models.evaluation.alignment import align
from models.evaluation.counts import Counts
from models.evaluation.gold import gold_record
from models.evaluation.measures import Measures
from models.network.labels import entity_features
from models.runtime import Runtime, write_self_check

__all__ = ["tune"]

_FLOOR = 0.05
_LOW = {"trafficker": 0.02, "role": 0.3, "means": 0.3, "relation": 0.3}
_GRID = [round(x, 2) for x in np.arange(0.1, 0.81, 0.05)]
_LEAN = 0.005
"""F1 given up for recall: a missed trafficker is worse than one the reviewer rejects. On a hundred
texts F1 itself is sure to no more than 0.015."""
_COARSE = [round(x, 2) for x in np.arange(0.15, 0.8, 0.1)]
_LINKS = (0.0, -0.25, -0.5, -0.75, -1.0, -1.25)
_KINDS = ["NAM", "NOM", "PRO"]
_ENOUGH = 25
"""Times in the gold from which a role, means or relation has a threshold of its own."""


@dataclasses.dataclass(frozen=True)
class _Coded:
    annotated: AnnotatedText
    gold: Record
    encoded: Encoded


@dataclasses.dataclass(frozen=True)
class _Read:
    annotated: AnnotatedText
    gold: Record
    reading: Reading


def tune(texts: Iterable[AnnotatedText], folder: Path) -> dict[str, Any]:
    """Choose link threshold, calibration, then the others; write them into the manifest."""
    runtime = Runtime(folder, threads=2, check=False)
    manifest = runtime.manifest
    manifest.pop("calibration", None)
    manifest["thresholds"] = dict(_LOW)
    coded = [_Coded(t, gold_record(t), encoded_of(t.text, runtime)) for t in texts]
    manifest["thresholds"]["link"] = max(_LINKS, key=lambda x: _linked_well(coded, runtime, x))
    manifest["calibration"] = _calibration(_read(coded, runtime))
    manifest["thresholds"] |= _thresholds(_read(coded, runtime))
    content = json.dumps(manifest, indent=1) + "\n"
    (folder / "manifest.json").write_text(content, encoding="utf-8")
    write_self_check(Runtime(folder, check=False), folder)
    return {name: manifest[name] for name in ("calibration", "thresholds")}


def _linked_well(coded: list[_Coded], runtime: Runtime, link: float) -> float:
    """Coreference and traffickers together, at one threshold of links."""
    runtime.manifest["thresholds"]["link"] = link
    measures = _measured(_read(coded, runtime), {**_LOW, "trafficker": 0.5})
    return measures.chains.conll + measures.traffickers.f1


def _read(coded: list[_Coded], runtime: Runtime) -> list[_Read]:
    return [
        _Read(one.annotated, one.gold, reading_from(one.encoded, runtime, _FLOOR)) for one in coded
    ]


def _calibration(read: list[_Read]) -> dict[str, float]:
    features, right = [], []
    for one in read:
        record = record_at(one.annotated, one.reading, _LOW)
        aligned = align(record, one.gold)
        key = {t.entity for t in one.gold.alleged_traffickers}
        rows = _features(one.reading)
        for number, entity in enumerate(record.entities):
            if entity.is_alleged_trafficker():
                features.append(rows[number])
                right.append(aligned.get(entity.id) in key)
    return fitted(np.array(features), np.array(right))


def _features(reading: Reading) -> Any:  # noqa: ANN401 - an array of floats
    chances = np.array([[label.score for label in labels] for labels in reading.labels])
    logits = np.log(chances + 1e-9) - np.log(1 - chances + 1e-9)
    kinds = [[_KINDS.index(reading.mentions[n].placed.kind) for n in c] for c in reading.clusters]
    entities = [
        entity_features(reading.mentions[c[0]].placed.type, k)
        for c, k in zip(reading.clusters, kinds, strict=True)
    ]
    return calibration_features(logits, np.array(entities), np.array(reading.links))


def _thresholds(read: list[_Read]) -> dict[str, float]:
    """One after the other, each by the F1 that it decides about."""
    chosen = dict(_LOW)
    steps: list[tuple[str, Callable[[Measures], Counts]]] = [
        ("trafficker", lambda m: m.traffickers),
        ("role", lambda m: m.roles),
        ("means", lambda m: m.means),
        ("relation", lambda m: m.relations),
    ]
    for name, counts in steps:
        found = {x: counts(_measured(read, {**chosen, name: x})).f1 for x in _GRID}
        lean = _LEAN if name == "trafficker" else 0.0
        chosen[name] = min(x for x in _GRID if found[x] >= max(found.values()) - lean)
    for name, counts in _own_thresholds(read):
        chosen[name] = chosen[name.rsplit(maxsplit=1)[0]]
        chosen[name] = max(_COARSE, key=lambda x: counts(_measured(read, {**chosen, name: x})).f1)
    return {name: float(value) for name, value in chosen.items()}


def _own_thresholds(read: list[_Read]) -> Iterator[tuple[str, Callable[[Measures], Counts]]]:
    """Roles, means and relations that are common enough for a threshold of their own."""
    gold: Counter[str] = Counter()
    for one in read:
        gold.update(name for r in one.gold.relations for name in _names(r, one.gold))
        gold.update(f"role {r.role}" for e in one.gold.entities for r in e.roles)
        gold.update(f"means {m.means}" for e in one.gold.entities for m in e.means)
    measured: dict[str, Callable[[Measures], Counts]] = {
        "relation": lambda m: m.relations,
        "role": lambda m: m.roles,
        "means": lambda m: m.means,
    }
    for name in sorted(name for name, count in gold.items() if count >= _ENOUGH):
        yield name, measured[name.split()[0]]


def _names(relation: Relation, gold: Record) -> Iterator[str]:
    """What a relation's threshold may be called; sorted, the general one comes first."""
    yield f"relation {relation.type}"
    if relation.type is RelationType.HAS_IDENTIFIER:
        tail = next(e for e in gold.entities if e.id == relation.tail)
        if tail.type not in ONE_HOLDER | {EntityType.VEHICLE}:
            yield f"relation {relation.type} {tail.type}"


def _measured(read: list[_Read], thresholds: dict[str, float]) -> Measures:
    measures = Measures()
    for one in read:
        measures.add(record_at(one.annotated, one.reading, thresholds), one.gold)
    return measures
