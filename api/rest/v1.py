"""The JSON API, version 1; its description is at /api/v1/openapi.json."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, UploadFile
from pydantic import BaseModel

from api.permissions import MayRead, MayReview, MayUpload
from api.rest.shapes import (
    CaseOut,
    DocumentOut,
    NewCase,
    RefusedOut,
    case_out,
    document_out,
    refused_out,
)
from api.signin.current import SignedIn
from api.site import Here, Site
from api.uploads import keep, sorted_out
from extractor.errors import NotFoundError
from extractor.record import Record
from haven.review.model import ReviewState
from haven.views import Confirmation

router = APIRouter(prefix="/api/v1", tags=["declarant"])


class Session(BaseModel):
    """Who is signed in, and the header value that changes need."""

    user: str
    csrf_token: str


class Versioned(BaseModel):
    """What is decided, on which version of the review, and how many files are known unread."""

    expected_version: int
    unread_files: int = 0
    decision: dict[str, Any] | None = None


@router.get("/session")
def session(user: SignedIn) -> Session:
    """Who is signed in."""
    return Session(user=user.user.name, csrf_token=user.csrf_token)


@router.post("/cases", status_code=201)
def create_case(site: Here, user: MayUpload, case: NewCase) -> CaseOut:
    """Open a case."""
    made = site.haven.cases.create(
        receipt_number=case.receipt_number, form=case.form, petitioner=case.petitioner, by=user.id
    )
    return case_out(made)


@router.get("/cases")
def list_cases(site: Here, user: MayRead) -> list[CaseOut]:
    """The newest cases."""
    return [case_out(case) for case in site.haven.cases.browse(by=user.id)]


@router.get("/cases/{case_id}")
def get_case(site: Here, user: MayRead, case_id: str) -> CaseOut:
    """One case."""
    return case_out(site.haven.cases.get(case_id, by=user.id))


@router.post("/cases/{case_id}/files", status_code=202)
def upload(
    site: Here, user: MayUpload, case_id: str, files: list[UploadFile]
) -> list[DocumentOut | RefusedOut]:
    """Keep files in a case and queue their reading; ask for the document to see how it went.

    Files that are refused come last, with the reason; the error itself if none is kept.
    """
    sent = sorted_out(files)
    if sent.refused and not sent.good:
        raise sent.refused[0].error
    kept = keep(site, case_id, sent, by=user.id)
    return [*(document_out(site, d) for d in kept), *(refused_out(one) for one in sent.refused)]


@router.get("/cases/{case_id}/files")
def list_files(site: Here, user: MayRead, case_id: str) -> list[DocumentOut]:
    """The files of a case."""
    return [document_out(site, d) for d in site.haven.files.of_case(case_id, by=user.id)]


@router.get("/documents/{document_id}")
def get_document(site: Here, user: MayRead, document_id: str) -> DocumentOut:
    """One file: QUEUED, RUNNING, DONE or FAILED, with the error's code, message and advice."""
    return document_out(site, site.haven.files.get(document_id, by=user.id))


@router.get("/documents/{document_id}/record")
def get_record(site: Here, user: MayRead, document_id: str) -> Record:
    """What the machine says about one file: its newest reading that did not fail."""
    return _record(site, document_id, by=user.id)


@router.get("/cases/{case_id}/review")
def get_review(site: Here, user: MayReview, case_id: str) -> ReviewState:
    """Findings and decisions; `version` is the expected_version of the next decision."""
    return site.haven.review.state(case_id, by=user.id)


@router.post("/cases/{case_id}/decisions")
def decide(
    site: Here, user: MayReview, case_id: str, sent: Annotated[Versioned, Body()]
) -> ReviewState:
    """Make one decision; 409 when it was made on an outdated version."""
    decision = site.haven.review.parse(sent.decision)
    return site.haven.review.decide(
        case_id, decision, by=user.id, expected_version=sent.expected_version
    )


@router.post("/cases/{case_id}/confirm")
def confirm(site: Here, user: MayReview, case_id: str, sent: Versioned) -> Confirmation:
    """Confirm the case; every finding must be decided, `unread_files` be that of the review."""
    return site.haven.review.confirm(
        case_id,
        by=user.id,
        expected_version=sent.expected_version,
        unread_files=sent.unread_files,
    )


@router.get("/cases/{case_id}/confirmed")
def confirmed(site: Here, user: MayRead, case_id: str) -> dict[str, Any]:
    """The confirmed record."""
    return site.haven.review.export(case_id, by=user.id)


def _record(site: Site, document_id: str, *, by: str) -> Record:
    reading = site.haven.files.get(document_id, by=by).reading
    if reading is None:
        raise NotFoundError("This file has not been read.")
    return site.haven.extractions.record(reading.id, by=by)
