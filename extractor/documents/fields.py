"""Names and values of form fields, as people write them down."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_FIRST = re.compile(r"\[0\]$")
_ROOT = re.compile(r"^(form|topmostsubform)\d*$", re.IGNORECASE)
# Filers are told to write these rather than leave a box blank (USCIS alert on Form I-914).
# `Na` with a small a may be a name; `NA` and `na` are not.
_NOTHING = re.compile(
    r"(?i:none|nothing|nil|unknown|unk|not (?:applicable|known|available)|none known|"
    r"n[/.\\-] ?a\.?|ningun[oa]?|desconocid[oa]|no aplica)|NA|na|[-–—_./*]+"
)


def by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Filled fields by short name; by full name where two short names are alike."""
    filled = list({name: value for name, value in pairs if name and says(value)}.items())
    counts = Counter(short_name(name) for name, _ in filled)
    return {
        short_name(name) if counts[short_name(name)] == 1 else name: value for name, value in filled
    }


def says(value: str) -> bool:
    """Whether a value says anything: `none`, `n/a` and a dash do not."""
    bare = " ".join(value.split()).strip("()[]\"' ")
    return bool(bare) and not _NOTHING.fullmatch(bare.rstrip(".") or bare)


def short_name(name: str) -> str:
    """`Line9_CaseNumber` for `form1[0].#subform[3].Line9_CaseNumber[0]`; others unchanged."""
    parts = [_FIRST.sub("", part) for part in name.split(".")]
    kept = [part for part in parts if not part.startswith("#")]
    if len(kept) > 1 and _ROOT.match(kept[0]):
        kept = kept[1:]
    return ".".join(kept) or name
