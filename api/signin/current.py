"""Who is asking: from the session cookie, or from a bearer token for programs.

A browser that changes something must also show the page's token (header or form field); it is
derived from the session token, which no other origin can read. A bearer token needs none: no
browser sends it unasked.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from api.site import Here
from extractor.errors import PermissionDeniedError, SignInNeededError
from haven.views import User

__all__ = ["COOKIE", "SignedIn", "csrf_token", "maybe_signed_in"]

COOKIE = "declarant_session"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class SignedInUser:
    """The user and the proof that a page of theirs is asking."""

    user: User
    session_token: str
    csrf_token: str

    @property
    def id(self) -> str:
        """What the audit log calls them."""
        return self.user.id


def csrf_token(session_token: str) -> str:
    """The token that a page of this session shows with every change."""
    return hmac.new(session_token.encode(), b"declarant csrf", hashlib.sha256).hexdigest()


def maybe_signed_in(request: Request, site: Here) -> SignedInUser | None:
    """Who is asking, or nobody."""
    token = _bearer(request) or request.cookies.get(COOKIE)
    user = site.haven.people.session(token) if token else None
    if user is None or token is None:
        return None
    signed_in = SignedInUser(user, token, csrf_token(token))
    request.state.signed_in = signed_in
    return signed_in


async def _signed_in(
    request: Request, found: Annotated[SignedInUser | None, Depends(maybe_signed_in)]
) -> SignedInUser:
    if found is None:
        raise SignInNeededError("You are not signed in.")
    if request.method not in _SAFE and not _bearer(request):
        await _check_page(request, found)
    return found


async def _check_page(request: Request, signed_in: SignedInUser) -> None:
    if _from_elsewhere(request):
        raise PermissionDeniedError("The request comes from another site.")
    shown = request.headers.get("x-csrf-token")
    if shown is None and "form" in request.headers.get("content-type", ""):
        shown = str((await request.form()).get("csrf_token", ""))
    if not hmac.compare_digest((shown or "").encode(), signed_in.csrf_token.encode()):
        raise PermissionDeniedError(
            "The page is out of date.", advice="Reload the page and try again."
        )


def _from_elsewhere(request: Request) -> bool:
    headers = request.headers
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = headers.get("origin", "null")  # our no-referrer policy makes it null for forms
    return origin != "null" and urlsplit(origin).netloc != headers.get("host")


def _bearer(request: Request) -> str | None:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" and token else None


SignedIn = Annotated[SignedInUser, Depends(_signed_in)]
"""A parameter of a route that only signed-in users reach."""
