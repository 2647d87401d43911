"""Culpable relatives: Form I-918 Supplement B, Part 5, and its like on Form I-914.

Item 1 asks whether family members took part, items 2 to 4 name them with relationship and
involvement; a relative who committed the crime is barred (8 CFR 214.14(f)(1), 8 USC
1184(o)(1)). Here they become `CulpableRelatives` (Yes or No) and `CulpableRelative1_Name`,
`_Relationship`, `_Involvement`, up to 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractor.documents.fields import says, short_name

Pairs = Sequence[tuple[str, str]]

_ITEM = re.compile(r"^(?:(P[\dA-H]+)_)?Line([234])[a-e]?_(\w+?)(?:\[\d+\])?$")
_ANSWER = re.compile(r"^(?:P[5E]_)?Line1(?:_(Yes|No|CB|Checkbox))?(?:\[\d+\])?$", re.IGNORECASE)
_NAMES = ("GivenName", "MiddleName", "FamilyName")
_TELLING = ("Relationship", "Involvement")


def culpable(pages: Iterable[Pairs]) -> dict[str, str]:
    """The culpable relatives that the fields of a certification name."""
    found: dict[str, str] = {}
    number = 0
    for pairs in pages:
        short = [(short_name(name).split(".")[-1], value) for name, value in pairs]
        relatives = list(_relatives(short))
        answer = _answer(short, on_part=bool(relatives))
        if answer:
            found["CulpableRelatives"] = answer
        for relative in relatives:
            number += 1
            found |= {f"CulpableRelative{number}_{key}": value for key, value in relative.items()}
    return found


def _relatives(pairs: Pairs) -> Iterator[dict[str, str]]:
    """Each item that tells a relationship or an involvement, with the name beside it."""
    items = [(match, value) for name, value in pairs if (match := _ITEM.match(name))]
    keys = dict.fromkeys((m[1], m[2]) for m, _ in items if m[3] in _TELLING)
    for key in keys:
        told = {m[3]: " ".join(value.split()) for m, value in items if (m[1], m[2]) == key}
        relative = {"Name": _name(told), **{asked: told.get(asked, "") for asked in _TELLING}}
        kept = {asked: value for asked, value in relative.items() if says(value)}
        if kept:
            yield kept


def _name(told: dict[str, str]) -> str:
    """The name as one: given, middle, family name."""
    parts = [told[part] for part in _NAMES if says(told.get(part, ""))]
    return told.get("Name") or " ".join(parts)


def _answer(pairs: Pairs, *, on_part: bool) -> str:
    """Yes or No, as item 1 is ticked."""
    for name, value in pairs:
        match = _ANSWER.match(name)
        if match is not None and (on_part or name.startswith(("P5_", "PE_"))):
            ticked = (match[1] or value)[:1].upper()
            return {"N": "No", "Y": "Yes"}.get(ticked) or {"N": "No"}.get(value[:1].upper(), "Yes")
    return ""
