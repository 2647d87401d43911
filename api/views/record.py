"""What the page of the confirmed record shows of each subject: where it stands in the files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from api.views.quotes import Files, Quote, quotes_of
from extractor.record import MentionKind
from haven.review.model import SeenMention
from haven.views import DocumentSummary, Subject

__all__ = ["SubjectRow", "subject_rows"]

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A confirmed subject with the words that name or describe it; `more` are not shown."""

    subject: Subject
    quotes: tuple[Quote, ...]
    more: int


def subject_rows(
    subjects: Iterable[Subject], documents: Iterable[DocumentSummary]
) -> list[SubjectRow]:
    """The subjects, each with the places of its names and descriptions, each place once."""
    files = Files.of(documents)
    return [_row(subject, files) for subject in subjects]


def _row(subject: Subject, files: Files) -> SubjectRow:
    mentions = [SeenMention.model_validate(one) for one in subject.evidence]
    told = [mention for mention in mentions if mention.kind is not MentionKind.PRO]
    quotes = quotes_of(told, files, {})
    return SubjectRow(subject, tuple(quotes[:_SHOWN]), max(0, len(quotes) - _SHOWN))
