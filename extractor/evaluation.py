"""The pipeline measured on annotated texts: what `declarant evaluate` prints."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.language.papers import Papers
from extractor.language.understanding import Reading, decided, reading_of
from extractor.record import Box, ModelVersion, Record
from models.corpora.annotated import AnnotatedText
from models.evaluation.gold import gold_record
from models.evaluation.measures import Measures
from models.runtime import Runtime

__all__ = ["measure", "predicted_record", "record_at"]

_ONE_PAPER = Papers()
_LOWEST = 0.02
"""Score from which an entity is a candidate of the curve of precision and recall."""


def _no_boxes(start: int, end: int) -> tuple[int, list[Box]]:
    del start, end
    return 1, []


def predicted_record(
    annotated: AnnotatedText, runtime: Runtime, papers: Papers = _ONE_PAPER
) -> Record:
    """What the network says of a text that never was a page."""
    reading = reading_of(annotated.text, runtime, papers)
    return record_at(annotated, reading, runtime.threshold)


def record_at(annotated: AnnotatedText, reading: Reading, thresholds: dict[str, float]) -> Record:
    """The record of a reading at some thresholds."""
    found = decided(reading, thresholds, _no_boxes)
    return gold_record(annotated).model_copy(
        update={
            "model": ModelVersion(name="predicted", version="1"),
            "entities": found.entities,
            "relations": found.relations,
            "alleged_traffickers": found.alleged_traffickers,
            "case": found.case,
            "coverage": found.coverage,
        }
    )


def measure(texts: Iterable[AnnotatedText], runtime: Runtime) -> Measures:
    """Every measure of the contract over some texts."""
    measures = Measures()
    for annotated in texts:
        reading = reading_of(annotated.text, runtime)
        gold = gold_record(annotated)
        measures.add(record_at(annotated, reading, runtime.threshold), gold)
        low = {**runtime.threshold, "trafficker": _LOWEST}
        measures.add_candidates(record_at(annotated, reading, low), gold)
    return measures
