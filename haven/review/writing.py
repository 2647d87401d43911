"""The rows of one confirmation: subjects, and everybody else who stands in the record."""

from __future__ import annotations

from sqlalchemy.orm import Session

from extractor.record import Record
from haven.encryption import Place, Term, TermKind
from haven.review.model import Finding
from haven.review.parties import (
    Party,
    contacts,
    organizations,
    other_victims,
    supplement_b_fields,
)
from haven.review.reviewed import identifiers_of
from haven.store import Store, new_id
from haven.tables import (
    ConfirmationRow,
    DocumentRow,
    ExtractionRow,
    LawEnforcementContactRow,
    OrganizationRow,
    OtherVictimRow,
    PartyRow,
    SubjectRow,
    SupplementBRow,
)

__all__ = ["Reviewed", "Writer"]

Reviewed = list[tuple[DocumentRow, ExtractionRow, Record]]
"""Each document of a case with its newest extraction and its record as reviewed."""


class Writer:
    """Writes what a confirmation says of everybody, sealed under the key of the case."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def subject(
        self, session: Session, confirmation: ConfirmationRow, person: str, finding: Finding
    ) -> None:
        """One confirmed alleged trafficker, findable by names and identifiers."""
        case_id, subject_id = confirmation.case_id, new_id()

        def sealed(column: str, value: object) -> bytes:
            return self._store.vault.seal_json(session, case_id, _place(subject_id, column), value)

        row = SubjectRow(
            id=subject_id,
            person=person,
            confirmation_id=confirmation.id,
            case_id=case_id,
            type=finding.type,
            name=self._store.vault.seal_text(
                session, case_id, _place(subject_id, "name"), finding.name
            ),
            aliases=sealed("aliases", finding.aliases),
            identifiers=sealed("identifiers", identifiers_of(finding)),
            relationship=sealed("relationship", finding.relationship_to_declarant),
            evidence=sealed("evidence", [m.model_dump(mode="json") for m in finding.mentions]),
            roles=[fact.role.value for fact in finding.roles],
            means=[fact.means.value for fact in finding.means],
            score=finding.score,
        )
        session.add(row)
        session.flush()
        self._store.index(session, (SubjectRow.__tablename__, subject_id), _terms(finding))

    def others(self, session: Session, confirmation: ConfirmationRow, reviewed: Reviewed) -> None:
        """Everybody else, and the certifications."""
        records = [record for _, _, record in reviewed]
        self._parties(session, confirmation, OrganizationRow, organizations(records))
        self._parties(session, confirmation, OtherVictimRow, other_victims(records))
        self._parties(session, confirmation, LawEnforcementContactRow, contacts(records))
        for document, _, record in reviewed:
            for form, fields in supplement_b_fields(record):
                row_id = new_id()
                place = Place(SupplementBRow.__tablename__, row_id, "content")
                session.add(
                    SupplementBRow(
                        id=row_id,
                        confirmation_id=confirmation.id,
                        case_id=confirmation.case_id,
                        document_id=document.id,
                        form=form,
                        content=self._store.vault.seal_json(
                            session, confirmation.case_id, place, fields
                        ),
                    )
                )

    def _parties(
        self,
        session: Session,
        confirmation: ConfirmationRow,
        table: type[PartyRow],
        parties: list[Party],
    ) -> None:
        vault, case_id = self._store.vault, confirmation.case_id
        for party in parties:
            row_id = new_id()
            name_place = Place(table.__tablename__, row_id, "name")
            facts_place = Place(table.__tablename__, row_id, "content")
            session.add(
                table(
                    id=row_id,
                    confirmation_id=confirmation.id,
                    case_id=case_id,
                    name=vault.seal_text(session, case_id, name_place, party.name),
                    content=vault.seal_json(session, case_id, facts_place, party.facts),
                )
            )


def _terms(finding: Finding) -> list[Term]:
    terms = [Term(TermKind.NAME, finding.name)]
    terms += [Term(TermKind.ALIAS, alias) for alias in finding.aliases]
    terms += [Term(identifier.type, identifier.value) for identifier in finding.identifiers]
    return terms


def _place(subject_id: str, column: str) -> Place:
    return Place(SubjectRow.__tablename__, subject_id, column)
