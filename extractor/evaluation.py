"""The pipeline measured on annotated texts: what `declarant evaluate` prints."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.language.understanding import understand
from extractor.record import Box, ModelVersion, Record
from models.corpora.annotated import AnnotatedText
from models.evaluation.gold import gold_record
from models.evaluation.measures import Measures
from models.runtime import Runtime

__all__ = ["measure", "predicted_record"]


def _no_boxes(start: int, end: int) -> tuple[int, list[Box]]:
    del start, end
    return 1, []


def predicted_record(annotated: AnnotatedText, runtime: Runtime) -> Record:
    """What the network says of a text that never was a page."""
    found = understand(annotated.text, runtime, _no_boxes)
    gold = gold_record(annotated)
    return gold.model_copy(
        update={
            "model": ModelVersion(
                name=runtime.manifest["name"], version=runtime.manifest["version"]
            ),
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
        measures.add(predicted_record(annotated, runtime), gold_record(annotated))
    return measures
