"""`declarant serve`, `migrate` and `backfill`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("serve")(serve)
    app.command("migrate")(migrate)
    app.command("backfill")(backfill)


def serve(
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve the review site and print a one-time sign-in link."""
    _server().serve(host, port)


def migrate() -> None:
    """Make the tables of the store and of the queue, or bring them up to date."""
    _server().migrate_store()


def backfill(
    folder: Annotated[Path, typer.Argument(help="Folder of case files, read recursively.")],
) -> None:
    """Read every case file of a folder; started again, it goes on where it stopped."""
    if not _server().backfill(folder):
        raise typer.Exit(1)


def _server() -> ModuleType:
    """The module behind the commands; it takes a second to import, which others need not wait."""
    return import_module("declarant.server")
