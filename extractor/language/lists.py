"""Lists of persons: a line that begins with somebody tells whose the values on it are.

`Samir, mobile: 201-555-0177`, `(2) MORALES, Elder, DOB 01/04/1986; passport X0000001`: of 836
values that stand so in the training and development texts, 828 belong to whom the line begins
with. A network that weighs pairs of mentions looks past the end of a line and often takes the
neighbour's.

Invariant: only a value on a line whose first words, after bullet, number and label, are one
actor is told of, and only if no other actor is mentioned before it on that line or right after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.language.equal_values import ACTORS
from extractor.language.exclusive import ONE_HOLDER
from extractor.language.findings import FoundRelation
from extractor.language.line_breaks import ended_on_purpose
from extractor.language.mentions import FoundMention
from extractor.record import EntityType, RelationType

__all__ = ["listed", "with_listed"]

_SCORE = 0.99
_BEFORE = re.compile(
    r"[ \t]*(?:[-•*–—·▪>]+[ \t]*)?(?:\(?(?:\d{1,2}|[a-zA-Z])[.)][ \t]*)?"
    r"(?:(?:[A-Z][\w/#]*+[ \t]?+){1,3}\d{0,2}[ \t]*[:.][ \t]*)?"
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?[ \t]+)?[\"“']?"
)
"""Bullet, number, label (`SUSPECT 1:`) and title that may stand before the first actor."""
_BULLET = re.compile(r"[-•*–—·▪>]|\(?(?:\d{1,2}|[a-zA-Z])[.)][ \t]")
_AFTER = re.compile(
    r"[\"”']?(?:[ \t]*\([^)\n]*\))?(?:[ \t]*(?::|;|—|–|\||\.\.\.)|[ \t]+-|[ \t]{2,}"
    r"|,(?=[ \t]*(?:DOB|D\.O\.B|born|b\.|tel|phone|cell|mobile|e-?mail|plate|acct|account|passport"
    r"|\+?\(?\d)))",
    re.IGNORECASE,
)
"""What parts the actor from the values."""
_BIRTH = re.compile(
    r"(?:DOB|D\.O\.B\.?|born|\bb\.|date of birth|birth)[: \t]*(?:on )?$", re.IGNORECASE
)
_LABEL, _NEXT = 22, 40
"""Characters before a date in which its label stands, and after a value in which its owner may."""
_OWN = ONE_HOLDER - {EntityType.RECEIPT_NUMBER}
"""The receipt of a petition may be the beneficiary's, on whoever's line it stands."""


class _Line(NamedTuple):
    """A line's mentions by index, in text order, the outer before the inner."""

    start: int
    end: int
    members: list[int]


def listed(
    text: str, mentions: Sequence[FoundMention], clusters: Sequence[Sequence[int]]
) -> list[FoundRelation]:
    """What the lines of lists say: holders of identifiers, births, citizenships, addresses."""
    owner = {mention: entity for entity, cluster in enumerate(clusters) for mention in cluster}
    return [
        FoundRelation(kind, None, owner[first], owner[value], _SCORE, (first, value))
        for line in _lines(text, mentions)
        for first, value, kind in _told(text, mentions, owner, line)
    ]


def with_listed(
    relations: Iterable[FoundRelation],
    told: Sequence[FoundRelation],
    types: Sequence[EntityType],
) -> list[FoundRelation]:
    """The network's relations and those of lists; where the two disagree, the lists hold.

    Args:
        types: the type of each entity.
    """
    births = {r.head for r in told if r.type is RelationType.BORN_ON}
    held = {r.tail for r in told if _is_own(r, types)}
    same = {(r.type, r.head, r.tail) for r in told}
    kept = [
        r for r in relations
        if (r.type, r.head, r.tail) not in same
        and not (r.type is RelationType.BORN_ON and r.head in births)
        and not (r.tail in held and _is_own(r, types))
    ]  # fmt: skip
    first = {(r.type, r.head, r.tail): r for r in reversed(told)}
    return kept + list(first.values())


def _is_own(relation: FoundRelation, types: Sequence[EntityType]) -> bool:
    """Whether it gives an identifier that has one holder, or a date of birth."""
    if relation.type is RelationType.BORN_ON:
        return True
    return relation.type is RelationType.HAS_IDENTIFIER and types[relation.tail] in _OWN


def _lines(text: str, mentions: Sequence[FoundMention]) -> list[_Line]:
    """Lines with mentions; one that was too long for the page goes on below."""
    joined: list[_Line] = []
    for line in _printed(text, mentions):
        if joined and _goes_on(text, mentions, joined[-1], line):
            joined[-1].members.extend(line.members)
            joined[-1] = joined[-1]._replace(end=line.end)
        else:
            joined.append(line)
    return joined


def _printed(text: str, mentions: Sequence[FoundMention]) -> Iterator[_Line]:
    order = sorted(range(len(mentions)), key=lambda n: (mentions[n].start, -mentions[n].end))
    at = start = 0
    for end in (*(match.start() for match in re.finditer("\n", text)), len(text)):
        first = at
        while at < len(order) and mentions[order[at]].start < end:
            at += 1
        yield _Line(start, end, order[first:at])
        start = end + 1


def _goes_on(text: str, mentions: Sequence[FoundMention], before: _Line, line: _Line) -> bool:
    """Whether a line was broken for want of room and the next begins no entry of its own."""
    written = text[line.start : line.end].lstrip()
    end = before.end
    while end > before.start and text[end - 1].isspace():
        end -= 1
    if not written or end == before.start or _BULLET.match(written):
        return False
    first = next((n for n in line.members if mentions[n].placed.type in ACTORS), None)
    begins = first is not None and _begins(text, mentions[first], line)
    return not begins and not ended_on_purpose(text, end, line.end - len(written))


def _told(
    text: str, mentions: Sequence[FoundMention], owner: dict[int, int], line: _Line
) -> Iterator[tuple[int, int, RelationType]]:
    actors = [n for n in line.members if mentions[n].placed.type in ACTORS]
    if not actors or not _begins(text, mentions[actors[0]], line):
        return
    first = actors[0]
    others = (mentions[n].start for n in actors if owner[n] != owner[first])
    other = min(others, default=line.end + _NEXT)
    for value in line.members:
        kind = _relation(text, mentions[first], mentions[value])
        if kind is None or mentions[value].start < mentions[first].end:
            continue
        if other >= mentions[value].end + _NEXT:
            yield first, value, kind


def _begins(text: str, first: FoundMention, line: _Line) -> bool:
    before = _BEFORE.fullmatch(text, line.start, first.start)
    return before is not None and _AFTER.match(text, first.end, line.end) is not None


def _relation(text: str, first: FoundMention, value: FoundMention) -> RelationType | None:
    """What a value on somebody's line is to them; None for what may be anything."""
    kind, person = value.placed.type, first.placed.type is EntityType.PERSON
    if kind in _OWN or kind is EntityType.VEHICLE:
        return RelationType.HAS_IDENTIFIER
    if kind is EntityType.ADDRESS:
        return RelationType.RESIDES_AT if person else RelationType.LOCATED_AT
    if kind is EntityType.NATIONALITY and person:
        return RelationType.CITIZEN_OF
    born = _BIRTH.search(text, max(0, value.start - _LABEL), value.start)
    return RelationType.BORN_ON if kind is EntityType.DATE and person and born else None
