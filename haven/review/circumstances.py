"""What a case's files say of the case itself: entry, purposes, crimes, over all documents.

Each fact stands once, with the passages of every document that says so; a fact from a form's
field has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extractor.record import Case, Record
from haven.review.findings import passage_of, text_mark
from haven.review.model import Passage

__all__ = ["Circumstance", "Kind", "circumstances_of"]


class Kind(StrEnum):
    """Which question a circumstance answers."""

    MANNER_OF_ENTRY = "MANNER_OF_ENTRY"
    PURPOSE = "PURPOSE"
    QUALIFYING_CRIME = "QUALIFYING_CRIME"


@dataclass(frozen=True, slots=True)
class Circumstance:
    """One fact; `detail` is the class of admission, as it is written."""

    kind: Kind
    value: str
    detail: str | None
    passages: tuple[Passage, ...]


def circumstances_of(records: Sequence[Record]) -> list[Circumstance]:
    """The facts in the order of the kinds; documents may differ about the entry."""
    merged: dict[tuple[Kind, str], Circumstance] = {}
    for record in records:
        for fact in _of_record(record):
            key = (fact.kind, fact.value)
            first = merged.setdefault(key, fact)
            if first is not fact:
                merged[key] = _joined(first, fact)
    return sorted(merged.values(), key=lambda fact: list(Kind).index(fact.kind))


def _of_record(record: Record) -> Iterator[Circumstance]:
    for kind, value in _values(record.case):
        detail = record.case.class_of_admission if kind is Kind.MANNER_OF_ENTRY else None
        yield Circumstance(kind, value, detail, _passages(record, value))


def _values(case: Case) -> Iterator[tuple[Kind, str]]:
    if case.manner_of_entry:
        yield Kind.MANNER_OF_ENTRY, case.manner_of_entry
    yield from ((Kind.PURPOSE, value) for value in case.purposes)
    yield from ((Kind.QUALIFYING_CRIME, value) for value in case.qualifying_crimes)


def _passages(record: Record, value: str) -> tuple[Passage, ...]:
    mark = text_mark(record.text)
    spans = record.case.evidence.get(value, [])
    return tuple(passage_of(record, span, mark) for span in spans)


def _joined(first: Circumstance, second: Circumstance) -> Circumstance:
    passages = (*first.passages, *second.passages)
    return Circumstance(first.kind, first.value, first.detail or second.detail, passages)
