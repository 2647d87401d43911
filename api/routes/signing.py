"""Signing in by a one-time link, and out."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.rendering import render
from api.signin.current import COOKIE, SignedIn
from api.site import Here
from extractor.errors import NotFoundError, SignInNeededError

router = APIRouter()


@router.get("/sign-in")
def sign_in(request: Request, site: Here, token: str = "") -> Response:
    """Redeem a link; without one, say where links come from."""
    if not token:
        return render(request, "sign_in.html", {"error": None})
    try:
        user = site.haven.people.redeem_link(token)
    except NotFoundError:
        error = SignInNeededError("This sign-in link was used before or is too old.")
        return render(request, "sign_in.html", {"error": error}, status=error.http_status)
    # The page that follows is asked for by a page of ours, so that the strict cookie goes with it.
    answer = render(request, "signed_in.html", {})
    _set_cookie(
        answer,
        site,
        site.haven.people.start_session(user.id, lifetime=site.settings.session_lifetime),
    )
    return answer


@router.post("/sign-out")
def sign_out(site: Here, user: SignedIn) -> Response:
    """End the session."""
    site.haven.people.end_session(user.session_token)
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(COOKIE)
    return answer


def _set_cookie(answer: Response, site: Here, token: str) -> None:
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(site.settings.session_lifetime.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=site.settings.secure_cookies,
    )
