"""Writing a confirmed record: subjects and all the others, in one transaction, as one version."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from extractor.record import EntityType
from haven.encryption import Place
from haven.review.anchors import Footprint, best_match
from haven.review.exporting import CaseFacts, export
from haven.review.ledger import Ledger
from haven.review.model import Finding, FindingStatus, ReviewState, SeenMention
from haven.review.reviewed import reviewed_record
from haven.review.writing import Reviewed, Writer
from haven.store import Store, new_id, now
from haven.tables import (
    CaseRow,
    ConfirmationRow,
    SearchTermRow,
    SubjectRow,
)

__all__ = ["Confirming"]


class Confirming:
    """Writes one confirmation; whoever calls it holds the case locked."""

    def __init__(self, store: Store, ledger: Ledger) -> None:
        self._store = store
        self._ledger = ledger
        self._writer = Writer(store)

    def write(
        self, session: Session, case: CaseRow, state: ReviewState, by: str
    ) -> ConfirmationRow:
        """The record of a case as its reviewers have it now, superseding the earlier one."""
        records: Reviewed = [
            (document, extraction, reviewed_record(record, state.findings))
            for document, extraction in self._ledger.extractions(session, case.id)
            for record in [self._ledger.record(session, extraction)]
        ]
        persons = self._persons(session, case.id, state)
        row = self._new_row(session, case, by)
        content = export(row, self._facts(session, case), state, records, persons)
        place = Place(ConfirmationRow.__tablename__, row.id, "export")
        row.export = self._store.vault.seal_json(session, case.id, place, content)
        session.add(row)
        session.flush()
        for person, finding in persons.items():
            self._writer.subject(session, row, person, finding)
        self._writer.others(session, row, records)
        return row

    def _persons(self, session: Session, case_id: str, state: ReviewState) -> dict[str, Finding]:
        """Person id -> accepted finding; who was confirmed before keeps that id."""
        earlier = self._supersede(session, case_id)
        persons: dict[str, Finding] = {}
        for finding in state.findings:
            if finding.status is FindingStatus.ACCEPTED:
                known = best_match(finding, earlier)
                earlier.pop(known or "", None)
                persons[known or new_id()] = finding
        return persons

    def _supersede(self, session: Session, case_id: str) -> dict[str, Footprint]:
        """Close the earlier confirmation; what it said stays, but is found no more."""
        query = select(ConfirmationRow).where(
            ConfirmationRow.case_id == case_id, ConfirmationRow.superseded_at.is_(None)
        )
        old = session.scalar(query)
        if old is None:
            return {}
        old.superseded_at = now()
        rows = session.scalars(select(SubjectRow).where(SubjectRow.confirmation_id == old.id)).all()
        session.execute(
            delete(SearchTermRow).where(
                SearchTermRow.owner_table == SubjectRow.__tablename__,
                SearchTermRow.owner_id.in_([row.id for row in rows]),
            )
        )
        return {row.person: Footprint.of(self._as_finding(session, row)) for row in rows}

    def _as_finding(self, session: Session, row: SubjectRow) -> Finding:
        """What is needed of a subject to recognise the same person again."""
        vault = self._store.vault
        name = vault.open_text(session, row.case_id, _place(row.id, "name"), row.name)
        aliases = vault.open_json(session, row.case_id, _place(row.id, "aliases"), row.aliases)
        mentions = vault.open_json(session, row.case_id, _place(row.id, "evidence"), row.evidence)
        return Finding(
            key=row.person,
            type=EntityType(row.type),
            name=name,
            aliases=aliases,
            mentions=tuple(SeenMention.model_validate(mention) for mention in mentions),
        )

    def _new_row(self, session: Session, case: CaseRow, by: str) -> ConfirmationRow:
        query = select(ConfirmationRow.number).where(ConfirmationRow.case_id == case.id)
        return ConfirmationRow(
            id=new_id(),
            case_id=case.id,
            number=max(session.scalars(query), default=0) + 1,
            review_version=case.review_version,
            confirmed_by=by,
            confirmed_at=now(),
        )

    def _facts(self, session: Session, case: CaseRow) -> CaseFacts:
        opened = {
            column: self._store.open(session, case.id, Place("case_file", case.id, column), sealed)
            for column, sealed in (
                ("receipt_number", case.receipt_number),
                ("petitioner", case.petitioner),
            )
        }
        return CaseFacts(case.id, opened["receipt_number"], case.form, opened["petitioner"])


def _place(subject_id: str, column: str) -> Place:
    return Place(SubjectRow.__tablename__, subject_id, column)
