"""`declarant verify-log` and `declarant rewrap-keys`: the operator's care of the store."""

from __future__ import annotations

from typing import Annotated

import typer

from extractor.errors import UsageError
from haven.views import ChainReport

__all__ = ["register"]

_BY = "system:operator"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("verify-log")(verify_log)
    app.command("rewrap-keys")(rewrap_keys)


def verify_log(
    earlier: Annotated[
        str | None, typer.Option(metavar="ENTRIES:HEAD", help="What an earlier run printed.")
    ] = None,
) -> None:
    """Verify the audit log; exit status 1 if an entry was changed, removed or cut off.

    Keep what it prints somewhere else: with it even a log cut off at its end is found out.
    """
    from haven import Settings, open_haven  # noqa: PLC0415 - other commands need no store

    with open_haven(Settings.from_environment()) as haven:
        report = haven.audit.verify(expected=_report(earlier) if earlier else None)
    typer.echo(f"{'whole' if report.ok else 'BROKEN'} {report.entries}:{report.head}")
    if not report.ok:
        raise typer.Exit(1)


def _report(earlier: str) -> ChainReport:
    entries, _, head = earlier.partition(":")
    if not entries.isdigit() or not head:
        raise UsageError("--earlier takes ENTRIES:HEAD.")
    return ChainReport(ok=True, entries=int(entries), head=head, first_bad=None)


def rewrap_keys() -> None:
    """Wrap every data key anew with the newest master key; content is not touched."""
    from haven import Settings, open_haven  # noqa: PLC0415 - other commands need no store

    with open_haven(Settings.from_environment()) as haven:
        typer.echo(f"{haven.rewrap(by=_BY)} keys wrapped anew")
