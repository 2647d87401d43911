"""The circumstances of a case: manner of entry, purposes, qualifying crimes.

Read by rule from the form's fields and from sentences that allege something. Invariant: what
is only denied, feared, asked or recited is not alleged; each fact that stands in the text has
the sentences that say so as its evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from extractor.language.circumstances.boxes import Forms
from extractor.language.circumstances.crimes import crimes_of, recitals
from extractor.language.circumstances.entry import entry_of
from extractor.language.circumstances.purposes import purposes_of
from extractor.language.circumstances.sentences import sentences_of
from extractor.record import Record, Span

__all__ = ["with_circumstances"]

_MOST = 5
"""Passages kept for one fact: enough to check it, few enough to read."""


def with_circumstances(record: Record) -> Record:
    """The record whose case says how the declarant entered, what for, and which crimes."""
    sentences = sentences_of(record)
    forms = _forms(record)
    entry = entry_of(record, sentences, forms)
    recited = recitals(sentences)
    purposes = purposes_of(record, [s for s in sentences if s not in recited], forms)
    crimes = crimes_of(sentences, forms)
    entered = [(entry.manner, entry.evidence)] if entry.manner else []
    case = record.case.model_copy(
        update={
            "manner_of_entry": entry.manner and entry.manner.value,
            "class_of_admission": entry.admitted_as,
            "purposes": sorted(purpose.value for purpose in purposes),
            "qualifying_crimes": sorted(crime.value for crime in crimes),
            "evidence": _evidence([*purposes.items(), *crimes.items(), *entered]),
        }
    )
    return record.model_copy(update={"case": case})


def _forms(record: Record) -> Forms:
    parts = [(section.form, section.fields) for section in record.sections]
    return [(form, fields) for form, fields in [*parts, (record.form, record.fields)] if fields]


def _evidence(facts: Iterable[tuple[StrEnum, Sequence[Span]]]) -> dict[str, list[Span]]:
    """Passages by fact, each once, in the order of the text."""
    kept: dict[str, list[Span]] = {}
    for fact, spans in facts:
        passages = {(span.start, span.end): span for span in spans}
        if passages:
            kept[fact.value] = [passages[place] for place in sorted(passages)][:_MOST]
    return kept
