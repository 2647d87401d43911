"""What a case's files say of the case itself: entry, purposes, crimes, over all documents.

Each fact stands once, with the passages of every document that says so. Where a form's field
says it and no words do, `forms` tells where that form begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from extractor.record import Case, FormName, Record, Span
from haven.review.anchors import fold
from haven.review.entries import DATE, PLACE, entry_fields, forms_of, place_in
from haven.review.findings import passage_of, text_mark
from haven.review.model import Passage

__all__ = ["Circumstance", "Kind", "circumstances_of", "contradicted"]


class Kind(StrEnum):
    """Which question a circumstance answers."""

    MANNER_OF_ENTRY = "MANNER_OF_ENTRY"
    DATE_OF_ENTRY = "DATE_OF_ENTRY"
    PLACE_OF_ENTRY = "PLACE_OF_ENTRY"
    PURPOSE = "PURPOSE"
    QUALIFYING_CRIME = "QUALIFYING_CRIME"


_ANSWERED_ONCE = (Kind.MANNER_OF_ENTRY, Kind.DATE_OF_ENTRY, Kind.PLACE_OF_ENTRY)
"""Of the last entry there is one manner, date and place: two of them contradict each other."""
_ASKED_BY = {
    Kind.MANNER_OF_ENTRY: {FormName.I_914, FormName.I_918},
    Kind.PURPOSE: {FormName.I_914B},
    Kind.QUALIFYING_CRIME: {FormName.I_918B},
}
"""The forms whose fields answer a question."""


@dataclass(frozen=True, slots=True)
class Circumstance:
    """One fact; `detail` is the class of admission, as it is written.

    `forms` are empty ranges at the start of the forms whose fields say it.
    """

    kind: Kind
    value: str
    detail: str | None
    passages: tuple[Passage, ...]
    forms: tuple[Passage, ...] = ()


def circumstances_of(records: Sequence[Record]) -> list[Circumstance]:
    """The facts in the order of the kinds; documents may differ about the entry."""
    merged: dict[tuple[Kind, str], Circumstance] = {}
    for record in records:
        for fact in _of_record(record):
            key = (fact.kind, fold(fact.value))
            first = merged.setdefault(key, fact)
            if first is not fact:
                merged[key] = _joined(first, fact)
    return sorted(merged.values(), key=lambda fact: list(Kind).index(fact.kind))


def contradicted(facts: Sequence[Circumstance]) -> frozenset[Kind]:
    """The questions of one answer to which the documents give several."""
    kinds = [fact.kind for fact in facts]
    return frozenset(kind for kind in _ANSWERED_ONCE if kinds.count(kind) > 1)


def _of_record(record: Record) -> Iterator[Circumstance]:
    mark = text_mark(record.text)
    for kind, value in _values(record.case):
        detail = record.case.class_of_admission if kind is Kind.MANNER_OF_ENTRY else None
        spans = record.case.evidence.get(value, [])
        passages = tuple(passage_of(record, span, mark) for span in spans)
        yield Circumstance(kind, value, detail, passages, () if spans else _forms(record, kind))
    for kind, named in ((Kind.DATE_OF_ENTRY, DATE), (Kind.PLACE_OF_ENTRY, PLACE)):
        for value, form in entry_fields(record, named):
            place = place_in(record, form, value)
            if place:
                yield Circumstance(kind, value, None, (passage_of(record, place, mark),))
            else:
                yield Circumstance(kind, value, None, (), (_beginning(record, form, mark),))


def _values(case: Case) -> Iterator[tuple[Kind, str]]:
    if case.manner_of_entry:
        yield Kind.MANNER_OF_ENTRY, case.manner_of_entry
    yield from ((Kind.PURPOSE, value) for value in case.purposes)
    yield from ((Kind.QUALIFYING_CRIME, value) for value in case.qualifying_crimes)


def _forms(record: Record, kind: Kind) -> tuple[Passage, ...]:
    mark, asking = text_mark(record.text), _ASKED_BY[kind]
    return tuple(_beginning(record, one, mark) for one in forms_of(record) if one.form in asking)


def _beginning(record: Record, form: Span, mark: str) -> Passage:
    return passage_of(record, Span(start=form.start, end=form.start), mark)


def _joined(first: Circumstance, second: Circumstance) -> Circumstance:
    return replace(
        first,
        detail=first.detail or second.detail,
        passages=tuple(dict.fromkeys((*first.passages, *second.passages))),
        forms=tuple(dict.fromkeys((*first.forms, *second.forms))),
    )
