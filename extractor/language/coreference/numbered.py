"""Numbered entries (`SUSPECT 2: UNKNOWN MALE`) are as many persons as numbers.

Invariant: only the first actor of a line with a label of words and a number is such an entry;
bare numbers are of paragraphs too. All 33 neighbouring entries in the marked texts were two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.language.mentions import FoundMention

__all__ = ["Entry", "differ", "entries"]

Entry = tuple[str, int]
"""The label, folded, and its number."""
_LABEL = re.compile(
    r"[ \t]*(?:[-•*–—·][ \t]*)?([A-Za-z]{1,12})[ #-]{0,2}(\d{1,2})[ \t]?[:.)][ \t]*"
    r"(?:name:?[ \t]*)?(?:(?:mr|mrs|ms|miss|dr)\.?[ \t]+)?[\"“]?",
    re.IGNORECASE,
)
_LONGEST = 50


def entries(text: str, mentions: Sequence[FoundMention]) -> dict[int, Entry]:
    """The entries that mentions begin, by index of the mention."""
    found = {}
    for number, mention in enumerate(mentions):
        begin = text.rfind("\n", max(0, mention.start - _LONGEST), mention.start) + 1
        match = _LABEL.fullmatch(text, begin, mention.start) if begin or not number else None
        if match:
            found[number] = (match.group(1).casefold(), int(match.group(2)))
    return found


def differ(one: Entry, other: Entry) -> bool:
    """Whether two entries of one list are two persons."""
    return one[0] == other[0] and one[1] != other[1]
