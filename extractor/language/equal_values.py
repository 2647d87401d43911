"""Mentions of values -> entities: equal ones together, and short forms with what they shorten.

Invariant: a short form joins only where exactly one longer value of its type holds all its
words. `the Corolla` is the `blue Corolla`, `Lindero Way` is `27 Lindero Way`: all 47 such
pairs of the training corpus were one vehicle or address. Dates and sums are not shortened:
`June 2018` is none of the days in it.
"""

from __future__ import annotations

from extractor.language.mentions import FoundMention
from extractor.record import EntityType
from models.network.pairs import plain

__all__ = ["ACTORS", "equal_values"]

ACTORS = (EntityType.PERSON, EntityType.ORGANIZATION)
"""Types whose mentions are linked by the network and not by their words alone."""
_SHORTENED = frozenset({EntityType.VEHICLE, EntityType.ADDRESS})
_MOST = 1_000
"""Vehicles and addresses that are compared with each other."""
_Key = tuple[EntityType, str]


def equal_values(mentions: list[FoundMention]) -> list[list[int]]:
    """Clusters of the mentions, by index, that are no actors."""
    values: dict[_Key, list[int]] = {}
    for n, mention in enumerate(mentions):
        if mention.placed.type not in ACTORS:
            values.setdefault((mention.placed.type, plain(mention.placed.form)), []).append(n)
    shortened = [key for key in values if key[0] in _SHORTENED]
    for key in sorted(shortened, key=lambda key: len(key[1].split()))[:_MOST]:
        longer = [other for other in shortened if other in values and _shortens(key, other)]
        if len(longer) == 1:
            values[longer[0]] = sorted(values[longer[0]] + values.pop(key))
    return list(values.values())


def _shortens(key: _Key, other: _Key) -> bool:
    words = set(key[1].split())
    return bool(words) and key[0] is other[0] and words < set(other[1].split())
