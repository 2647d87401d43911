"""One table from exceptions to answers.

Every `DeclarantError` knows its status, code and advice; the answer carries those and its
message, never content. A browser gets a page, an htmx request a fragment, the rest JSON.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from api.rendering import render
from extractor.errors import (
    DeclarantError,
    DiskFullError,
    NotFoundError,
    SignInNeededError,
    UsageError,
)

__all__ = ["answer", "as_declarant_error", "install"]

log = logging.getLogger("declarant.faults")


def install(app: FastAPI) -> None:
    """Make the application answer its errors by the table."""
    for kind in (DeclarantError, OSError, OperationalError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _handle)
    app.add_exception_handler(Exception, _handle)


async def _handle(request: Request, error: Exception) -> Response:
    return answer(request, as_declarant_error(error))


def as_declarant_error(error: Exception) -> DeclarantError:
    """The error as one of ours; what we did not expect becomes D000 and tells nothing."""
    if isinstance(error, DeclarantError):
        return error
    for kind, translate in _TABLE:
        if isinstance(error, kind):
            return translate(error)
    return _unexpected(error)


def answer(request: Request, error: DeclarantError) -> Response:
    """The error in the form that the client asked for."""
    if _wants_page(request):
        return _page(request, error)
    if request.headers.get("hx-request"):
        return _fragment(request, error)
    return JSONResponse(_body(error), error.http_status)


def _page(request: Request, error: DeclarantError) -> Response:
    if isinstance(error, SignInNeededError) and request.method == "GET":
        return RedirectResponse("/sign-in", status_code=303)
    return render(request, "fault.html", {"error": error}, status=error.http_status)


def _fragment(request: Request, error: DeclarantError) -> Response:
    if isinstance(error, SignInNeededError):
        return Response(status_code=error.http_status, headers={"HX-Redirect": "/sign-in"})
    return render(request, "parts/fault.html", {"error": error}, status=error.http_status)


def _body(error: DeclarantError) -> dict[str, dict[str, str]]:
    return {"error": {"code": error.code, "message": error.message, "advice": error.advice}}


def _wants_page(request: Request) -> bool:
    if request.url.path.startswith("/api/") or request.headers.get("hx-request"):
        return False
    return "text/html" in request.headers.get("accept", "")


def _from_os(error: Exception) -> DeclarantError:
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFullError("The disk of the server is full.")
    return _unexpected(error)


def _from_database(error: Exception) -> DeclarantError:
    if "full" in str(getattr(error, "orig", "")):
        return DiskFullError("The disk of the server is full.")
    return _unexpected(error)


def _from_validation(error: Exception) -> DeclarantError:
    del error  # it quotes what was sent
    return _with_status(UsageError("A value of the request is missing or has the wrong form."), 422)


def _from_http(error: Exception) -> DeclarantError:
    if isinstance(error.__cause__, DeclarantError):  # raised while the body was read
        return error.__cause__
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return NotFoundError("There is no such page.")
    return _with_status(UsageError("The request cannot be answered."), status)


def _unexpected(error: Exception) -> DeclarantError:
    log.error("unexpected %s", type(error).__name__)  # its message may hold content
    return DeclarantError("Something went wrong on the server.")


def _with_status(error: DeclarantError, status: int) -> DeclarantError:
    error.http_status = status
    return error


_TABLE: tuple[tuple[type[Exception], Callable[[Exception], DeclarantError]], ...] = (
    (OperationalError, _from_database),
    (OSError, _from_os),
    (RequestValidationError, _from_validation),
    (HTTPException, _from_http),
)
