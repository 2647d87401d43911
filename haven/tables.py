"""The tables, as HAVEN has them: cases, files, extractions, review, the confirmed record.

Invariants:
- every column that can identify a person of a case is `Sealed`: ciphertext, from the first
  migration on; roles, means, forms, states and model versions are codes and stay readable;
- ids are random and say nothing; the names of declarant's own users are no case material;
- `decision` and `audit_entry` are append-only, held by triggers in the database itself.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

__all__ = ["Base"]


class Moment(TypeDecorator[datetime.datetime]):
    """An instant in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime.datetime | None, dialect: Dialect
    ) -> datetime.datetime | None:
        """To UTC."""
        return None if value is None else value.astimezone(datetime.UTC)

    def process_result_value(
        self, value: datetime.datetime | None, dialect: Dialect
    ) -> datetime.datetime | None:
        """From UTC, whatever the back-end kept of it."""
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=datetime.UTC)
        return value.astimezone(datetime.UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime.datetime: Moment, bytes: LargeBinary, Any: JSON}  # noqa: RUF012


Id = Annotated[str, mapped_column(String(32), primary_key=True)]
Code = Annotated[str, mapped_column(String(32))]
Sealed = Annotated[bytes, mapped_column(LargeBinary)]
Actor = Annotated[str, mapped_column(String(64))]
CaseKey = Annotated[
    str, mapped_column(String(32), ForeignKey("case_file.id", ondelete="RESTRICT"), index=True)
]
DocumentKey = Annotated[
    str, mapped_column(String(32), ForeignKey("document.id", ondelete="RESTRICT"), index=True)
]
ConfirmationKey = Annotated[
    str, mapped_column(String(32), ForeignKey("confirmation.id", ondelete="RESTRICT"), index=True)
]


class DataKeyRow(Base):
    """A data key, wrapped; its id is that of the case or document it belongs to."""

    __tablename__ = "data_key"
    id: Mapped[Id]
    master: Mapped[str] = mapped_column(String(128))
    wrapped: Mapped[bytes]
    created_at: Mapped[datetime.datetime]


class CaseRow(Base):
    __tablename__ = "case_file"
    __table_args__ = (
        CheckConstraint("status IN ('OPEN','IN_REVIEW','CONFIRMED','REOPENED')", name="status"),
    )
    id: Mapped[Id]
    receipt_number: Mapped[Sealed | None]
    petitioner: Mapped[Sealed | None]
    form: Mapped[Code | None]
    status: Mapped[Code]
    assignee: Mapped[str | None] = mapped_column(
        String(32), ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    review_version: Mapped[int]
    created_at: Mapped[datetime.datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime.datetime]


class SearchTermRow(Base):
    """One blind index entry of a case or a confirmed subject."""

    __tablename__ = "search_term"
    __table_args__ = (Index("ix_search_term_owner", "owner_table", "owner_id"),)
    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    owner_table: Mapped[Code]
    owner_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[Code]
    entry: Mapped[bytes] = mapped_column(LargeBinary, index=True)


class CaseNoteRow(Base):
    __tablename__ = "case_note"
    id: Mapped[Id]
    case_id: Mapped[CaseKey]
    text: Mapped[Sealed]
    author: Mapped[Actor]
    created_at: Mapped[datetime.datetime]


class DocumentRow(Base):
    """An uploaded file; `fingerprint` is the blind index of its SHA-256."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("case_id", "fingerprint"),)
    id: Mapped[Id]
    case_id: Mapped[CaseKey]
    filename: Mapped[Sealed]
    sha256: Mapped[Sealed]
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    media_type: Mapped[str] = mapped_column(String(128))
    length: Mapped[int] = mapped_column(BigInteger)
    chunks: Mapped[int]
    created_by: Mapped[Actor]
    created_at: Mapped[datetime.datetime]


class ContentRow(Base):
    """A part of a file; in parts, so that a file of any size costs the memory of one."""

    __tablename__ = "document_content"
    document_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("document.id", ondelete="RESTRICT"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[Sealed]


class ExtractionRow(Base):
    """What one model said about one file; a newer one is added, none is overwritten."""

    __tablename__ = "extraction"
    __table_args__ = (
        UniqueConstraint("document_id", "version"),
        CheckConstraint("status IN ('DONE','FAILED')", name="status"),
    )
    id: Mapped[Id]
    document_id: Mapped[DocumentKey]
    version: Mapped[int]
    status: Mapped[Code]
    reason: Mapped[Code | None]
    model_name: Mapped[str | None] = mapped_column(String(128))
    model_version: Mapped[str | None] = mapped_column(String(64))
    record: Mapped[Sealed | None]
    created_at: Mapped[datetime.datetime]


class PageRow(Base):
    __tablename__ = "page"
    extraction_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("extraction.id", ondelete="RESTRICT"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text_source: Mapped[Code]
    language: Mapped[Code | None]
    ocr_confidence: Mapped[float | None]
    flags: Mapped[Any]
    words: Mapped[Sealed]


class FindingRow(Base):
    """One alleged trafficker of an extraction, before anybody has looked."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("extraction_id", "number"),)
    id: Mapped[Id]
    extraction_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("extraction.id", ondelete="RESTRICT")
    )
    number: Mapped[int]
    score: Mapped[float]
    content: Mapped[Sealed]


class DecisionRow(Base):
    """A reviewer's decision; append-only: taking one back is another decision."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("case_id", "number"),)
    id: Mapped[Id]
    case_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("case_file.id", ondelete="RESTRICT")
    )
    number: Mapped[int]
    kind: Mapped[Code]
    decided_by: Mapped[Actor]
    decided_at: Mapped[datetime.datetime]
    content: Mapped[Sealed]


class ConfirmationRow(Base):
    """One confirmed version of a case's record; a later one supersedes it, none is deleted."""

    __tablename__ = "confirmation"
    __table_args__ = (UniqueConstraint("case_id", "number"),)
    id: Mapped[Id]
    case_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("case_file.id", ondelete="RESTRICT")
    )
    number: Mapped[int]
    review_version: Mapped[int]
    confirmed_by: Mapped[Actor]
    confirmed_at: Mapped[datetime.datetime]
    superseded_at: Mapped[datetime.datetime | None]
    export: Mapped[Sealed]


class ConfirmedRow(Base):
    """Something that one confirmation wrote."""

    __abstract__ = True
    id: Mapped[Id]
    confirmation_id: Mapped[ConfirmationKey]
    case_id: Mapped[CaseKey]


class SubjectRow(ConfirmedRow):
    """A confirmed alleged trafficker; `person` stays the same over later confirmations."""

    __tablename__ = "subject"
    __table_args__ = (UniqueConstraint("confirmation_id", "person"),)
    person: Mapped[str] = mapped_column(String(32), index=True)
    type: Mapped[Code]
    name: Mapped[Sealed]
    aliases: Mapped[Sealed]
    identifiers: Mapped[Sealed]
    relationship: Mapped[Sealed]
    evidence: Mapped[Sealed]
    roles: Mapped[Any]
    means: Mapped[Any]
    score: Mapped[float]


class PartyRow(ConfirmedRow):
    """Somebody else who is named in a confirmed record."""

    __abstract__ = True
    name: Mapped[Sealed]
    content: Mapped[Sealed]


class OrganizationRow(PartyRow):
    __tablename__ = "organization"


class OtherVictimRow(PartyRow):
    __tablename__ = "other_victim"


class LawEnforcementContactRow(PartyRow):
    __tablename__ = "law_enforcement_contact"


class SupplementBRow(ConfirmedRow):
    """The facts of a certification (I-914 or I-918 Supplement B) found in the file."""

    __tablename__ = "supplement_b"
    document_id: Mapped[DocumentKey]
    form: Mapped[Code]
    content: Mapped[Sealed]


class AuditRow(Base):
    """One act; no foreign keys, as the log outlives what it tells of."""

    __tablename__ = "audit_entry"
    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime.datetime]
    actor: Mapped[Actor] = mapped_column(index=True)
    action: Mapped[Code]
    outcome: Mapped[Code]
    object_id: Mapped[str | None] = mapped_column(String(32), index=True)
    case_id: Mapped[str | None] = mapped_column(String(32), index=True)
    facts: Mapped[str] = mapped_column(String(1024))
    link: Mapped[bytes]


class JobRow(Base):
    """Progress of one upload or one file of a backfill, in exactly one state."""

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("batch_id", "source_path"),
        CheckConstraint("state IN ('QUEUED','RUNNING','DONE','FAILED')", name="state"),
        Index("ix_job_state_beat_at", "state", "beat_at"),
    )
    id: Mapped[Id]
    kind: Mapped[Code]
    state: Mapped[Code]
    reason: Mapped[Code | None]
    attempt: Mapped[int]
    batch_id: Mapped[str | None] = mapped_column(String(64))
    source_path: Mapped[bytes | None]
    case_id: Mapped[str | None] = mapped_column(
        String(32), ForeignKey("case_file.id", ondelete="RESTRICT"), index=True
    )
    document_id: Mapped[str | None] = mapped_column(
        String(32), ForeignKey("document.id", ondelete="RESTRICT"), index=True
    )
    created_by: Mapped[Actor]
    created_at: Mapped[datetime.datetime]
    beat_at: Mapped[datetime.datetime]
    ended_at: Mapped[datetime.datetime | None]


class UserRow(Base):
    __tablename__ = "user_account"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(256))
    email: Mapped[str] = mapped_column(String(320), unique=True)
    issuer: Mapped[str | None] = mapped_column(String(512))
    subject: Mapped[str | None] = mapped_column(String(256))
    roles: Mapped[Any]
    active: Mapped[bool]
    created_at: Mapped[datetime.datetime]


class SignInLinkRow(Base):
    """A one-time link; only the hash of its token is kept."""

    __tablename__ = "sign_in_link"
    token: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    user_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    expires_at: Mapped[datetime.datetime]
    used_at: Mapped[datetime.datetime | None]


class SessionRow(Base):
    """A server-side session; only the hash of its token is kept."""

    __tablename__ = "user_session"
    token: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    user_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("user_account.id", ondelete="RESTRICT"), index=True
    )
    created_at: Mapped[datetime.datetime]
    expires_at: Mapped[datetime.datetime]
    ended_at: Mapped[datetime.datetime | None]
