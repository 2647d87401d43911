"""Which finding a decision means, told by its evidence.

Invariants:
- in the same reading of a document, mentions are the same where their ranges overlap; when the
  reading changed (other OCR, say), where the same words stand on the same page;
- names decide only among findings of the same document, and only after named mentions: a
  pronoun or a common name never pulls a decision away from the person who is mentioned there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from extractor.record import MentionKind
from haven.encryption import TermKind, normalise
from haven.review.model import Finding, Passage, SeenMention

__all__ = ["Footprint", "best_match", "fold", "resemblance", "same_words", "touches"]

Likeness = tuple[int, int, int, int, int]
"""Same name and place, named mentions, names, descriptions and pronouns, in order of weight."""

NOTHING: Likeness = (0, 0, 0, 0, 0)


def fold(name: str) -> str:
    """A name without case, accents and punctuation."""
    return normalise(TermKind.NAME, name)


@dataclass(frozen=True, slots=True)
class Footprint:
    """Where and under which names a finding stands, arranged for quick comparison."""

    ranges: Mapping[tuple[str, str], list[tuple[int, int]]]
    words: frozenset[tuple[str, int | None, str]]
    documents: frozenset[str]
    name: str
    names: frozenset[str]

    @classmethod
    def of(cls, finding: Finding) -> Footprint:
        """The footprint of a finding."""
        ranges: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for mention in finding.mentions:
            ranges.setdefault((mention.document, mention.text), []).append(
                (mention.start, mention.end)
            )
        return cls(
            ranges={key: _joined(spans) for key, spans in ranges.items()},
            words=frozenset((m.document, m.page, fold(m.quote)) for m in finding.mentions),
            documents=frozenset(finding.documents()),
            name=fold(finding.name),
            names=frozenset(fold(name) for name in (finding.name, *finding.aliases)),
        )

    def holds(self, passage: Passage) -> bool:
        """Whether the passage is among the mentions."""
        spans = self.ranges.get((passage.document, passage.text))
        if spans is not None:
            at = bisect_left(spans, (passage.end, -1))
            return at > 0 and spans[at - 1][1] > passage.start
        return (passage.document, passage.page, fold(passage.quote)) in self.words


def resemblance(anchor: Finding, candidate: Footprint) -> Likeness:
    """How much of the anchor's evidence the candidate shares; NOTHING if it is another's."""
    if candidate.documents.isdisjoint(anchor.documents()):
        return NOTHING
    shared = [mention.kind for mention in anchor.mentions if candidate.holds(mention)]
    names = {fold(name) for name in (anchor.name, *anchor.aliases)}
    alike = 2 if fold(anchor.name) == candidate.name else int(bool(names & candidate.names))
    named, described = shared.count(MentionKind.NAM), shared.count(MentionKind.NOM)
    pronouns = shared.count(MentionKind.PRO)
    # Of two who share the anchor's words, the one who also goes by its name: after a merge that
    # was undone, decisions on the merged person stay with the one whose name it had.
    both = int(alike == 2 and named > 0)
    only_pronouns = all(mention.kind is MentionKind.PRO for mention in anchor.mentions)
    known = named or alike or described or only_pronouns
    return (both, named, alike, described, pronouns) if known else NOTHING


def best_match(anchor: Finding, candidates: Mapping[str, Footprint]) -> str | None:
    """The key of the finding that shares most with the anchor; the first of equals."""
    best, found = NOTHING, None
    for key, candidate in candidates.items():
        likeness = resemblance(anchor, candidate)
        if likeness > best:
            best, found = likeness, key
    return found


def touches(passage: Passage, others: Iterable[Passage]) -> bool:
    """Whether a passage overlaps one of the others, in the same reading."""
    return any(
        passage.document == other.document
        and passage.text == other.text
        and passage.start < other.end
        and other.start < passage.end
        for other in others
    )


def same_words(passage: Passage, mention: SeenMention) -> bool:
    """Whether a passage is exactly a mention: same range, or same words on the same page."""
    if passage.document != mention.document:
        return False
    if passage.text == mention.text:
        return (passage.start, passage.end) == (mention.start, mention.end)
    return passage.page == mention.page and fold(passage.quote) == fold(mention.quote)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same code points as disjoint ranges in order."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
