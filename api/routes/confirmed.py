"""The confirmed record of a case, to see and to download."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.permissions import MayRead
from api.rendering import render
from api.site import Here
from api.views.quotes import Files
from api.views.record import subject_rows
from api.views.review import facts_shown, readable, unread

router = APIRouter(prefix="/cases/{case_id}")


@router.get("/record")
def record_page(request: Request, site: Here, user: MayRead, case_id: str) -> Response:
    """The newest confirmed record."""
    case = site.haven.cases.get(case_id, by=user.id)
    confirmations = site.haven.review.confirmations(case_id, by=user.id)
    documents = readable(site, case_id, by=user.id)
    confirmed = site.haven.review.confirmed(case_id, by=user.id)
    subjects = site.haven.subjects.of_case(case_id, by=user.id)
    values = {
        "case": case,
        "facts": facts_shown(confirmed.circumstances, Files.of(documents)),
        "rows": subject_rows(subjects, documents, confirmed),
        "confirmation": confirmations[-1] if confirmations else None,
        "unread": unread(site, case_id, by=user.id),
        "confirmer": _name(site, confirmations[-1].confirmed_by) if confirmations else "",
    }
    return render(request, "record.html", values)


@router.get("/record.json")
def download(site: Here, user: MayRead, case_id: str) -> Response:
    """The confirmed record as a file."""
    exported = site.haven.review.export(case_id, by=user.id)
    body = json.dumps(exported, ensure_ascii=False, indent=2, default=str)
    headers = {"Content-Disposition": f'attachment; filename="confirmed-{case_id}.json"'}
    return Response(body, media_type="application/json", headers=headers)


def _name(site: Here, user_id: str) -> str:
    return site.haven.people.get(user_id).name
