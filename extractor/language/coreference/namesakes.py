"""Entities that bear one name become one, where the network's links fell short.

Invariant: two entities are joined only if one's fullest name is a name of the other, or is
part of its fullest name, no third entity could be meant as well, and the words do not speak of
a man here and of a woman there: `Mrs. Roytman` is not `Michael Roytman`. Full names of two words
or more that are equal are always joined: far apart in a long packet the network doubts even
those, and a reviewer can split a father from the son who bears his name.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import takewhile

from extractor.language.coreference.bearers import Bearers
from extractor.language.coreference.genders import manliness
from extractor.language.coreference.honorifics import HONORIFICS
from extractor.language.coreference.nicknames import given_names_of, may_be_short_for
from extractor.language.coreference.unlike_names import natural, short_for
from extractor.language.mentions import FoundMention
from extractor.record import EntityType, MentionKind
from models.network.pairs import plain

__all__ = ["LinkScores", "namesakes_joined"]

LinkScores = dict[tuple[int, int], float]
"""Score of the link between two named mentions, the later one first."""
_REFUSED, _GIVEN_REFUSED = -3.0, -6.5
"""Links scored below are the network's word that two bearers of a name are two persons. Of a
given name with its full name, 6 of 7 with lower links were one; of surnames hardly any."""


@dataclasses.dataclass
class _Named:
    """A cluster with its names; `names` is empty for the unnamed (see `manliness`)."""

    members: list[int]
    type: EntityType
    names: set[str]
    manly: int

    def take(self, other: _Named) -> None:
        """Make the mentions of another entity one's own."""
        self.members += other.members
        self.names |= other.names
        self.manly += other.manly
        other.members, other.names = [], set()

    @property
    def fullest(self) -> str:
        """The name of most words and letters; of several the last by the alphabet, always."""
        return max(self.names, key=lambda name: (len(name.split()), len(name), name), default="")


def namesakes_joined(
    text: str, mentions: list[FoundMention], clusters: list[list[int]], scores: LinkScores
) -> list[list[int]]:
    """Clusters of mentions of actors, those of one name joined."""
    named = _equal_joined([_named(text, mentions, cluster) for cluster in clusters])
    known = _Known(named)
    for number in sorted(range(len(named)), key=lambda n: len(named[n].fullest.split())):
        shorter = named[number]
        bearers = known.bearers(number)
        if len(bearers) == 1 and _best(scores, named[bearers[0]], shorter) > _least(
            named[bearers[0]], shorter
        ):
            known.join(bearers[0], number)
    return [sorted(one.members) for one in named if one.members]


class _Known:
    """Entities, found by the words of their names."""

    def __init__(self, named: Sequence[_Named]) -> None:
        self._named = named
        self._by_name = Bearers()
        for number, one in enumerate(named):
            self._add(one.names, number)
        self._words = sorted(self._by_name.words())

    def bearers(self, number: int) -> list[int]:
        """The other entities that the fullest name of this one may stand for."""
        shorter = self._named[number]
        name = shorter.fullest
        if not name:
            return []
        words = [name] if " " in name else [name, *self._longer(name)]
        near = {other for word in words for _, other in self._by_name.sharing(word)} - {number}
        return [other for other in near if _may_bear(self._named[other], shorter)]

    def join(self, number: int, shorter: int) -> None:
        """Make a shorter named entity one with another."""
        self._add(self._named[shorter].names, number)
        self._named[number].take(self._named[shorter])

    def _add(self, names: Iterable[str], number: int) -> None:
        for name in names:
            self._by_name.add(name, number)

    def _longer(self, short: str) -> list[str]:
        """The given names that a word may be short for, of those that occur."""
        first = bisect_right(self._words, short)
        begun = takewhile(lambda word: word.startswith(short), self._words[first:])
        return [*begun, *given_names_of(short)]


def _least(one: _Named, shorter: _Named) -> float:
    """The score that a link between them must exceed."""
    given = shorter.fullest == one.fullest.split()[0] and one.type is EntityType.PERSON
    return _GIVEN_REFUSED if given else _REFUSED


def _named(text: str, mentions: list[FoundMention], cluster: list[int]) -> _Named:
    placed = [mentions[n].placed for n in cluster]
    names = {_bare(m.form) for m in placed if m.kind is MentionKind.NAM} - {""}
    manly = manliness(text, (mentions[n] for n in cluster))
    return _Named(list(cluster), placed[0].type, names, manly)


def _bare(form: str) -> str:
    """The plain name without forms of address, unless they are all of it."""
    words = plain(natural(form)).split()
    return " ".join([word for word in words if word not in HONORIFICS] or words)


def _equal_joined(named: list[_Named]) -> list[_Named]:
    joined: dict[str, _Named] = {}
    for number, one in enumerate(named):
        full = one.fullest
        first = joined.setdefault(_key(one.type, full) if " " in full else f"#{number}", one)
        if first is not one:
            first.take(one)
    return list(joined.values())


def _key(kind: EntityType, full: str) -> str:
    """Equal for a person's name and the same turned about, as forms have it."""
    words = full.split()
    return " ".join([kind, *(sorted(words) if kind is EntityType.PERSON else words)])


def _may_bear(one: _Named, shorter: _Named) -> bool:
    """Whether the fullest name of `shorter` may stand for the other entity."""
    name = shorter.fullest
    if one.type is not shorter.type or not name or not one.names or one.manly * shorter.manly < 0:
        return False
    if name in one.names or short_for(name, one.fullest):
        return True
    return " " not in name and any(may_be_short_for(name, w) for n in one.names for w in n.split())


def _best(scores: LinkScores, one: _Named, other: _Named) -> float:
    pairs = ((max(a, b), min(a, b)) for a in one.members for b in other.members)
    return max((scores.get(pair, -9.0) for pair in pairs), default=-9.0)
