"""The confirmed record as one JSON document: the contract's record, and who confirmed what.

`documents[].record` are records of the contract with the decisions written in; around them
stand the persons over all documents, the reviewer, every decision, and which model on which
file was reviewed, so that whoever reads the document can tell where each fact came from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.record import SCHEMA_VERSION, Record
from haven.review.circumstances import Circumstance, circumstances_of
from haven.review.model import Finding, ReviewState
from haven.review.parties import Party, contacts, organizations, other_victims
from haven.review.reviewed import identifiers_of
from haven.tables import ConfirmationRow, DocumentRow, ExtractionRow

__all__ = ["CaseFacts", "export"]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What identifies the case."""

    id: str
    receipt_number: str | None
    form: str | None
    petitioner: str | None


def export(
    confirmation: ConfirmationRow,
    case: CaseFacts,
    state: ReviewState,
    reviewed: Sequence[tuple[DocumentRow, ExtractionRow, Record]],
    persons: Mapping[str, Finding],
) -> dict[str, Any]:
    """The whole document, as JSON values."""
    records = [record for _, _, record in reviewed]
    return {
        "schema_version": SCHEMA_VERSION,
        "case": {
            "id": case.id,
            "receipt_number": case.receipt_number,
            "form": case.form,
            "petitioner": case.petitioner,
            "circumstances": [_circumstance(fact) for fact in circumstances_of(records)],
        },
        "confirmation": {
            "id": confirmation.id,
            "number": confirmation.number,
            "review_version": confirmation.review_version,
            "reviewer": confirmation.confirmed_by,
            "at": confirmation.confirmed_at.isoformat(),
            "unread_files": state.unread_files,
        },
        "alleged_traffickers": [_person(key, finding) for key, finding in persons.items()],
        "organizations": [_party(party) for party in organizations(records)],
        "other_victims": [_party(party) for party in other_victims(records)],
        "law_enforcement_contacts": [_party(party) for party in contacts(records)],
        "decisions": [entry.model_dump(mode="json") for entry in state.decisions],
        "documents": [_document(*of_document) for of_document in reviewed],
    }


def _person(person: str, finding: Finding) -> dict[str, Any]:
    return {
        "person": person,
        "type": finding.type,
        "name": finding.name,
        "aliases": list(finding.aliases),
        "roles": [fact.model_dump(mode="json") for fact in finding.roles],
        "means": [fact.model_dump(mode="json") for fact in finding.means],
        "identifiers": identifiers_of(finding),
        "relationship_to_declarant": finding.relationship_to_declarant,
        "relations": [tie.model_dump(mode="json") for tie in finding.relations],
        "score": finding.score,
        "origin": finding.origin,
        "decisions": list(finding.decisions),
        "mentions": [mention.model_dump(mode="json") for mention in finding.mentions],
    }


def _circumstance(fact: Circumstance) -> dict[str, Any]:
    return {
        "kind": fact.kind,
        "value": fact.value,
        "detail": fact.detail,
        "passages": [passage.model_dump(mode="json") for passage in fact.passages],
        "forms": [form.model_dump(mode="json") for form in fact.forms],
    }


def _party(party: Party) -> dict[str, Any]:
    return {"name": party.name, **party.facts}


def _document(document: DocumentRow, extraction: ExtractionRow, record: Record) -> dict[str, Any]:
    return {
        "document": document.id,
        "extraction": extraction.id,
        "extraction_version": extraction.version,
        "extracted_at": extraction.created_at.isoformat(),
        "record": record.model_dump(mode="json"),
    }
