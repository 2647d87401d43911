"""Error codes that were stored, in words for the user."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.errors import DeclarantError

__all__ = ["explain"]


def explain(code: str | None) -> DeclarantError:
    """The error of a code, with what it means as its message."""
    kind = _KINDS.get(code or "", DeclarantError)
    meaning = (kind.__doc__ or "").split("\n")[0]
    return kind(meaning if kind is not DeclarantError else "Something went wrong on the server.")


def _all_kinds(kind: type[DeclarantError]) -> Iterator[type[DeclarantError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _all_kinds(below)


_KINDS = {kind.code: kind for kind in _all_kinds(DeclarantError)}
