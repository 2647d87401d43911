"""The review page and the decisions made on it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from api.permissions import MayReview
from api.rendering import render
from api.site import Here
from api.views.decisions import decision_from
from api.views.pages import Asked
from api.views.review import (
    case_facts,
    page_view,
    readable,
    review_view,
    unread,
    with_state,
)
from extractor.errors import UsageError

router = APIRouter(prefix="/cases/{case_id}")


async def _sent(request: Request) -> FormData:
    return await request.form()


Sent = Annotated[FormData, Depends(_sent)]


def _version(form: FormData) -> int:
    given = str(form.get("version", ""))
    if not given.isdecimal():
        raise UsageError("The form does not say which version it was made on.")
    return int(given)


@router.get("/review")
def review_page(
    request: Request, site: Here, user: MayReview, case_id: str, document: str = "", page: int = 1
) -> Response:
    """Page image on the left, alleged traffickers on the right."""
    view = review_view(site, case_id, by=user.id)
    chosen = next((d for d in view.documents if d.id == document), None)
    chosen = chosen or next(iter(view.documents), None)
    shown = chosen and page_view(site, chosen, Asked(page), view.state.findings, by=user.id)
    facts = case_facts(site, case_id, view.documents, by=user.id)
    values = {"view": view, "case": view.case, "page": shown, "facts": facts}
    values["unread"] = unread(site, case_id, by=user.id)
    return render(request, "review.html", values)


@router.get("/panel")
def panel(request: Request, site: Here, user: MayReview, case_id: str) -> Response:
    """The alleged traffickers as they are now."""
    view = review_view(site, case_id, by=user.id)
    return render(request, "parts/panel.html", {"view": view})


@router.post("/decisions")
def decide(request: Request, site: Here, user: MayReview, case_id: str, form: Sent) -> Response:
    """Make one decision; answers with the panel as it is after it."""
    state = site.haven.review.state(case_id, by=user.id)
    after = site.haven.review.decide(
        case_id, decision_from(form, state), by=user.id, expected_version=_version(form)
    )
    if not request.headers.get("hx-request"):
        return RedirectResponse(f"/cases/{case_id}/review", status_code=303)
    case = site.haven.cases.get(case_id, by=user.id)
    view = with_state(case, after, readable(site, case_id, by=user.id))
    answer = render(request, "parts/panel.html", {"view": view})
    answer.headers["HX-Trigger-After-Swap"] = "decided"  # the marks of the page are drawn anew
    return answer


@router.post("/confirm")
def confirm(
    site: Here,
    user: MayReview,
    case_id: str,
    version: Annotated[int, Form()],
    unread_files: Annotated[int, Form()] = 0,
) -> Response:
    """Confirm the case; every finding must be decided, and unread files must be known of."""
    site.haven.review.confirm(
        case_id, by=user.id, expected_version=version, unread_files=unread_files
    )
    return RedirectResponse(f"/cases/{case_id}/record", status_code=303)


@router.post("/reopen")
def reopen(site: Here, user: MayReview, case_id: str, version: Annotated[int, Form()]) -> Response:
    """Open a confirmed case again."""
    site.haven.review.reopen(case_id, by=user.id, expected_version=version)
    return RedirectResponse(f"/cases/{case_id}/review", status_code=303)
