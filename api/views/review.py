"""What the review page shows: the case, its findings, one page of one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from api.site import Site
from api.views.duplicates import Likeness, likenesses
from api.views.pages import Asked, PageView, tone_of, view_page
from api.views.quotes import Files, Quote, quotes_of
from extractor.errors import NotFoundError
from haven.review.circumstances import Circumstance, Kind, contradicted
from haven.review.model import DecisionEntry, Finding, FindingStatus, ReviewState
from haven.views import CaseSummary, DocumentSummary

__all__ = [
    "CaseFact",
    "FindingRow",
    "ReviewView",
    "case_facts",
    "facts_shown",
    "page_view",
    "readable",
    "review_view",
    "unread",
]

_SHOWN_PASSAGES = 2
_FOLDED_PASSAGES = 20
_SHOWN_ALIKE = 3
"""The undecided first, so that the others come up as these are decided: a packet may name one man
in each of its hundred files."""


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A circumstance of the case with its quotes, and the forms whose fields say it.

    `contradicted` is set where the files answer its question differently.
    """

    kind: Kind
    value: str
    detail: str | None
    quotes: tuple[Quote, ...]
    forms: tuple[Quote, ...]
    contradicted: bool


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with its colour and its quotes."""

    finding: Finding
    tone: int
    quotes: tuple[Quote, ...]
    folded: tuple[Quote, ...]
    more: int
    alike: tuple[Likeness, ...] = ()
    more_alike: int = 0

    @property
    def identifiers(self) -> dict[str, str]:
        """The values of each type of identifier, in one line."""
        values: dict[str, list[str]] = {}
        for identifier in self.finding.identifiers:
            values.setdefault(identifier.type, []).append(identifier.value)
        return {kind: ", ".join(dict.fromkeys(same)) for kind, same in values.items()}

    @property
    def doubts(self) -> list[str]:
        """Names and values still held that were read doubtfully, each as "A" or "A or B"."""
        values = [identifier.value for identifier in self.finding.identifiers]
        held = {self.finding.name, *self.finding.aliases, *values}
        return [
            f"{doubt.value} or {doubt.other}" if doubt.other else doubt.value
            for doubt in self.finding.doubts
            if doubt.value in held
        ]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The panel beside the page image."""

    case: CaseSummary
    state: ReviewState
    rows: tuple[FindingRow, ...]
    documents: tuple[DocumentSummary, ...]
    files: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The files of each finding, by its key, where the case has several."""

    @property
    def names(self) -> dict[str, str]:
        """The names of the findings by their keys."""
        return {finding.key: finding.name for finding in self.state.findings}

    @property
    def history(self) -> list[DecisionEntry]:
        """What was decided, newest first."""
        return [entry for entry in reversed(self.state.decisions) if entry.kind != "UNDO"]


def review_view(site: Site, case_id: str, *, by: str) -> ReviewView:
    """Everything of a case's review but the page."""
    case = site.haven.cases.get(case_id, by=by)
    documents = readable(site, case_id, by=by)
    return with_state(case, site.haven.review.state(case_id, by=by), documents)


def with_state(
    case: CaseSummary, state: ReviewState, documents: Sequence[DocumentSummary]
) -> ReviewView:
    """The panel for a state of the review."""
    files, alike = Files.of(documents), likenesses(state.findings)
    rows = tuple(
        _row(finding, n, quotes_of_finding(finding, state, files), alike.get(finding.key, []))
        for n, finding in enumerate(state.findings)
    )
    names = {finding.key: _files_of(finding, files) for finding in state.findings}
    return ReviewView(case, state, rows, tuple(documents), names)


def readable(site: Site, case_id: str, *, by: str) -> list[DocumentSummary]:
    """The documents of a case that were read."""
    found = site.haven.files.of_case(case_id, by=by)
    return [document for document in found if document.reading]


def unread(site: Site, case_id: str, *, by: str) -> list[str]:
    """Names of the files of a case that were never read: what they say is not in the review."""
    found = site.haven.files.of_case(case_id, by=by)
    return [document.filename for document in found if document.extraction and not document.reading]


def case_facts(
    site: Site, case_id: str, documents: Sequence[DocumentSummary], *, by: str
) -> list[CaseFact]:
    """How the declarant entered, what the trafficking was for, which crimes the papers name."""
    files = Files.of(documents)
    return facts_shown(site.haven.review.circumstances(case_id, by=by), files)


def facts_shown(facts: Sequence[Circumstance], files: Files) -> list[CaseFact]:
    """Circumstances with their quotes; those that contradict each other say so."""
    twice = contradicted(facts)
    return [_case_fact(fact, files, contradicted=fact.kind in twice) for fact in facts]


def _case_fact(fact: Circumstance, files: Files, *, contradicted: bool) -> CaseFact:
    newest = {passage.document: passage.text for passage in (*fact.passages, *fact.forms)}
    quotes, forms = (
        tuple(quotes_of(passages, files, newest)) for passages in (fact.passages, fact.forms)
    )
    return CaseFact(fact.kind, fact.value, fact.detail, quotes, forms, contradicted)


def page_view(
    site: Site,
    document: DocumentSummary,
    asked: Asked,
    findings: Sequence[Finding],
    *,
    by: str,
) -> PageView:
    """One page of the newest reading that did not fail, with its words and marks."""
    reading = document.reading
    if reading is None:
        raise NotFoundError("This file has not been read.")
    stored = site.haven.extractions.page(reading.id, asked.page, by=by)
    return view_page(document, stored, asked, findings)


def quotes_of_finding(finding: Finding, state: ReviewState, files: Files) -> list[Quote]:
    """The passages that show a finding, each once, else its mentions."""
    facts = [p for fact in (*finding.roles, *finding.means) for p in fact.evidence]
    passages = [*finding.evidence, *facts] or list(finding.mentions)
    return quotes_of(passages, files, state.readings, finding.mentions)


def _files_of(finding: Finding, files: Files) -> tuple[str, ...]:
    documents = dict.fromkeys(mention.document for mention in finding.mentions)
    return tuple(name for sha256 in documents if (name := files.name(sha256)))


def _row(
    finding: Finding, position: int, quotes: Sequence[Quote], alike: Sequence[Likeness]
) -> FindingRow:
    shown = tuple(quotes[:_SHOWN_PASSAGES])
    folded = tuple(quotes[_SHOWN_PASSAGES : _SHOWN_PASSAGES + _FOLDED_PASSAGES])
    more = len(quotes) - len(shown) - len(folded)
    alike = sorted(alike, key=lambda like: like.other.status is not FindingStatus.UNDECIDED)
    return FindingRow(
        finding,
        tone_of(position),
        shown,
        folded,
        more,
        tuple(alike[:_SHOWN_ALIKE]),
        len(alike[_SHOWN_ALIKE:]),
    )
