"""Whose a vehicle, an account or a telephone is, where the words say it: `registered to Nadeau`.

In the training and development texts 103 of 122 vehicles that are so told of belong to whom the
words name, and 22 of 23 accounts and telephones.

Invariant: the owner stands right after the words, and the thing before them in their sentence,
or in the one before if theirs goes on with it (`The van is titled to`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractor.language.equal_values import ACTORS
from extractor.language.findings import FoundRelation
from extractor.language.mentions import FoundMention
from extractor.record import EntityType, RelationType

__all__ = ["owned"]

_WORDS = re.compile(
    r"(?:registered (?:to|in the name of|under|owner:?)|reg(?:'d|\.)? (?:to|owner:?)|R/?O:?"
    r"|[io]n the name of|belong(?:s|ed|ing)? to|owned by|titled (?:to|in the name of)"
    r"|property of|bought by|leased (?:to|by)|rented by)[ \n]*(?:the )?$",
    re.IGNORECASE,
)
_NEW_SENTENCE = re.compile(
    r"[.!?]\s(?!it\b|the (?:car|van|truck|vehicle|account|phone)\b)(?=[A-Z])", re.IGNORECASE
)
_REACH, _LONGEST = 110, 40
_THINGS = {
    EntityType.VEHICLE: (RelationType.OWNS, 0.85),
    EntityType.ACCOUNT: (RelationType.HAS_IDENTIFIER, 0.95),
    EntityType.PHONE: (RelationType.HAS_IDENTIFIER, 0.95),
}


def owned(
    text: str, mentions: Sequence[FoundMention], clusters: Sequence[Sequence[int]]
) -> list[FoundRelation]:
    """The relations that words of ownership tell, from owner to thing."""
    entity = {mention: number for number, cluster in enumerate(clusters) for mention in cluster}
    things = [n for n, m in enumerate(mentions) if m.placed.type in _THINGS]
    things.sort(key=lambda n: mentions[n].start)
    found = []
    for number, mention in enumerate(mentions):
        words = _words_before(text, mention)
        thing = _thing(text, mentions, things, words) if words is not None else None
        if thing is not None:
            kind, score = _THINGS[mentions[thing].placed.type]
            ends = (number, thing)
            found.append(FoundRelation(kind, None, entity[number], entity[thing], score, ends))
    return found


def _words_before(text: str, mention: FoundMention) -> int | None:
    """Where the words of ownership begin that stand right before an actor."""
    if mention.placed.type not in ACTORS:
        return None
    begin = max(0, mention.start - _LONGEST)
    match = _WORDS.search(text[begin : mention.start])
    return begin + match.start() if match else None


def _thing(
    text: str, mentions: Sequence[FoundMention], things: Sequence[int], words: int
) -> int | None:
    """The last thing before the words, if nothing else begins between."""
    first, end = (
        bisect_left(things, place, key=lambda n: mentions[n].start)
        for place in (words - _REACH + 1, words)
    )
    before = [n for n in things[first:end] if mentions[n].end <= words]
    if not before:
        return None
    last = max(before, key=lambda n: mentions[n].end)
    return None if _NEW_SENTENCE.search(text, mentions[last].end, words) else last
