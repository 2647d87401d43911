"""Reading findings and decisions from the tables, and writing decisions to them."""

from __future__ import annotations

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from extractor.record import MentionKind, Record
from haven.encryption import Place
from haven.reading import latest_extraction, open_record
from haven.review.model import Bound, Finding
from haven.store import Store
from haven.tables import DecisionRow, DocumentRow, ExtractionRow, FindingRow
from haven.views import ExtractionStatus

__all__ = ["Ledger", "as_anchor"]

Read = tuple[DocumentRow, ExtractionRow]


class Ledger:
    """The findings of a case's newest extractions, and its decisions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def extractions(self, session: Session, case_id: str) -> list[Read]:
        """The documents of a case that were read, each with its newest good extraction."""
        query = select(DocumentRow).where(DocumentRow.case_id == case_id)
        documents = session.scalars(query.order_by(DocumentRow.created_at, DocumentRow.id)).all()
        pairs = [
            (document, latest_extraction(session, document.id, status=ExtractionStatus.DONE))
            for document in documents
        ]
        return [(document, extraction) for document, extraction in pairs if extraction is not None]

    def waiting(self, session: Session, case_id: str) -> int:
        """How many documents of a case have not been tried at all."""
        return self._without(session, case_id, select(ExtractionRow.document_id))

    def unread(self, session: Session, case_id: str) -> int:
        """How many documents of a case were tried, and no reading of them succeeded."""
        read = select(ExtractionRow.document_id).where(
            ExtractionRow.status == ExtractionStatus.DONE
        )
        return self._without(session, case_id, read) - self.waiting(session, case_id)

    def _without(self, session: Session, case_id: str, having: Select[str]) -> int:
        """How many documents of a case are not among these."""
        query = select(func.count()).where(
            DocumentRow.case_id == case_id, DocumentRow.id.not_in(having)
        )
        return session.scalar(query) or 0

    def record(self, session: Session, extraction: ExtractionRow) -> Record:
        """The record of an extraction."""
        return open_record(self._store, session, extraction)

    def findings(self, session: Session, case_id: str) -> list[Finding]:
        """What the newest extractions found, document by document."""
        found: list[Finding] = []
        for document, extraction in self.extractions(session, case_id):
            query = select(FindingRow).where(FindingRow.extraction_id == extraction.id)
            for row in session.scalars(query.order_by(FindingRow.number)):
                place = Place(FindingRow.__tablename__, row.id, "content")
                content = self._store.vault.open_json(session, document.id, place, row.content)
                found.append(Finding.model_validate(content))
        return found

    def decisions(self, session: Session, case_id: str) -> list[Bound]:
        """The decisions of a case, oldest first."""
        query = select(DecisionRow).where(DecisionRow.case_id == case_id)
        return [
            Bound.model_validate(
                self._store.vault.open_json(session, case_id, _place(row.id), row.content)
            )
            for row in session.scalars(query.order_by(DecisionRow.number))
        ]

    def write(self, session: Session, case_id: str, bound: Bound) -> None:
        """Append a decision."""
        content = bound.model_dump(mode="json")
        session.add(
            DecisionRow(
                id=bound.id,
                case_id=case_id,
                number=bound.number,
                kind=bound.decision.kind,
                decided_by=bound.by,
                decided_at=bound.at,
                content=self._store.vault.seal_json(session, case_id, _place(bound.id), content),
            )
        )
        session.flush()


def as_anchor(finding: Finding) -> Finding:
    """The evidence of a finding to be found again by, without what only the eye needs.

    Pronouns are left out where there is more: they move between persons from model to model.
    """
    telling = [m for m in finding.mentions if m.kind is not MentionKind.PRO] or finding.mentions
    mentions = tuple(mention.model_copy(update={"boxes": ()}) for mention in telling)
    return finding.model_copy(update={"mentions": mentions})


def _place(decision_id: str) -> Place:
    return Place(DecisionRow.__tablename__, decision_id, "content")
