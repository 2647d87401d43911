"""Extractions: what each model said about each file, side by side and never overwritten."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extractor.errors import NotFoundError, UsageError
from extractor.record import ModelVersion, Page, Record
from haven.encryption import Place
from haven.reading import latest_extraction, open_record, summary_of_extraction
from haven.review.findings import findings_of_record
from haven.store import Act, Store, new_id, now
from haven.tables import CaseRow, DocumentRow, ExtractionRow, FindingRow, PageRow
from haven.trail import Action
from haven.views import ExtractionStatus, ExtractionSummary, StoredPage

__all__ = ["Extractions"]

_MOST = 2**31 - 1
"""The largest number of a page that the database can be asked for."""


class Extractions:
    """Saves and reads extractions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(
        self, document_id: str, record: Record, words: list[Any] | None = None, *, by: str
    ) -> ExtractionSummary:
        """Keep a record as the newest extraction; `words` has one item a page.

        Whoever is reviewing the case sees a conflict at the next decision: the page is outdated.
        """
        if words is not None and len(words) != len(record.pages):
            raise UsageError("There must be one item of words for each page.")
        with self._store.act(Action.EXTRACTION_SAVED, by) as act:
            row = self._row(act, document_id, ExtractionStatus.DONE, record.model)
            place = Place(ExtractionRow.__tablename__, row.id, "record")
            content = record.model_dump(mode="json")
            row.record = self._store.vault.seal_json(act.session, document_id, place, content)
            act.session.add(row)
            act.session.flush()
            self._save_pages(act.session, row, record.pages, words)
            self._save_findings(act.session, row, record)
            act.session.flush()
            return summary_of_extraction(act.session, row)

    def fail(
        self, document_id: str, reason: str, *, by: str, model: ModelVersion | None = None
    ) -> ExtractionSummary:
        """Keep that an extraction failed; the review goes on with the last that did not."""
        with self._store.act(Action.EXTRACTION_SAVED, by) as act:
            row = self._row(act, document_id, ExtractionStatus.FAILED, model)
            row.reason = act.facts["reason"] = reason[:32]
            act.session.add(row)
            act.session.flush()
            return summary_of_extraction(act.session, row)

    def latest(self, document_id: str, *, by: str) -> ExtractionSummary:
        """The newest extraction of a document; NotFoundError before there is one."""
        with self._store.act(Action.EXTRACTION_READ, by, document_id) as act:
            act.case_id = self._store.find(act.session, DocumentRow, document_id).case_id
            row = latest_extraction(act.session, document_id)
            if row is None:
                raise NotFoundError("This document has not been read yet.")
            return summary_of_extraction(act.session, row)

    def history(self, document_id: str, *, by: str) -> list[ExtractionSummary]:
        """All extractions of a document, newest first."""
        with self._store.act(Action.EXTRACTION_READ, by, document_id) as act:
            act.case_id = self._store.find(act.session, DocumentRow, document_id).case_id
            query = select(ExtractionRow).where(ExtractionRow.document_id == document_id)
            rows = act.session.scalars(query.order_by(ExtractionRow.version.desc())).all()
            return [summary_of_extraction(act.session, row) for row in rows]

    def record(self, extraction_id: str, *, by: str) -> Record:
        """The whole record of an extraction; NotFoundError for one that failed."""
        with self._store.act(Action.RECORD_READ, by, extraction_id) as act:
            row = self._find(act, extraction_id)
            return open_record(self._store, act.session, row)

    def page(self, extraction_id: str, number: int, *, by: str) -> StoredPage:
        """One page with its words."""
        with self._store.act(Action.PAGE_READ, by, extraction_id) as act:
            self._find(act, extraction_id)
            act.facts["page"] = number
            row = act.session.get(PageRow, (extraction_id, number)) if number <= _MOST else None
            if row is None:
                raise NotFoundError("There is no such page.")
            return self._page(act.session, row)

    def outdated(self, model: ModelVersion) -> list[str]:
        """Documents whose latest extraction is by another model, or that have none."""
        newest = (
            select(ExtractionRow.document_id, func.max(ExtractionRow.version).label("version"))
            .group_by(ExtractionRow.document_id)
            .subquery()
        )
        current = (
            select(ExtractionRow.document_id)
            .join(
                newest,
                (newest.c.document_id == ExtractionRow.document_id)
                & (newest.c.version == ExtractionRow.version),
            )
            .where(
                ExtractionRow.model_name == model.name,
                ExtractionRow.model_version == model.version,
            )
        )
        query = select(DocumentRow.id).where(DocumentRow.id.not_in(current))
        with self._store.read() as session:
            return list(session.scalars(query.order_by(DocumentRow.created_at, DocumentRow.id)))

    def _row(
        self, act: Act, document_id: str, status: ExtractionStatus, model: ModelVersion | None
    ) -> ExtractionRow:
        """The next version of a document's extraction; the case is locked, its version raised."""
        document = self._store.find(act.session, DocumentRow, document_id)
        case = self._store.find(act.session, CaseRow, document.case_id, lock=True)
        last = latest_extraction(act.session, document_id)
        row = ExtractionRow(
            id=new_id(),
            document_id=document_id,
            version=1 if last is None else last.version + 1,
            status=status,
            model_name=model.name if model else None,
            model_version=model.version if model else None,
            created_at=now(),
        )
        case.updated_at = row.created_at
        case.review_version += status is ExtractionStatus.DONE
        act.object_id, act.case_id = row.id, document.case_id
        act.facts["version"] = row.version
        return row

    def _save_pages(
        self, session: Session, row: ExtractionRow, pages: list[Page], words: list[Any] | None
    ) -> None:
        for number, page in enumerate(pages):
            content = {"page": page.model_dump(mode="json"), "words": words and words[number]}
            sealed = self._store.vault.seal_json(
                session, row.document_id, _page_place(row.id, page.number), content
            )
            session.add(
                PageRow(
                    extraction_id=row.id,
                    number=page.number,
                    text_source=page.text_source,
                    language=page.language,
                    ocr_confidence=page.ocr_confidence,
                    flags=[flag.value for flag in page.flags],
                    words=sealed,
                )
            )

    def _save_findings(self, session: Session, row: ExtractionRow, record: Record) -> None:
        for number, finding in enumerate(findings_of_record(record), start=1):
            place = Place(FindingRow.__tablename__, finding.key, "content")
            content = finding.model_dump(mode="json", exclude_defaults=True)
            sealed = self._store.vault.seal_json(session, row.document_id, place, content)
            session.add(
                FindingRow(
                    id=finding.key,
                    extraction_id=row.id,
                    number=number,
                    score=finding.score,
                    content=sealed,
                )
            )

    def _find(self, act: Act, extraction_id: str) -> ExtractionRow:
        row = self._store.find(act.session, ExtractionRow, extraction_id)
        act.case_id = self._store.find(act.session, DocumentRow, row.document_id).case_id
        return row

    def _page(self, session: Session, row: PageRow) -> StoredPage:
        extraction = self._store.find(session, ExtractionRow, row.extraction_id)
        place = _page_place(row.extraction_id, row.number)
        content = self._store.vault.open_json(session, extraction.document_id, place, row.words)
        return StoredPage(Page.model_validate(content["page"]), content["words"])


def _page_place(extraction_id: str, number: int) -> Place:
    return Place(PageRow.__tablename__, extraction_id, "words", number)
