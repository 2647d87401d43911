"""A packet holds several papers: what is said in one of them stays in it.

Invariant: across the border between two papers only names mean the same person. "I", "he" and
"the owner" never do, for each paper has a speaker of its own; but a paper whose speaker is not
named goes on with the speaker of the nearest paper of its kind.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractor.language.mentions import FoundMention
from extractor.record import MentionKind, Section

__all__ = ["Papers", "shared", "speakers_joined", "within_papers"]

Ints = NDArray[np.int64]
_SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})


@dataclasses.dataclass(frozen=True)
class Papers:
    """Where each paper begins in the text, and its kind; one paper if nothing is said."""

    starts: tuple[int, ...] = (0,)
    kinds: tuple[str, ...] = ("",)

    @classmethod
    def of_sections(cls, sections: Sequence[Section]) -> Papers:
        """The papers of a file that was cut into sections."""
        if not sections:
            return cls()
        return cls(tuple(s.start for s in sections), tuple(s.kind.value for s in sections))

    def numbers(self, mentions: Sequence[FoundMention]) -> Ints:
        """The number of the paper that each mention stands in."""
        starts = np.array([mention.start for mention in mentions], dtype=np.int64)
        return np.maximum(np.searchsorted(np.array(self.starts), starts, side="right") - 1, 0)


def within_papers(
    papers: Ints, mentions: Sequence[FoundMention], left: Ints, right: Ints
) -> NDArray[np.bool_]:
    """Which pairs of mentions may mean the same: those of one paper, and names of two."""
    names = np.array([mention.placed.kind is MentionKind.NAM for mention in mentions], dtype=bool)
    may: NDArray[np.bool_] = (papers[left] == papers[right]) | (names[left] & names[right])
    return may


def shared(papers: Ints, clusters: Sequence[Sequence[int]]) -> list[frozenset[int]]:
    """The papers in which each entity is mentioned."""
    return [frozenset(papers[list(cluster)].tolist()) for cluster in clusters]


def speakers_joined(
    mentions: Sequence[FoundMention], clusters: list[list[int]], papers: Ints, kinds: Sequence[str]
) -> list[list[int]]:
    """Clusters, those of unnamed speakers joined with the speaker of the nearest like paper."""
    if len(kinds) < 2:
        return clusters
    speakers = _speakers(mentions, clusters, papers)
    joined = list(clusters)
    for paper in list(speakers):
        cluster = speakers[paper]
        if any(mentions[n].placed.kind is MentionKind.NAM for n in joined[cluster]):
            continue
        like = [p for p in speakers if kinds[p] == kinds[paper] and speakers[p] != cluster]
        if like:
            nearest = speakers[min(like, key=lambda p: (abs(p - paper), p))]
            joined[nearest] = sorted(joined[nearest] + joined[cluster])
            joined[cluster] = []
            speakers = {p: nearest if c == cluster else c for p, c in speakers.items()}
    return [cluster for cluster in joined if cluster]


def _speakers(
    mentions: Sequence[FoundMention], clusters: list[list[int]], papers: Ints
) -> dict[int, int]:
    """The entity that says "I" most in each paper, outside quotes."""
    counts: dict[int, Counter[int]] = {}
    for number, cluster in enumerate(clusters):
        for n in cluster:
            placed = mentions[n].placed
            if placed.form.casefold() in _SPEAKER and not placed.quoted:
                counts.setdefault(int(papers[n]), Counter())[number] += 1
    return {paper: found.most_common(1)[0][0] for paper, found in sorted(counts.items())}
