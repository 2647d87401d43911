"""What the JSON API takes and gives, apart from the record itself."""

from __future__ import annotations

import datetime

from pydantic import BaseModel

from api.site import Site
from api.uploads import Refused
from api.views.faults import explain
from extractor.errors import DeclarantError
from extractor.record import FormName
from haven.views import CaseStatus, CaseSummary, DocumentSummary, JobState

__all__ = [
    "CaseOut",
    "DocumentOut",
    "ErrorOut",
    "NewCase",
    "RefusedOut",
    "case_out",
    "document_out",
    "refused_out",
]


class NewCase(BaseModel):
    """What is known of a case when it is opened."""

    receipt_number: str | None = None
    form: FormName | None = None
    petitioner: str | None = None


class CaseOut(BaseModel):
    """A case."""

    id: str
    receipt_number: str | None
    form: FormName | None
    petitioner: str | None
    status: CaseStatus
    review_version: int
    files: int
    created_at: datetime.datetime


class ErrorOut(BaseModel):
    """Why a file could not be read."""

    code: str
    message: str
    advice: str


class RefusedOut(BaseModel):
    """A file that was not kept."""

    filename: str
    error: ErrorOut


class DocumentOut(BaseModel):
    """A file and how its reading went."""

    id: str
    case_id: str
    filename: str
    media_type: str
    sha256: str
    bytes: int
    state: JobState
    error: ErrorOut | None


def case_out(case: CaseSummary) -> CaseOut:
    """The case as the API gives it."""
    return CaseOut(
        id=case.id,
        receipt_number=case.receipt_number,
        form=case.form,
        petitioner=case.petitioner,
        status=case.status,
        review_version=case.review_version,
        files=case.documents,
        created_at=case.created_at,
    )


def document_out(site: Site, document: DocumentSummary) -> DocumentOut:
    """The file as the API gives it, with the state of its latest job."""
    jobs = site.haven.jobs.of_document(document.id)
    state = jobs[-1].state if jobs else JobState.QUEUED
    reason = jobs[-1].reason if jobs else None
    return DocumentOut(
        id=document.id,
        case_id=document.case_id,
        filename=document.filename,
        media_type=document.media_type,
        sha256=document.sha256,
        bytes=document.bytes,
        state=state,
        error=_error(reason) if state is JobState.FAILED else None,
    )


def refused_out(refused: Refused) -> RefusedOut:
    """The refused file as the API gives it."""
    return RefusedOut(filename=refused.filename, error=_error_out(refused.error))


def _error(reason: str | None) -> ErrorOut:
    return _error_out(explain(reason))


def _error_out(error: DeclarantError) -> ErrorOut:
    return ErrorOut(code=error.code, message=error.message, advice=error.advice)
