"""Pages of documents: the image, and the words and marks over it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.confined import CONFINED
from api.permissions import MayReview
from api.rendering import render
from api.site import Here
from api.views.pages import Asked
from api.views.review import page_view
from extractor.documents.reading import render_page
from extractor.errors import NotFoundError

router = APIRouter(prefix="/cases/{case_id}/documents/{document_id}/pages/{number}")


_SHARP = 220
"""Dots an inch of a picture that is looked at enlarged: twice as many as otherwise."""


def _asked(number: int, start: int = 0, end: int = 0) -> Asked:
    return Asked(number, start, end)


@router.get("")
def page(
    request: Request,
    site: Here,
    user: MayReview,
    case_id: str,
    document_id: str,
    asked: Annotated[Asked, Depends(_asked)],
) -> Response:
    """The page with its words and marks, to be put beside the panel."""
    document = site.haven.files.get(document_id, by=user.id)
    if document.case_id != case_id:
        raise NotFoundError("There is no such file in this case.")
    state = site.haven.review.state(case_id, by=user.id)
    view = page_view(site, document, asked, state.findings, by=user.id)
    return render(request, "parts/page.html", {"page": view, "case_id": case_id})


@router.get("/image.png")
def image(
    site: Here, user: MayReview, case_id: str, document_id: str, number: int, *, sharp: bool = False
) -> Response:
    """The page as an image, drawn in the sandbox: no document of a stranger reaches a browser."""
    document = site.haven.files.get(document_id, by=user.id)
    if document.case_id != case_id:
        raise NotFoundError("There is no such file in this case.")
    with site.haven.files.plain_copy(document_id, by=user.id) as path:
        dots = {"dpi": _SHARP} if sharp else {}
        drawn = render_page(path, number, settings=CONFINED, **dots)
    site.haven.files.image_read(document_id, number, by=user.id)
    return Response(drawn, media_type="image/png")
