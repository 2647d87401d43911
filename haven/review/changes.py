"""What each decision does to findings: pure functions, and each of them idempotent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from extractor.record import EntityType, MentionKind
from haven.encryption import normalise
from haven.review.anchors import Footprint, fold, touches
from haven.review.model import (
    Add,
    Correct,
    Fact,
    Finding,
    FindingStatus,
    Identifier,
    MeansFact,
    Origin,
    Passage,
    RoleFact,
    SeenMention,
    Split,
    Tie,
)

__all__ = ["added", "corrected", "merged", "overlaid", "split"]

AnyFact = TypeVar("AnyFact", bound=Fact)


def corrected(finding: Finding, change: Correct) -> Finding:
    """The finding with its facts put right."""
    roles = tuple(RoleFact(role=role) for role in change.add_roles)
    means = tuple(MeansFact(means=name) for name in change.add_means)
    name = change.name or finding.name
    gone = {fold(alias) for alias in change.remove_aliases}
    # A name put right stays findable: the old one is still how the file calls this person.
    kept_aliases = [n for n in (*finding.aliases, finding.name) if fold(n) not in gone]
    gone_values = {_value_key(identifier) for identifier in change.remove_identifiers}
    kept_values = [i for i in finding.identifiers if _value_key(i) not in gone_values]
    kept_ties = [tie for tie in finding.relations if tie not in change.remove_relations]
    told = change.relationship_to_declarant
    return finding.model_copy(
        update={
            "name": name,
            "aliases": _names(name, [*kept_aliases, *change.add_aliases]),
            "roles": _joined(_without(finding.roles, change.remove_roles), roles),
            "means": _joined(_without(finding.means, change.remove_means), means),
            "identifiers": _values([*kept_values, *change.add_identifiers]),
            "relations": _unique([*kept_ties, *change.add_relations]),
            "relationship_to_declarant": finding.relationship_to_declarant
            if told is None
            else told.strip() or None,
        }
    )


def merged(stays: Finding, goes: Finding) -> Finding:
    """Two findings as one person, under the first one's key and name."""
    return stays.model_copy(
        update={
            "aliases": _names(stays.name, [*stays.aliases, goes.name, *goes.aliases]),
            "roles": _joined(stays.roles, goes.roles),
            "means": _joined(stays.means, goes.means),
            "identifiers": _values([*stays.identifiers, *goes.identifiers]),
            "relations": _unique([*stays.relations, *goes.relations]),
            "relationship_to_declarant": stays.relationship_to_declarant
            or goes.relationship_to_declarant,
            "doubts": _unique([*stays.doubts, *goes.doubts]),
            "mentions": _in_order([*stays.mentions, *goes.mentions]),
            "evidence": _unique([*stays.evidence, *goes.evidence]),
            "score": max(stays.score, goes.score),
            "decisions": _unique([*stays.decisions, *goes.decisions]),
            "told_apart": _unique([*stays.told_apart, *goes.told_apart]),
            "entities": _unique([*stays.entities, *goes.entities]),
        }
    )


def split(finding: Finding, cut: Split, key: str) -> tuple[Finding, Finding]:
    """What stays of the finding, and the other person that the cut makes of the rest."""
    named = {fold(name) for name in cut.aliases}
    taken = [m for m in finding.mentions if _is_taken(m, cut.spans, named)]
    kept = [m for m in finding.mentions if m not in taken]
    taken = taken or [SeenMention(**passage.model_dump()) for passage in cut.spans]
    return _what_stays(finding, cut, taken, kept), _what_goes(finding, cut, taken, key)


def _what_stays(
    finding: Finding, cut: Split, taken: Sequence[SeenMention], kept: Sequence[SeenMention]
) -> Finding:
    names = {fold(name) for name in (cut.name, *cut.aliases)}
    gone = {_value_key(identifier) for identifier in cut.identifiers}
    return finding.model_copy(
        update={
            **_left_names(finding, names, kept),
            "roles": _staying(_without(finding.roles, cut.roles), taken, kept),
            "means": _staying(_without(finding.means, cut.means), taken, kept),
            "identifiers": tuple(i for i in finding.identifiers if _value_key(i) not in gone),
            "mentions": tuple(kept),
            "evidence": tuple(p for p in finding.evidence if not _only(p, taken, kept)),
        }
    )


def _what_goes(finding: Finding, cut: Split, taken: Sequence[SeenMention], key: str) -> Finding:
    roles = tuple(RoleFact(role=role) for role in cut.roles)
    means = tuple(MeansFact(means=name) for name in cut.means)
    return Finding(
        key=key,
        type=finding.type,
        name=cut.name,
        aliases=_names(cut.name, cut.aliases),
        roles=_joined(_leaving(finding.roles, taken), roles),
        means=_joined(_leaving(finding.means, taken), means),
        identifiers=_values(cut.identifiers),
        mentions=tuple(taken),
        evidence=tuple(p for p in finding.evidence if touches(p, taken)),
        score=finding.score,
        origin=Origin.REVIEWER,
        made_by=key,
    )


def added(addition: Add, key: str) -> Finding:
    """The person whom a reviewer added: accepted, as nobody adds what they do not allege."""
    return Finding(
        key=key,
        type=EntityType(addition.type),
        name=addition.name,
        aliases=_names(addition.name, addition.aliases),
        roles=tuple(RoleFact(role=role, evidence=addition.spans) for role in addition.roles),
        means=tuple(MeansFact(means=name, evidence=addition.spans) for name in addition.means),
        identifiers=_values(addition.identifiers),
        relationship_to_declarant=addition.relationship_to_declarant,
        mentions=tuple(SeenMention(**passage.model_dump()) for passage in addition.spans),
        evidence=addition.spans,
        origin=Origin.REVIEWER,
        status=FindingStatus.ACCEPTED,
        made_by=key,
    )


def overlaid(reviewed: Finding, found: Finding) -> Finding:
    """A person made by a reviewer whom a later extraction found too.

    The reviewer's words come first; of the mentions, those that the extraction lacks.
    """
    known = Footprint.of(found)
    lacking = tuple(mention for mention in reviewed.mentions if not known.holds(mention))
    both = merged(reviewed.model_copy(update={"mentions": lacking}), found)
    return both.model_copy(update={"origin": Origin.MACHINE, "score": found.score})


def _is_taken(mention: SeenMention, spans: Sequence[Passage], names: set[str]) -> bool:
    named = mention.kind is MentionKind.NAM and fold(mention.quote) in names
    return named or touches(mention, spans)


def _left_names(
    finding: Finding, taken: set[str], kept: Sequence[SeenMention]
) -> dict[str, object]:
    """Name and aliases of what stays: the fullest name left, when its own name went away."""
    aliases = [alias for alias in finding.aliases if fold(alias) not in taken]
    name = finding.name
    if fold(name) in taken:
        quotes = sorted((m.quote for m in kept if m.kind is MentionKind.NAM), key=len, reverse=True)
        name = next(iter([*quotes, *aliases]), name)
    return {"name": name, "aliases": _names(name, aliases)}


def _only(passage: Passage, taken: Sequence[SeenMention], kept: Sequence[SeenMention]) -> bool:
    return touches(passage, taken) and not touches(passage, kept)


def _staying(
    facts: Sequence[AnyFact], taken: Sequence[SeenMention], kept: Sequence[SeenMention]
) -> tuple[AnyFact, ...]:
    """Facts with some evidence that is not only about the person taken away, or with none."""
    left = []
    for fact in facts:
        evidence = tuple(p for p in fact.evidence if not _only(p, taken, kept))
        if evidence or not fact.evidence:
            left.append(fact.model_copy(update={"evidence": evidence}))
    return tuple(left)


def _leaving(facts: Sequence[AnyFact], taken: Sequence[SeenMention]) -> tuple[AnyFact, ...]:
    """Facts whose evidence mentions the person taken away."""
    return tuple(
        fact.model_copy(update={"evidence": evidence})
        for fact in facts
        if (evidence := tuple(p for p in fact.evidence if touches(p, taken)))
    )


def _without(facts: Sequence[AnyFact], labels: Sequence[str]) -> tuple[AnyFact, ...]:
    return tuple(fact for fact in facts if fact.label not in labels)


def _joined(first: Sequence[AnyFact], second: Sequence[AnyFact]) -> tuple[AnyFact, ...]:
    """Facts of both, each label once, with all its evidence and its best score."""
    facts: dict[str, AnyFact] = {}
    for fact in (*first, *second):
        if fact.label in facts:
            facts[fact.label] = _both(facts[fact.label], fact)
        else:
            facts[fact.label] = fact
    return tuple(facts.values())


def _both(old: AnyFact, new: AnyFact) -> AnyFact:
    evidence = _unique([*old.evidence, *new.evidence])
    return new.model_copy(update={"score": max(old.score, new.score), "evidence": evidence})


def _names(name: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """Aliases once each, however spelt, and without the name itself."""
    known: dict[str, str] = {}
    for alias in aliases:
        known.setdefault(fold(alias), alias)
    known.pop(fold(name), None)
    return tuple(known.values())


def _value_key(identifier: Identifier) -> tuple[str, str]:
    return identifier.type, normalise(identifier.type, identifier.value)


def _values(identifiers: Iterable[Identifier]) -> tuple[Identifier, ...]:
    known: dict[tuple[str, str], Identifier] = {}
    for identifier in identifiers:
        known.setdefault(_value_key(identifier), identifier)
    return tuple(known.values())


Item = TypeVar("Item", str, Tie, Passage, tuple[str, str])


def _unique(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(items))


def _in_order(mentions: Iterable[SeenMention]) -> tuple[SeenMention, ...]:
    return tuple(sorted(dict.fromkeys(mentions), key=lambda m: (m.document, m.start, m.end)))
