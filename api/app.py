"""The application: routes that only translate, one table of errors, and the headers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.formparsers import MultiPartParser
from starlette.staticfiles import StaticFiles

from api import faults
from api.access_log import AccessLog
from api.body_limit import BodyLimit
from api.headers import SecurityHeaders
from api.jobs.keeping import tend
from api.rest import v1
from api.routes import auditing, cases, confirmed, dialogs, pages, review, signing
from api.site import Site

__all__ = ["create_app"]

log = logging.getLogger("declarant.site")
_HERE = Path(__file__).parent
_TEND_SECONDS = 5
_IN_MEMORY = 32 * 1024 * 1024

# What is longer goes to a file without a name, which ends with the request.
MultiPartParser.spool_max_size = _IN_MEMORY


def create_app(site: Site) -> FastAPI:
    """The application of a site whose store and queue are open."""
    app = FastAPI(
        title="declarant",
        docs_url=None,  # the interactive pages load scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=_lifespan,
    )
    app.state.site = site
    for module in (signing, cases, review, dialogs, pages, confirmed, auditing):
        app.include_router(module.router, include_in_schema=False)
    app.include_router(v1.router)
    faults.install(app)
    _mount(app)
    app.add_middleware(BodyLimit, most=site.settings.max_upload_bytes)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(AccessLog)
    return app


def _mount(app: FastAPI) -> None:
    app.mount("/static", StaticFiles(directory=_HERE / "static_src"), name="static")
    assets = StaticFiles(directory=_HERE / "static", check_dir=False)
    app.mount("/assets", assets, name="assets")


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    keeper = asyncio.create_task(_keep(app.state.site))
    try:
        yield
    finally:
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper


async def _keep(site: Site) -> None:
    while True:
        await asyncio.sleep(_TEND_SECONDS)
        try:
            await run_in_threadpool(tend, site.haven, site.queue)
        except Exception as error:  # the next round may do better
            log.warning("looking for lost jobs: %s", type(error).__name__)
