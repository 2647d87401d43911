"""Binding a decision to its evidence before it is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from extractor.errors import NotFoundError, UsageError
from extractor.record import Record, Span
from haven.review.changes import split
from haven.review.findings import passage_of, text_mark
from haven.review.ledger import as_anchor
from haven.review.model import (
    Accept,
    Add,
    Bound,
    Correct,
    Decision,
    Finding,
    KeepApart,
    Merge,
    Passage,
    Reject,
    Split,
    Undo,
)

__all__ = ["anchors_of", "check_leaves_something", "located"]

RecordOf = Callable[[str], Record]
"""Gives the newest record of the document with this SHA-256; NotFoundError if there is none."""


def anchors_of(
    decision: Decision, findings: Iterable[Finding], decisions: Iterable[Bound]
) -> tuple[Finding, ...]:
    """The findings that a decision names, as evidence; NotFoundError if one is not shown."""
    shown = {finding.key: finding for finding in findings}
    match decision:
        case Accept() | Reject() | Correct() | Split():
            keys = [decision.finding]
        case Merge() | KeepApart():
            keys = [decision.finding, decision.other]
        case Add():
            keys = []
        case Undo():
            _check_known(decision, decisions)
            keys = []
    if not set(keys) <= set(shown):
        raise NotFoundError("There is no such finding in this case any more.")
    return tuple(as_anchor(shown[key]) for key in keys)


def located(decision: Decision, record_of: RecordOf) -> Decision:
    """The decision with the words of its spans filled in from the documents."""
    if not isinstance(decision, Add | Split):
        return decision
    spans = tuple(_located_span(span, record_of(span.document)) for span in decision.spans)
    return decision.model_copy(update={"spans": spans})


def check_leaves_something(decision: Decision, anchors: Sequence[Finding]) -> None:
    """UsageError for a split that takes every mention: that would only rename the person."""
    if isinstance(decision, Split) and not split(anchors[0], decision, "")[0].mentions:
        raise UsageError(
            "The split would leave nothing of the finding.", advice="Correct its name instead."
        )


def _located_span(span: Passage, record: Record) -> Passage:
    if not span.start < span.end <= len(record.text):
        raise UsageError("A selected range lies outside the text.")
    return passage_of(record, Span(start=span.start, end=span.end), text_mark(record.text))


def _check_known(decision: Undo, decisions: Iterable[Bound]) -> None:
    if decision.decision not in {bound.id for bound in decisions}:
        raise NotFoundError("There is no such decision in this case.")
