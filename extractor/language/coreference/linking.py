"""Mentions of actors linked to antecedents: the best link that a name does not forbid.

Invariant: each mention joins the entity of exactly one earlier mention, or opens its own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from extractor.language.coreference.bearers import Bearers
from extractor.language.coreference.numbered import Entry, differ, entries
from extractor.language.coreference.unlike_names import (
    Join,
    full,
    gap_between,
    kin,
    like_any,
    may_join,
    natural,
    short_for,
)
from extractor.language.mentions import FoundMention
from extractor.record import MentionKind
from models.network.pairs import plain

__all__ = ["Linked", "linked"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_NO_LINK = -9.0


@dataclasses.dataclass
class Linked:
    """Clusters of mentions, by their place in the list, and the names that each goes by.

    `refused` holds, for mentions that opened an entity, the best score that they did not take,
    `entries` the numbered entries of lists that mentions begin.
    """

    entries: dict[int, Entry] = dataclasses.field(default_factory=dict)

    clusters: list[list[int]] = dataclasses.field(default_factory=list)
    names: list[set[str]] = dataclasses.field(default_factory=list)
    of: list[int] = dataclasses.field(default_factory=list)
    bearers: Bearers = dataclasses.field(default_factory=Bearers)
    refused: dict[int, float] = dataclasses.field(default_factory=dict)

    def put(self, mention: FoundMention, cluster: int | None, best: float) -> None:
        """Add the next mention to a cluster, or to one of its own."""
        number = len(self.of)
        if cluster is None:
            cluster = len(self.clusters)
            self.clusters.append([])
            self.names.append(set())
            self.refused[number] = best
        self.clusters[cluster].append(number)
        self.of.append(cluster)
        form = mention.placed.form
        if mention.placed.kind is MentionKind.NAM and form not in self.names[cluster]:
            self.names[cluster].add(form)
            self.bearers.add(plain(natural(form)), cluster)

    def is_full_name_of_other(self, form: str, cluster: int) -> bool:
        """Whether a name of two words or more is a name of another cluster, or short for one."""
        name = plain(natural(form))
        return " " in name and any(
            other != cluster and (name == full or short_for(name, full))
            for full, other in self.bearers.sharing(name)
        )

    def is_another_entry(self, number: int, cluster: int) -> bool:
        """Whether a mention begins another entry of a list than one of a cluster does."""
        mine = self.entries.get(number)
        others = (self.entries.get(n) for n in self.clusters[cluster]) if mine else ()
        return mine is not None and any(other and differ(mine, other) for other in others)


def linked(
    text: str,
    mentions: Sequence[FoundMention],
    left: Ints,
    right: Ints,
    scores: Floats,
    least: float,
) -> Linked:
    """Link mentions, in text order, by the scores of candidate pairs (`left` the later one).

    Args:
        text: what the mentions stand in.
        least: score above which a link holds.
    """
    found = Linked(entries(text, mentions))
    begins = np.searchsorted(left, np.arange(len(mentions) + 1))
    for number, mention in enumerate(mentions):
        mine = slice(begins[number], begins[number + 1])
        links = _Links(right[mine], scores[mine])
        best = float(links.scores.max()) if len(links.scores) else _NO_LINK
        cluster = next(
            (found.of[a] for a, score in links.above(least, found.of)
             if _fits(text, mentions, number, a, score, links, found)), None,
        )  # fmt: skip
        found.put(mention, cluster, best)
    return found


@dataclasses.dataclass(frozen=True)
class _Links:
    """The candidate antecedents of one mention with the scores of the links."""

    antecedents: Ints
    scores: Floats

    def above(self, least: float, of: list[int]) -> Iterator[tuple[int, float]]:
        """The best link to each cluster, best first, down to the least score."""
        seen: set[int] = set()
        for place in np.argsort(-self.scores, kind="stable").tolist():
            score, antecedent = float(self.scores[place]), int(self.antecedents[place])
            if score <= least:
                return
            if of[antecedent] not in seen:
                seen.add(of[antecedent])
                yield antecedent, score


def _fits(  # noqa: PLR0913, PLR0917 - a join is weighed by all that is known of it
    text: str,
    mentions: Sequence[FoundMention],
    number: int,
    antecedent: int,
    score: float,
    links: _Links,
    found: Linked,
) -> bool:
    mention, cluster = mentions[number], found.of[antecedent]
    if found.is_another_entry(number, cluster):
        return False
    form, names = mention.placed.form, found.names[cluster]
    if mention.placed.kind is not MentionKind.NAM or not names or like_any(form, names):
        return True
    if found.is_full_name_of_other(form, cluster):
        return False

    def elsewhere() -> bool:
        return any(like_any(form, n) for c, n in enumerate(found.names) if c != cluster)

    gap = gap_between(text, mentions[antecedent].end, mention.start, mention.end)
    return may_join(
        Join(
            name=mention.placed,
            antecedent=mentions[antecedent].placed,
            link=score,
            to_names=_to_names(mentions, links, found.of, cluster),
            elsewhere=elsewhere,
            gap=gap,
            kin=kin(form, names),
            full=full(form) and any(full(name) for name in names),
        )
    )


def _to_names(
    mentions: Sequence[FoundMention], links: _Links, of: list[int], cluster: int
) -> float:
    """Mean score of the links to the names of a cluster."""
    pairs = zip(links.antecedents.tolist(), links.scores.tolist(), strict=True)
    scores = [
        score for antecedent, score in pairs
        if of[antecedent] == cluster and mentions[antecedent].placed.kind is MentionKind.NAM
    ]  # fmt: skip
    return sum(scores) / len(scores) if scores else _NO_LINK
