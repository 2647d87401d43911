"""One name, one type: a name tagged as a person here and as an organization there.

Invariant: only these two types are changed, names of two words or more by what is said of them
throughout, and a single word only from an unsure person to the one firm whose name holds it
(`Brightwick` of `Brightwick Nurse Bridge`); what is said of the mentions otherwise stays.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict

from extractor.language.mentions import FoundMention
from extractor.record import EntityType, MentionKind
from models.network.pairs import plain

__all__ = ["of_one_type"]

_SURE = 0.85
"""Score from which a single word is the person that it was taken for, whatever firm bears it."""
_ACTORS = (EntityType.PERSON, EntityType.ORGANIZATION)
_FORMS_OF_BUSINESS = frozenset(
    ["inc", "llc", "ltd", "corp", "co", "company", "sa", "cv", "srl", "sac", "eirl", "gmbh", "pllc"]
)


def of_one_type(mentions: list[FoundMention]) -> list[FoundMention]:
    """The mentions, each name with the type for which its mentions speak most surely.

    A name that stands anywhere with its form of business (Inc., S.A.) is an organization.
    """
    weights: dict[str, dict[EntityType, float]] = defaultdict(lambda: dict.fromkeys(_ACTORS, 0.0))
    for mention in mentions:
        key = _key(mention)
        if key:
            weights[key][mention.placed.type] += mention.score
            if _is_business(mention):
                weights[key][EntityType.ORGANIZATION] += len(mentions)
    typed = [_retyped(mention, weights) for mention in mentions]
    bearers = {kind: _parts(typed, kind) for kind in _ACTORS}
    return [_with_its_firm(mention, bearers) for mention in typed]


def _parts(mentions: list[FoundMention], kind: EntityType) -> frozenset[str]:
    """The words of all longer names of a type."""
    names = (_words(m) for m in mentions if m.placed.type is kind and _is_name(m))
    return frozenset(word for name in names if len(name) > 1 for word in name)


def _is_name(mention: FoundMention) -> bool:
    return mention.placed.kind is MentionKind.NAM


def _with_its_firm(
    mention: FoundMention, bearers: dict[EntityType, frozenset[str]]
) -> FoundMention:
    words = _words(mention) if _is_name(mention) else []
    unsure = mention.placed.type is EntityType.PERSON and mention.score < _SURE
    if len(words) != 1 or not unsure or words[0] in bearers[EntityType.PERSON]:
        return mention
    firm = words[0] in bearers[EntityType.ORGANIZATION] and mention.placed.form[0].isupper()
    return _as(mention, EntityType.ORGANIZATION) if firm else mention


def _key(mention: FoundMention) -> str:
    """The name without its form of business; empty for all that is not to be changed."""
    placed = mention.placed
    if placed.kind is not MentionKind.NAM or placed.type not in _ACTORS:
        return ""
    words = _words(mention)
    while words and words[-1] in _FORMS_OF_BUSINESS:
        words.pop()
    return " ".join(words) if len(words) > 1 else ""


def _words(mention: FoundMention) -> list[str]:
    return plain(mention.placed.form.replace(".", "")).split()


def _is_business(mention: FoundMention) -> bool:
    return _words(mention)[-1] in _FORMS_OF_BUSINESS


def _retyped(mention: FoundMention, weights: dict[str, dict[EntityType, float]]) -> FoundMention:
    key = _key(mention)
    if not key:
        return mention
    best = max(_ACTORS, key=lambda kind: weights[key][kind])
    if best is mention.placed.type:
        return mention
    return _as(mention, best)


def _as(mention: FoundMention, kind: EntityType) -> FoundMention:
    return dataclasses.replace(mention, placed=dataclasses.replace(mention.placed, type=kind))
