"""What the review page shows: the case, its findings, one page of one document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.site import Site
from api.views.pages import PageView, tone_of, view_page
from extractor.errors import NotFoundError
from haven.review.circumstances import Kind
from haven.review.model import DecisionEntry, Finding, Passage, ReviewState
from haven.views import CaseSummary, DocumentSummary, ExtractionStatus

__all__ = [
    "CaseFact",
    "FindingRow",
    "ReviewView",
    "case_facts",
    "evidence_of",
    "page_view",
    "review_view",
    "unread",
]

_SHOWN_PASSAGES = 2
_FOLDED_PASSAGES = 20


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the file that show something, and where to find them."""

    document_id: str
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A circumstance of the case with its quotes."""

    kind: Kind
    value: str
    detail: str | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with its colour and its quotes."""

    finding: Finding
    tone: int
    quotes: tuple[Quote, ...]
    folded: tuple[Quote, ...]
    more: int

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
    by_sha = {document.sha256: document.id for document in documents}
    rows = tuple(_row(finding, n, by_sha) for n, finding in enumerate(state.findings))
    return ReviewView(case, state, rows, tuple(documents))


def readable(site: Site, case_id: str, *, by: str) -> list[DocumentSummary]:
    """The documents of a case that were read."""
    found = site.haven.files.of_case(case_id, by=by)
    return [d for d in found if d.extraction and d.extraction.status is ExtractionStatus.DONE]


def unread(site: Site, case_id: str, *, by: str) -> list[str]:
    """Names of the files of a case that were never read: what they say is not in the review."""
    found = site.haven.files.of_case(case_id, by=by)
    failed = (d for d in found if d.extraction and d.extraction.status is ExtractionStatus.FAILED)
    return [document.filename for document in failed if not _was_read(site, document, by=by)]


def _was_read(site: Site, document: DocumentSummary, *, by: str) -> bool:
    """Whether an earlier version read it; the review goes on with that one."""
    versions = site.haven.extractions.history(document.id, by=by)
    return any(version.status is ExtractionStatus.DONE for version in versions)


def case_facts(
    site: Site, case_id: str, documents: Sequence[DocumentSummary], *, by: str
) -> list[CaseFact]:
    """How the declarant entered, what the trafficking was for, which crimes the papers name."""
    by_sha = {document.sha256: document.id for document in documents}
    return [
        CaseFact(fact.kind, fact.value, fact.detail, tuple(_quotes(fact.passages, by_sha)))
        for fact in site.haven.review.circumstances(case_id, by=by)
    ]


def page_view(
    site: Site, document: DocumentSummary, number: int, findings: Sequence[Finding], *, by: str
) -> PageView:
    """One page with its words and marks."""
    extraction = document.extraction
    if extraction is None or extraction.status is not ExtractionStatus.DONE:
        raise NotFoundError("This file has not been read.")
    stored = site.haven.extractions.page(extraction.id, number, by=by)
    return view_page(document, stored, extraction.pages, findings)


def evidence_of(finding: Finding, by_sha: dict[str, str]) -> list[Quote]:
    """The passages that show a finding, each once, else its mentions."""
    facts = [p for fact in (*finding.roles, *finding.means) for p in fact.evidence]
    passages = [*finding.evidence, *facts] or list(finding.mentions)
    return _quotes(passages, by_sha)


def _quotes(passages: Iterable[Passage], by_sha: dict[str, str]) -> list[Quote]:
    quotes = [
        Quote(by_sha[p.document], p.page or 1, p.quote) for p in passages if p.document in by_sha
    ]
    return list(dict.fromkeys(quotes))


def _row(finding: Finding, position: int, by_sha: dict[str, str]) -> FindingRow:
    quotes = evidence_of(finding, by_sha)
    shown = tuple(quotes[:_SHOWN_PASSAGES])
    folded = tuple(quotes[_SHOWN_PASSAGES : _SHOWN_PASSAGES + _FOLDED_PASSAGES])
    more = len(quotes) - len(shown) - len(folded)
    return FindingRow(finding, tone_of(position), shown, folded, more)
