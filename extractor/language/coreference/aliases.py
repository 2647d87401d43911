"""Names told as one person's in so many words: `Petra Sample, also known as Mama P`.

Invariant: only two names of persons with nothing but such words between them are told so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.language.mentions import FoundMention
from extractor.record import EntityType, MentionKind

__all__ = ["aliases_joined"]

_TOLD = re.compile(
    r"\s?[,;(]?\s?(?:(?:who is |is |was )?(?:also |better |otherwise )(?:known|called)"
    r" (?:as )?|a\.?/?k\.?/?a\.?:?\s|alias(?:es)?:?\s)(?:the )?[\"“'‘]?",
    re.IGNORECASE,
)


def aliases_joined(
    text: str, mentions: Sequence[FoundMention], clusters: list[list[int]]
) -> list[list[int]]:
    """The clusters of mentions, those of one person joined."""
    joined = [list(cluster) for cluster in clusters]
    of = {mention: number for number, cluster in enumerate(clusters) for mention in cluster}
    for first, second in _told(text, mentions):
        one, other = of.get(first), of.get(second)
        if one is None or other is None or one == other:
            continue
        of.update(dict.fromkeys(joined[other], one))
        joined[one] = sorted(joined[one] + joined[other])
        joined[other] = []
    return [cluster for cluster in joined if cluster]


def _told(text: str, mentions: Sequence[FoundMention]) -> Iterator[tuple[int, int]]:
    """Pairs of mentions, by index in text order, that are told to be one person."""
    names = [
        n for n, m in enumerate(mentions)
        if m.placed.kind is MentionKind.NAM and m.placed.type is EntityType.PERSON
    ]  # fmt: skip
    for first, second in pairwise(names):
        between = (mentions[first].end, mentions[second].start)
        if between[0] < between[1] and _TOLD.fullmatch(text, *between):
            yield first, second
