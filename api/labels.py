"""How values of the record are called on a page."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

__all__ = ["FILTERS", "label"]

_NAMES = {
    "A_NUMBER": "A-number",
    "SSN": "SSN",
    "HAS_IDENTIFIER": "identifier",
    "INSPECTED": "Inspected and admitted",
    "INSPECTED_FALSE_DOCUMENT": "Admitted with a false or another's document",
    "LABOR": "Labor or services",
    "SEX": "Commercial sex",
}


def label(value: object) -> str:
    """`DEBT` as `Debt`, `LAW_ENFORCEMENT` as `Law enforcement`."""
    text = str(value)
    return _NAMES.get(text) or text.replace("_", " ").lower().capitalize()


def percent(value: float) -> str:
    """A score as a whole percentage."""
    return f"{100 * value:.0f}%"


def size(count: int) -> str:
    """Bytes for people."""
    return f"{count / 1024:.0f} kB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"


def moment(value: datetime.datetime) -> str:
    """Date and minute, in UTC."""
    return value.astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC")


def counted(count: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


_SHORT = 28


def short(filename: str) -> str:
    """A file's name in the room of a few words: its beginning and its end tell most."""
    if len(filename) <= _SHORT:
        return filename
    return f"{filename[: _SHORT // 2].rstrip()}…{filename[-_SHORT // 2 + 1 :].lstrip()}"


FILTERS: dict[str, Callable[..., Any]] = {
    "label": label,
    "percent": percent,
    "size": size,
    "moment": moment,
    "counted": counted,
    "short": short,
}
