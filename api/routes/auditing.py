"""The audit log, for those who may read it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.permissions import MayAudit
from api.rendering import render
from api.site import Here

router = APIRouter()
_A_PAGE = 100


@router.get("/audit")
def audit_page(
    request: Request, site: Here, user: MayAudit, case: str = "", before: int | None = None
) -> Response:
    """The newest entries, and whether the chain of all of them is whole."""
    entries = site.haven.audit.entries(
        by=user.id, case_id=case or None, before=before, limit=_A_PAGE
    )
    names = {person.id: person.name for person in site.haven.people.everybody()}
    values = {
        "entries": entries,
        "names": names,
        "report": site.haven.audit.verify(),
        "chosen_case": case,
        "older": entries[-1].number if len(entries) == _A_PAGE else None,
    }
    return render(request, "audit.html", values)
