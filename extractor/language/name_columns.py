"""What stands in the columns beside a name is not of the name: a wide gap, the letter of the sex.

Reports and rosters write `ROE, JANE F W` and `ROE, JANE M/34`. A bare F or M ends no name of the
hand-written corpus, but an initial may lose its dot, so the letter is taken for the sex only
behind a family name with its comma and before another column: the race, an age, a birth date.
"""

from __future__ import annotations

import dataclasses

from models.network.tags import ScoredSpan
from models.network.tokens import Words

__all__ = ["in_column"]

_GAP = "   "
_SEXES = frozenset("FM")
_RACES = frozenset("ABHIPUW")
"""One-letter codes of police forms (FBI, National Incident-Based Reporting System; H is common)."""
_BIRTH = frozenset(["dob", "age"])
_FEWEST = 4
"""Words of a name with its sex: family name, comma, given name, letter."""


def in_column(words: Words, name: ScoredSpan) -> ScoredSpan:
    """The name up to the first wide gap in it, and without the letter of the sex."""
    last = _before_gap(words, name)
    if last - name.first >= _FEWEST and _ends_with_sex(words, name.first, last):
        last -= 1
    return dataclasses.replace(name, last=last)


def _before_gap(words: Words, name: ScoredSpan) -> int:
    for index in range(name.first + 1, name.last):
        if _GAP in words.text[words.ends[index - 1] : words.starts[index]]:
            return index
    return name.last


def _ends_with_sex(words: Words, first: int, last: int) -> bool:
    if words.form(last - 1) not in _SEXES or last == len(words):
        return False
    family_first = "," in (words.form(index) for index in range(first + 1, last - 2))
    return family_first and _is_next_column(words.form(last))


def _is_next_column(form: str) -> bool:
    return form in _RACES or form == "/" or form.isdigit() or form.casefold() in _BIRTH
