"""Names of persons set right: English titles outside, the parts of one name together.

Invariant: two names with nothing but one blank between them are never two persons: the first
is a title, or both are one name (`Barrister` `Obi`). Nothing else is joined: `Grace. Grace`
are two mentions.
"""

from __future__ import annotations

import dataclasses

from extractor.record import EntityType, MentionKind
from models.network.tags import ScoredSpan
from models.network.tokens import Words

__all__ = ["whole_names"]

_TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "mister", "dr", "officer", "detective", "sergeant", "sgt", "det"]
) | {
    "deputy", "lieutenant", "inspector", "agent", "judge", "attorney", "professor", "pastor",
    "deacon", "bishop", "reverend", "rev", "trooper", "corporal", "captain", "capt", "father",
    "councilman", "councilwoman", "senator", "mayor", "defendant", "plaintiff", "lt", "cpl",
}  # fmt: skip
"""English titles, which stay outside a name whoever bears it (contract, conventions)."""
_TITLES_APART = _TITLES | {
    "sa", "ausa", "inv", "engr", "pr", "ofc", "tpr", "dep", "hon", "brother", "sister", "imam",
    "sir",
}  # fmt: skip
"""Words that are a title where they were tagged as a name of their own before another."""


def whole_names(words: Words, spans: list[ScoredSpan]) -> list[ScoredSpan]:
    """The spans, each name of a person without its title and with all its parts."""
    names = sorted((s for s in spans if _is_name(s)), key=lambda span: span.first)
    others = [span for span in spans if not _is_name(span)]
    return others + [_untitled(words, span) for span in _joined(words, names)]


def _is_name(span: ScoredSpan) -> bool:
    return span.kind is MentionKind.NAM and span.type is EntityType.PERSON


def _joined(words: Words, names: list[ScoredSpan]) -> list[ScoredSpan]:
    joined: list[ScoredSpan] = []
    for name in names:
        before = joined[-1] if joined else None
        if before is None or not _is_next(words, before, name):
            joined.append(name)
        elif words.form(before.last - 1).casefold() in _TITLES_APART:
            joined[-1] = name
        else:
            joined[-1] = dataclasses.replace(before, last=name.last)
    return joined


def _is_next(words: Words, before: ScoredSpan, name: ScoredSpan) -> bool:
    """Whether one blank alone parts two names, or an initial's dot."""
    gap = words.text[words.ends[before.last - 1] : words.starts[name.first]]
    initial = before.last - before.first == 1 and len(words.form(before.first)) == 1
    return gap == " " or (gap == ". " and initial)


def _untitled(words: Words, span: ScoredSpan) -> ScoredSpan:
    """A name without the English title before it, if more than the title is left."""
    first = span.first
    while first < span.last - 1 and words.form(first).casefold() in _TITLES:
        dotted = words.form(first + 1) == "."
        first += 2 if dotted and first + 2 < span.last else 1
    return dataclasses.replace(span, first=first)
