"""Cases: receipt number, form, petitioner, status, notes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extractor.record import FormName
from haven.encryption import Place, Term, TermKind
from haven.store import Store, new_id, now
from haven.tables import CaseNoteRow, CaseRow, DocumentRow, UserRow
from haven.trail import Action
from haven.views import CaseNote, CaseStatus, CaseSummary

__all__ = ["Cases"]


class Cases:
    """Creates, reads, lists and finds cases."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(
        self,
        *,
        by: str,
        receipt_number: str | None = None,
        form: FormName | None = None,
        petitioner: str | None = None,
    ) -> CaseSummary:
        """Open a case; its facts may be given later."""
        case_id, at = new_id(), now()
        with self._store.act(Action.CASE_CREATED, by, case_id, case_id) as act:
            self._store.vault.make_key(act.session, case_id)
            row = CaseRow(
                id=case_id, status=CaseStatus.OPEN, review_version=0, created_at=at, updated_at=at
            )
            self._describe(act.session, row, receipt_number, form, petitioner)
            act.session.add(row)
            act.session.flush()
            return self._summaries(act.session, [row])[0]

    def get(self, case_id: str, *, by: str) -> CaseSummary:
        """One case."""
        with self._store.act(Action.CASE_READ, by, case_id, case_id) as act:
            row = self._store.find(act.session, CaseRow, case_id)
            return self._summaries(act.session, [row])[0]

    def update(
        self,
        case_id: str,
        *,
        by: str,
        receipt_number: str | None = None,
        form: FormName | None = None,
        petitioner: str | None = None,
    ) -> CaseSummary:
        """Set the facts of a case; what is left None stays as it was."""
        with self._store.act(Action.CASE_CHANGED, by, case_id, case_id) as act:
            row = self._store.find(act.session, CaseRow, case_id, lock=True)
            old = self._summaries(act.session, [row])[0]
            self._describe(
                act.session,
                row,
                old.receipt_number if receipt_number is None else receipt_number,
                old.form if form is None else form,
                old.petitioner if petitioner is None else petitioner,
            )
            row.updated_at = now()
            return self._summaries(act.session, [row])[0]

    def browse(
        self,
        *,
        by: str,
        status: CaseStatus | None = None,
        assignee: str | None = None,
        before: datetime.datetime | None = None,
        limit: int = 50,
    ) -> list[CaseSummary]:
        """Cases, newest first; page on with the `created_at` of the last as `before`."""
        query = select(CaseRow).order_by(CaseRow.created_at.desc(), CaseRow.id).limit(limit)
        if status is not None:
            query = query.where(CaseRow.status == status)
        if assignee is not None:
            query = query.where(CaseRow.assignee == assignee)
        if before is not None:
            query = query.where(CaseRow.created_at < before)
        with self._store.act(Action.CASES_LISTED, by) as act:
            found = self._summaries(act.session, act.session.scalars(query).all())
            act.facts["found"] = len(found)
            return found

    def search(self, value: str, *, by: str) -> list[CaseSummary]:
        """Cases with exactly this receipt number or petitioner, however it is spelt."""
        terms = [Term(TermKind.RECEIPT_NUMBER, value), Term(TermKind.PETITIONER, value)]
        with self._store.act(Action.CASES_SEARCHED, by) as act:
            ids = self._store.owners(act.session, CaseRow.__tablename__, terms)
            query = select(CaseRow).where(CaseRow.id.in_(ids)).order_by(CaseRow.created_at.desc())
            act.facts["found"] = len(ids)
            return self._summaries(act.session, act.session.scalars(query).all())

    def assign(self, case_id: str, user_id: str | None, *, by: str) -> CaseSummary:
        """Give the case to a user, or to nobody."""
        with self._store.act(Action.CASE_ASSIGNED, by, case_id, case_id) as act:
            row = self._store.find(act.session, CaseRow, case_id, lock=True)
            if user_id is not None:
                self._store.find(act.session, UserRow, user_id)
            row.assignee, row.updated_at = user_id, now()
            return self._summaries(act.session, [row])[0]

    def add_note(self, case_id: str, text: str, *, by: str) -> CaseNote:
        """Add a note to the case."""
        with self._store.act(Action.NOTE_ADDED, by, case_id=case_id) as act:
            self._store.find(act.session, CaseRow, case_id)
            act.object_id = note_id = new_id()
            place = Place(CaseNoteRow.__tablename__, note_id, "text")
            sealed = self._store.vault.seal_text(act.session, case_id, place, text)
            row = CaseNoteRow(id=note_id, case_id=case_id, text=sealed, author=by, created_at=now())
            act.session.add(row)
            return self._note(act.session, row)

    def notes(self, case_id: str, *, by: str) -> list[CaseNote]:
        """The notes of a case, oldest first."""
        with self._store.act(Action.NOTES_READ, by, case_id, case_id) as act:
            self._store.find(act.session, CaseRow, case_id)
            query = select(CaseNoteRow).where(CaseNoteRow.case_id == case_id)
            rows = act.session.scalars(query.order_by(CaseNoteRow.created_at, CaseNoteRow.id))
            return [self._note(act.session, row) for row in rows]

    def _describe(
        self,
        session: Session,
        row: CaseRow,
        receipt_number: str | None,
        form: FormName | None,
        petitioner: str | None,
    ) -> None:
        """Seal the facts of the case and index them."""
        row.form = form
        row.receipt_number = self._store.seal(
            session, row.id, _place(row.id, "receipt_number"), receipt_number
        )
        row.petitioner = self._store.seal(session, row.id, _place(row.id, "petitioner"), petitioner)
        facts = {TermKind.RECEIPT_NUMBER: receipt_number, TermKind.PETITIONER: petitioner}
        terms = [Term(kind, value) for kind, value in facts.items() if value]
        self._store.index(session, (CaseRow.__tablename__, row.id), terms)

    def _summaries(self, session: Session, rows: Iterable[CaseRow]) -> list[CaseSummary]:
        found = list(rows)
        ids = [row.id for row in found]
        counted = session.execute(
            select(DocumentRow.case_id, func.count())
            .where(DocumentRow.case_id.in_(ids))
            .group_by(DocumentRow.case_id)
        )
        documents = {row[0]: row[1] for row in counted}
        return [self._summary(session, row, documents.get(row.id, 0)) for row in found]

    def _summary(self, session: Session, row: CaseRow, documents: int) -> CaseSummary:
        opened = {
            column: self._store.open(session, row.id, _place(row.id, column), sealed)
            for column, sealed in (
                ("receipt_number", row.receipt_number),
                ("petitioner", row.petitioner),
            )
        }
        return CaseSummary(
            id=row.id,
            receipt_number=opened["receipt_number"],
            form=None if row.form is None else FormName(row.form),
            petitioner=opened["petitioner"],
            status=CaseStatus(row.status),
            assignee=row.assignee,
            review_version=row.review_version,
            documents=documents,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )

    def _note(self, session: Session, row: CaseNoteRow) -> CaseNote:
        place = Place(CaseNoteRow.__tablename__, row.id, "text")
        text = self._store.vault.open_text(session, row.case_id, place, row.text)
        return CaseNote(row.id, row.case_id, text, row.author, row.created_at)


def _place(case_id: str, column: str) -> Place:
    return Place(CaseRow.__tablename__, case_id, column)
