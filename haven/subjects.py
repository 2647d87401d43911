"""The confirmed record: alleged traffickers and who else stands in it, by case or by search."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from extractor.record import EntityType, FormName, MeansName, RoleName
from haven.encryption import Place, Term, TermKind
from haven.store import Store
from haven.tables import (
    CaseRow,
    ConfirmationRow,
    ConfirmedRow,
    LawEnforcementContactRow,
    OrganizationRow,
    OtherVictimRow,
    PartyRow,
    SubjectRow,
    SupplementBRow,
)
from haven.trail import Action
from haven.views import NamedParty, Subject, SupplementB

__all__ = ["Subjects"]

Row = TypeVar("Row", bound=ConfirmedRow)

SEARCHED_KINDS = (TermKind.NAME, *(kind for kind in EntityType if kind is not EntityType.PERSON))
"""What a value is looked up as when nobody says what it is."""


class Subjects:
    """Reads what was confirmed last of each case."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_case(self, case_id: str, *, by: str) -> list[Subject]:
        """The confirmed alleged traffickers of a case; none before it is confirmed."""
        with self._store.act(Action.SUBJECTS_READ, by, case_id, case_id) as act:
            self._store.find(act.session, CaseRow, case_id)
            query = _current(SubjectRow).where(SubjectRow.case_id == case_id)
            return [self._subject(act.session, row) for row in act.session.scalars(query).all()]

    def get(self, subject_id: str, *, by: str) -> Subject:
        """One confirmed alleged trafficker, of whatever confirmation."""
        with self._store.act(Action.SUBJECTS_READ, by, subject_id) as act:
            row = self._store.find(act.session, SubjectRow, subject_id)
            act.case_id = row.case_id
            return self._subject(act.session, row)

    def search(self, value: str, *, by: str, kind: str | None = None) -> list[Subject]:
        """Those with exactly this name, alias or identifier, however it is spelt.

        `kind` narrows it to NAME or to one entity type such as PHONE.
        """
        kinds = SEARCHED_KINDS if kind is None else (kind,)
        with self._store.act(Action.SUBJECTS_SEARCHED, by) as act:
            terms = [Term(one, value) for one in kinds]
            ids = self._store.owners(act.session, SubjectRow.__tablename__, terms)
            query = _current(SubjectRow).where(SubjectRow.id.in_(ids))
            act.facts["found"] = len(ids)
            return [self._subject(act.session, row) for row in act.session.scalars(query).all()]

    def organizations(self, case_id: str, *, by: str) -> list[NamedParty]:
        """Organisations that are alleged traffickers themselves or stand behind one."""
        return self._parties(OrganizationRow, case_id, by)

    def other_victims(self, case_id: str, *, by: str) -> list[NamedParty]:
        """Victims beside the declarant."""
        return self._parties(OtherVictimRow, case_id, by)

    def law_enforcement_contacts(self, case_id: str, *, by: str) -> list[NamedParty]:
        """Officers and agencies of the law that the file names."""
        return self._parties(LawEnforcementContactRow, case_id, by)

    def supplement_b(self, case_id: str, *, by: str) -> list[SupplementB]:
        """The certifications found in the files of a case."""
        with self._store.act(Action.SUBJECTS_READ, by, case_id, case_id) as act:
            self._store.find(act.session, CaseRow, case_id)
            query = _current(SupplementBRow).where(SupplementBRow.case_id == case_id)
            return [
                SupplementB(
                    id=row.id,
                    case_id=row.case_id,
                    document_id=row.document_id,
                    form=FormName(row.form),
                    fields=self._json(act.session, row, "content"),
                )
                for row in act.session.scalars(query).all()
            ]

    def _parties(self, table: type[PartyRow], case_id: str, by: str) -> list[NamedParty]:
        with self._store.act(Action.SUBJECTS_READ, by, case_id, case_id) as act:
            self._store.find(act.session, CaseRow, case_id)
            query = _current(table).where(table.case_id == case_id)
            return [
                NamedParty(
                    id=row.id,
                    case_id=row.case_id,
                    name=self._text(act.session, row, "name"),
                    facts=self._json(act.session, row, "content"),
                )
                for row in act.session.scalars(query).all()
            ]

    def _subject(self, session: Session, row: SubjectRow) -> Subject:
        return Subject(
            id=row.id,
            person=row.person,
            case_id=row.case_id,
            confirmation_id=row.confirmation_id,
            type=EntityType(row.type),
            name=self._text(session, row, "name"),
            aliases=tuple(self._json(session, row, "aliases")),
            roles=tuple(RoleName(role) for role in row.roles),
            means=tuple(MeansName(means) for means in row.means),
            identifiers=self._json(session, row, "identifiers"),
            relationship_to_declarant=self._json(session, row, "relationship"),
            score=row.score,
            evidence=tuple(self._json(session, row, "evidence")),
        )

    def _text(self, session: Session, row: ConfirmedRow, column: str) -> str:
        place = Place(row.__tablename__, row.id, column)
        return self._store.vault.open_text(session, row.case_id, place, getattr(row, column))

    def _json(self, session: Session, row: ConfirmedRow, column: str) -> Any:  # noqa: ANN401
        place = Place(row.__tablename__, row.id, column)
        return self._store.vault.open_json(session, row.case_id, place, getattr(row, column))


def _current(table: type[Row]) -> Select[Row]:
    """The rows of confirmations that no later one supersedes."""
    return (
        select(table)
        .join(ConfirmationRow, ConfirmationRow.id == table.confirmation_id)
        .where(ConfirmationRow.superseded_at.is_(None))
        .order_by(table.id)
    )
