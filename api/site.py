"""What every request needs: the store, the queue, the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from api.jobs.queue import JobQueue
from api.settings import SiteSettings
from haven import Haven

__all__ = ["Here", "Site"]


@dataclass(frozen=True, slots=True)
class Site:
    """The parts that make one running site."""

    haven: Haven
    queue: JobQueue
    settings: SiteSettings


def _site(request: Request) -> Site:
    return cast("Site", request.app.state.site)


Here = Annotated[Site, Depends(_site)]
"""A parameter of a route that wants the site."""
