"""What the store hands out: frozen, decrypted, and free of database objects."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from extractor.record import EntityType, FormName, MeansName, ModelVersion, Page, RoleName

__all__ = [
    "AuditEntry",
    "CaseNote",
    "CaseStatus",
    "CaseSummary",
    "ChainReport",
    "Confirmation",
    "DocumentSummary",
    "ExtractionStatus",
    "ExtractionSummary",
    "Job",
    "JobKind",
    "JobState",
    "NamedParty",
    "StoredPage",
    "Subject",
    "SupplementB",
    "User",
    "UserRole",
]


class CaseStatus(StrEnum):
    """Where a case stands in review."""

    OPEN = "OPEN"
    IN_REVIEW = "IN_REVIEW"
    CONFIRMED = "CONFIRMED"
    REOPENED = "REOPENED"


class ExtractionStatus(StrEnum):
    """How an extraction ended."""

    DONE = "DONE"
    FAILED = "FAILED"


class JobKind(StrEnum):
    """Where the file of a job came from."""

    UPLOAD = "UPLOAD"
    BACKFILL = "BACKFILL"


class JobState(StrEnum):
    """DONE and FAILED are terminal; a job ends in exactly one of them."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


class UserRole(StrEnum):
    """What kind of user somebody is; what each may do is for the API to say."""

    ADJUDICATOR = "ADJUDICATOR"
    SUPERVISOR = "SUPERVISOR"
    ANNOTATOR = "ANNOTATOR"
    OPERATOR = "OPERATOR"
    AUDITOR = "AUDITOR"
    ADMINISTRATOR = "ADMINISTRATOR"


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A case; `review_version` is what `expected_version` of a decision must be."""

    id: str
    receipt_number: str | None
    form: FormName | None
    petitioner: str | None
    status: CaseStatus
    assignee: str | None
    review_version: int
    documents: int
    created_at: datetime.datetime
    updated_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class CaseNote:
    """A note on a case: HAVEN keeps culpable relatives in such notes."""

    id: str
    case_id: str
    text: str
    author: str
    created_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class ExtractionSummary:
    """One extraction of a document; `reason` is an error code when it failed."""

    id: str
    document_id: str
    version: int
    status: ExtractionStatus
    reason: str | None
    model: ModelVersion | None
    findings: int
    pages: int
    created_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """An uploaded file, with its latest extraction; `reading` is the newest that did not fail."""

    id: str
    case_id: str
    filename: str
    media_type: str
    sha256: str
    bytes: int
    created_by: str
    created_at: datetime.datetime
    extraction: ExtractionSummary | None
    reading: ExtractionSummary | None

    @property
    def outdated(self) -> bool:
        """Whether the newest reading failed, so that an earlier one stands for the file."""
        return self.reading is not None and self.reading != self.extraction


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page of an extraction: its facts, and its words as the documents room wrote them."""

    page: Page
    words: Any


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One confirmed version of a case."""

    id: str
    case_id: str
    number: int
    review_version: int
    confirmed_by: str
    confirmed_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """A confirmed alleged trafficker; `person` stays the same over later confirmations."""

    id: str
    person: str
    case_id: str
    confirmation_id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...]
    roles: tuple[RoleName, ...]
    means: tuple[MeansName, ...]
    identifiers: dict[str, list[str]]
    relationship_to_declarant: str | None
    score: float
    evidence: tuple[dict[str, Any], ...]
    """Mentions with document (SHA-256), start, end, page and quote."""


@dataclass(frozen=True, slots=True)
class NamedParty:
    """An organisation, another victim or a law-enforcement contact of a confirmed case."""

    id: str
    case_id: str
    name: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SupplementB:
    """The fields of a certification found in the file."""

    id: str
    case_id: str
    document_id: str
    form: FormName
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Job:
    """Progress of one upload or one file of a backfill."""

    id: str
    kind: JobKind
    state: JobState
    reason: str | None
    attempt: int
    batch_id: str | None
    case_id: str | None
    document_id: str | None
    created_by: str
    created_at: datetime.datetime
    beat_at: datetime.datetime
    ended_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class User:
    """A user of declarant."""

    id: str
    name: str
    email: str
    roles: frozenset[UserRole]
    active: bool
    issuer: str | None
    subject: str | None
    created_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act: who, what, on what, when, and how it ended; never any content."""

    number: int
    at: datetime.datetime
    actor: str
    action: str
    outcome: str
    object_id: str | None
    case_id: str | None
    facts: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class ChainReport:
    """Whether the audit log is whole; keep `entries` and `head` elsewhere to detect a cut tail."""

    ok: bool
    entries: int
    head: str
    first_bad: int | None
