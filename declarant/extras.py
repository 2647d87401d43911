"""Commands that need an extra say which one is missing, as any other fault of the machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from extractor.errors import MissingProgramError

__all__ = ["needing"]


@contextmanager
def needing(extra: str) -> Iterator[None]:
    """Imports of an extra's libraries; MissingProgramError where it is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingProgramError(
            f"This command needs the extra `{extra}`.",
            advice=f"Install it beside declarant: pip install -e '.[{extra}]'",
        ) from error
