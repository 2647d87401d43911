"""Names of form fields, as people write them down."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_FIRST = re.compile(r"\[0\]$")
_ROOT = re.compile(r"^(form|topmostsubform)\d*$", re.IGNORECASE)


def by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Filled fields by short name; by full name where two short names are alike."""
    filled = list({name: value for name, value in pairs if name and value}.items())
    counts = Counter(short_name(name) for name, _ in filled)
    return {
        short_name(name) if counts[short_name(name)] == 1 else name: value for name, value in filled
    }


def short_name(name: str) -> str:
    """`Line9_CaseNumber` for `form1[0].#subform[3].Line9_CaseNumber[0]`; others unchanged."""
    parts = [_FIRST.sub("", part) for part in name.split(".")]
    kept = [part for part in parts if not part.startswith("#")]
    if len(kept) > 1 and _ROOT.match(kept[0]):
        kept = kept[1:]
    return ".".join(kept) or name
