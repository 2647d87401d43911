"""What the page of the confirmed record shows: each subject with the words that say so.

Everything comes from the document that was confirmed, never from a newer reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.views.quotes import Files, Quote, quotes_of
from extractor.record import MentionKind
from haven.review.confirmed import ConfirmedCase, ConfirmedPerson
from haven.review.model import MeansFact, RoleFact, SeenMention
from haven.views import DocumentSummary, Subject

__all__ = ["ShownFact", "SubjectRow", "subject_rows"]

_SHOWN = 40
_SHOWN_OF_FACT = 5
"""A role is told once a file, as a rule; the rest is marked on the pages."""


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A role or means with the words that show it, none if it was given without any.

    `more` of those are not shown.
    """

    label: str
    quotes: tuple[Quote, ...]
    more: int


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A confirmed subject, why it is one, and the words that name or describe it.

    `more` of those are not shown.
    """

    subject: Subject
    facts: tuple[ShownFact, ...]
    quotes: tuple[Quote, ...]
    more: int


def subject_rows(
    subjects: Iterable[Subject], documents: Iterable[DocumentSummary], confirmed: ConfirmedCase
) -> list[SubjectRow]:
    """The subjects, surest first, each with its facts and the places of its names, each once."""
    files = Files.of(documents)
    surest = sorted(subjects, key=lambda subject: (-subject.score, subject.name))
    return [_row(subject, files, confirmed.persons.get(subject.person)) for subject in surest]


def _row(subject: Subject, files: Files, person: ConfirmedPerson | None) -> SubjectRow:
    mentions = [SeenMention.model_validate(one) for one in subject.evidence]
    told = [mention for mention in mentions if mention.kind is not MentionKind.PRO]
    quotes = quotes_of(told, files, {})
    facts = _facts(person, files) if person else ()
    return SubjectRow(subject, facts, tuple(quotes[:_SHOWN]), max(0, len(quotes) - _SHOWN))


def _facts(person: ConfirmedPerson, files: Files) -> tuple[ShownFact, ...]:
    facts: Sequence[RoleFact | MeansFact] = (*person.roles, *person.means)
    quotes = [quotes_of(fact.evidence, files, {}, person.mentions) for fact in facts]
    return tuple(
        ShownFact(fact.label, tuple(found[:_SHOWN_OF_FACT]), max(0, len(found) - _SHOWN_OF_FACT))
        for fact, found in zip(facts, quotes, strict=True)
    )
