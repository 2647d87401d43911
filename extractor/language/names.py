"""Names set right: English titles outside, the parts of one name together, whole firms.

Invariant: of two names of persons with nothing but one blank between them, one of a single word,
the first is a title, or both are one name (`Barrister` `Obi`); two longer ones stay two, for
rows of a table come that way. An initial has its dot (`Petra V.`), and a family name the initial
that stands after a comma (`Varga, P.`). An agency goes on with its office after a comma.
Nothing else is joined: `Grace. Grace` are two mentions. No name runs into another column of a
form (`name_columns`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Container

from extractor.language.name_columns import in_column
from extractor.record import EntityType, MentionKind
from models.network.tags import ScoredSpan
from models.network.tokens import Words

__all__ = ["PLATFORMS", "whole_names"]

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


_WRITTEN_SHORT = frozenset(["inc", "co", "corp", "ltd"])
"""Forms of business that end with a dot."""
_OFFICES = frozenset(["office", "division", "bureau", "department", "unit", "section", "wage"])
PLATFORMS = frozenset(
    ["facebook", "instagram", "whatsapp", "viber", "telegram", "wechat", "zelle", "venmo"]
) | {"paypal", "snapchat", "tiktok", "kakaotalk"}
"""Platforms are not marked (contract, conventions)."""


def whole_names(words: Words, spans: list[ScoredSpan]) -> list[ScoredSpan]:
    """The spans, each name without its title and with all its parts."""
    whole = (in_column(words, _with_apostrophe(words, s)) for s in spans if _is_name(s))
    names = sorted((s for s in whole if not _is_platform(words, s)), key=lambda s: s.first)
    begins = {span.first for span in names}
    persons = [_initialled(words, s, begins) for s in names if s.type is EntityType.PERSON]
    firms = [_dotted(words, span) for span in names if span.type is EntityType.ORGANIZATION]
    others = [span for span in spans if not _is_name(span)]
    others += [_untitled(words, span) for span in _joined(words, persons)]
    return others + _with_offices(words, firms)


def _is_name(span: ScoredSpan) -> bool:
    actor = span.type in {EntityType.PERSON, EntityType.ORGANIZATION}
    return span.kind is MentionKind.NAM and actor


def _is_platform(words: Words, span: ScoredSpan) -> bool:
    single = span.last - span.first == 1
    return single and words.form(span.first).casefold() in PLATFORMS


def _with_apostrophe(words: Words, span: ScoredSpan) -> ScoredSpan:
    """With what stands before an apostrophe that touches the name: `Ma'am Techie`."""
    first = span.first
    if first >= 2 and words.form(first - 1) in {"'", "’"}:
        run = words.text[words.starts[first - 2] : words.starts[first]]
        if run[0].isupper() and " " not in run and "\n" not in run:
            first -= 2
    return dataclasses.replace(span, first=first)


def _dotted(words: Words, firm: ScoredSpan) -> ScoredSpan:
    """With the dot of its form of business (`Inc.`), as the name is registered."""
    short = words.form(firm.last - 1).casefold() in _WRITTEN_SHORT
    dot = firm.last < len(words) and words.form(firm.last) == "."
    touches = dot and words.ends[firm.last - 1] == words.starts[firm.last]
    return dataclasses.replace(firm, last=firm.last + 1) if short and touches else firm


def _initialled(words: Words, person: ScoredSpan, begins: Container[int]) -> ScoredSpan:
    """With its initial, unless that begins another name: `Varga, P. Sample` are two."""
    last = _last_with_initial(words, person)
    if any(index in begins for index in range(person.last, last)):
        return person
    return dataclasses.replace(person, last=last)


def _last_with_initial(words: Words, person: ScoredSpan) -> int:
    """Where the name ends with the initial after its comma, or with an initial's dot."""
    last, end = person.last, int(words.ends[person.last - 1])
    if words.text[end : end + 2] == ", " and _is_initial(words, last + 1):
        return last + 3
    if last - person.first > 1 and _is_initial(words, last - 1):
        return last + 1
    return last


def _is_initial(words: Words, index: int) -> bool:
    """Whether a word is one capital with a dot, and no letter goes on (`M.D.`)."""
    if index + 1 >= len(words) or words.form(index + 1) != ".":
        return False
    end = int(words.ends[index + 1])
    form, after = words.form(index), words.text[end : end + 1]
    touches = words.ends[index] == words.starts[index + 1]
    return len(form) == 1 and form.isupper() and touches and not after.isalnum()


def _with_offices(words: Words, firms: list[ScoredSpan]) -> list[ScoredSpan]:
    """Agencies with the office that stands after a comma: `Department of Labor, Office of`."""
    joined: list[ScoredSpan] = []
    for firm in firms:
        before = joined[-1] if joined else None
        office = words.form(firm.first).casefold() in _OFFICES
        if (
            before is not None
            and office
            and words.text[words.ends[before.last - 1] : words.starts[firm.first]] == ", "
        ):
            joined[-1] = dataclasses.replace(before, last=firm.last)
        else:
            joined.append(firm)
    return joined


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
    first, second = before.last - before.first, name.last - name.first
    initial = first == 1 and len(words.form(before.first)) == 1
    return (gap == " " and 1 in {first, second}) or (gap == ". " and initial)


def _untitled(words: Words, span: ScoredSpan) -> ScoredSpan:
    """A name without the English title before it, if more than the title is left."""
    first = span.first
    while first < span.last - 1 and words.form(first).casefold() in _TITLES:
        dotted = words.form(first + 1) == "."
        first += 2 if dotted and first + 2 < span.last else 1
    return dataclasses.replace(span, first=first)
