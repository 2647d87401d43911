"""Templates to answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.labels import FILTERS

__all__ = ["render"]

_TEMPLATES = Path(__file__).parent / "templates"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


_ENVIRONMENT = _environment()


def render(
    request: Request, template: str, values: Mapping[str, Any], *, status: int = 200
) -> HTMLResponse:
    """A page or a fragment; `user` and `csrf_token` are there when somebody is signed in."""
    signed_in = getattr(request.state, "signed_in", None)
    page = _ENVIRONMENT.get_template(template).render(
        user=signed_in and signed_in.user,
        csrf_token=signed_in and signed_in.csrf_token,
        path=request.url.path,
        **values,
    )
    return HTMLResponse(page, status)
