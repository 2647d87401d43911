"""Entities that bear one name become one, where the network's links fell short.

Invariant: two entities are joined only if one's fullest name is a name of the other, or is
part of its fullest name, and no third entity could be meant as well. Full names of two words
or more that are equal are always joined: far apart in a long packet the network doubts even
those, and a reviewer can split a father from the son who bears his name.
"""

from __future__ import annotations

import dataclasses

from extractor.language.mentions import FoundMention
from extractor.language.unlike_names import natural, short_for
from extractor.record import EntityType, MentionKind
from models.network.pairs import plain

__all__ = ["LinkScores", "namesakes_joined"]

LinkScores = dict[tuple[int, int], float]
"""Score of the link between two named mentions, the later one first."""
_REFUSED = -3.0
"""Links scored below are the network's word that two bearers of a name are two persons."""


@dataclasses.dataclass
class _Named:
    """A cluster with its names; `names` is empty for the unnamed."""

    members: list[int]
    type: EntityType
    names: set[str]

    @property
    def fullest(self) -> str:
        return max(self.names, key=lambda name: (len(name.split()), len(name)), default="")


def namesakes_joined(
    mentions: list[FoundMention], clusters: list[list[int]], scores: LinkScores
) -> list[list[int]]:
    """Clusters of mentions of actors, those of one name joined."""
    named = _equal_joined([_named(mentions, cluster) for cluster in clusters])
    for shorter in sorted(named, key=lambda one: len(one.fullest.split())):
        bearers = [one for one in named if one is not shorter and _may_bear(one, shorter)]
        if len(bearers) == 1 and _best(scores, bearers[0], shorter) > _REFUSED:
            bearers[0].members += shorter.members
            bearers[0].names |= shorter.names
            shorter.members = []
            shorter.names = set()
    return [sorted(one.members) for one in named if one.members]


def _named(mentions: list[FoundMention], cluster: list[int]) -> _Named:
    placed = [mentions[n].placed for n in cluster]
    names = {plain(natural(m.form)) for m in placed if m.kind is MentionKind.NAM} - {""}
    return _Named(list(cluster), placed[0].type, names)


def _equal_joined(named: list[_Named]) -> list[_Named]:
    joined: dict[str, _Named] = {}
    for number, one in enumerate(named):
        full = one.fullest
        first = joined.setdefault(f"{one.type} {full}" if " " in full else f"#{number}", one)
        if first is not one:
            first.members += one.members
            first.names |= one.names
    return list(joined.values())


def _may_bear(one: _Named, shorter: _Named) -> bool:
    """Whether the fullest name of `shorter` may stand for the other entity."""
    name = shorter.fullest
    if one.type is not shorter.type or not name or not one.names:
        return False
    return name in one.names or short_for(name, one.fullest)


def _best(scores: LinkScores, one: _Named, other: _Named) -> float:
    pairs = ((max(a, b), min(a, b)) for a in one.members for b in other.members)
    return max((scores.get(pair, -9.0) for pair in pairs), default=-9.0)
