"""How rows of documents and extractions become what the store hands out."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extractor.errors import NotFoundError
from extractor.record import ModelVersion, Record
from haven.encryption import Place
from haven.store import Store
from haven.tables import DocumentRow, ExtractionRow, FindingRow, PageRow
from haven.views import DocumentSummary, ExtractionStatus, ExtractionSummary

__all__ = [
    "latest_extraction",
    "open_record",
    "sha256_of",
    "summary_of_document",
    "summary_of_extraction",
]


def summary_of_document(store: Store, session: Session, row: DocumentRow) -> DocumentSummary:
    """A document, decrypted, with its latest extraction and the latest that did not fail."""
    latest = latest_extraction(session, row.id)
    read = latest_extraction(session, row.id, status=ExtractionStatus.DONE)
    place = Place(DocumentRow.__tablename__, row.id, "filename")
    return DocumentSummary(
        id=row.id,
        case_id=row.case_id,
        filename=store.vault.open_text(session, row.id, place, row.filename),
        media_type=row.media_type,
        sha256=sha256_of(store, session, row),
        bytes=row.length,
        created_by=row.created_by,
        created_at=row.created_at,
        extraction=None if latest is None else summary_of_extraction(session, latest),
        reading=None if read is None else summary_of_extraction(session, read),
    )


def sha256_of(store: Store, session: Session, row: DocumentRow) -> str:
    """The SHA-256 of the file, which is sealed: it proves that a known file was filed here."""
    place = Place(DocumentRow.__tablename__, row.id, "sha256")
    return store.vault.open_text(session, row.id, place, row.sha256)


def latest_extraction(
    session: Session, document_id: str, *, status: ExtractionStatus | None = None
) -> ExtractionRow | None:
    """The newest extraction of a document, or the newest that ended so."""
    query = select(ExtractionRow).where(ExtractionRow.document_id == document_id)
    if status is not None:
        query = query.where(ExtractionRow.status == status)
    return session.scalar(query.order_by(ExtractionRow.version.desc()).limit(1))


def summary_of_extraction(session: Session, row: ExtractionRow) -> ExtractionSummary:
    """What is known of an extraction without opening it."""
    model = None
    if row.model_name is not None and row.model_version is not None:
        model = ModelVersion(name=row.model_name, version=row.model_version)
    counted = [
        session.scalar(select(func.count()).where(column == row.id)) or 0
        for column in (FindingRow.extraction_id, PageRow.extraction_id)
    ]
    return ExtractionSummary(
        id=row.id,
        document_id=row.document_id,
        version=row.version,
        status=ExtractionStatus(row.status),
        reason=row.reason,
        model=model,
        findings=counted[0],
        pages=counted[1],
        created_at=row.created_at,
    )


def open_record(store: Store, session: Session, row: ExtractionRow) -> Record:
    """The decrypted record of an extraction; NotFoundError for one that failed."""
    if row.record is None:
        raise NotFoundError("This extraction failed; it has no record.")
    place = Place(ExtractionRow.__tablename__, row.id, "record")
    content = store.vault.open_json(session, row.document_id, place, row.record)
    return Record.model_validate(content)
