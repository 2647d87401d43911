"""Findings of two files of a case that are perhaps one person: proposed, never merged here.

Names match as they do where decisions find their findings again (`Footprint`), identifiers as
the blind index compares them; names that are merely alike, as the language room has it, count
only where no third finding of these files could be meant as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from extractor.language.coreference.unlike_names import alike
from extractor.record import EntityType
from haven.encryption import normalise
from haven.review.anchors import Footprint
from haven.review.model import Finding, FindingStatus

__all__ = ["Likeness", "likenesses"]

_OF_ONE_PERSON = frozenset(
    [
        EntityType.PHONE,
        EntityType.EMAIL,
        EntityType.ACCOUNT,
        EntityType.A_NUMBER,
        EntityType.SSN,
        EntityType.PASSPORT,
    ]
)
"""Identifiers that seldom belong to two; addresses, vehicles and dates often do."""
_CALLED = {"A_NUMBER": "A-number", "SSN": "SSN"}
_MOST_COMPARED = 5_000
"""Pairs whose names are compared letter by letter: a hundred findings, a fifth of a second."""

Pair = tuple[Finding, Finding]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another finding that is perhaps the same person, and why."""

    other: Finding
    why: str


def likenesses(findings: Sequence[Finding]) -> Mapping[str, list[Likeness]]:
    """For each finding, by key, those of other files that are perhaps the same."""
    prints = {finding.key: Footprint.of(finding) for finding in findings}
    pairs = [pair for pair in combinations(findings, 2) if _comparable(*pair, prints)]
    found: dict[str, list[Likeness]] = {}
    for (one, other), why in _matches(pairs, prints):
        found.setdefault(one.key, []).append(Likeness(other, why))
        found.setdefault(other.key, []).append(Likeness(one, why))
    return found


def _comparable(one: Finding, other: Finding, prints: Mapping[str, Footprint]) -> bool:
    """Two of one file were told apart by whoever read it, two of a type alone can be one."""
    rejected = FindingStatus.REJECTED in {one.status, other.status}
    apart = prints[one.key].documents.isdisjoint(prints[other.key].documents)
    return apart and not rejected and one.type is other.type


def _matches(pairs: Sequence[Pair], prints: Mapping[str, Footprint]) -> Iterator[tuple[Pair, str]]:
    near = _near(pairs, prints)
    told = _documents_near(near.values(), prints)
    for one, other in pairs:
        if other.key in one.told_apart or one.key in other.told_apart:
            continue
        values = _values(one) & _values(other)
        names = prints[one.key].names & prints[other.key].names
        if values:
            yield (one, other), f"same {_CALLED.get(kind := min(values)[0], kind.lower())}"
        elif any(" " in name for name in names):
            yield (one, other), "same name"
        elif (one.key, other.key) in near and _only((one, other), told, prints):
            yield (one, other), "same name" if names else "similar name"


def _near(pairs: Sequence[Pair], prints: Mapping[str, Footprint]) -> dict[tuple[str, str], Pair]:
    """The pairs that share a name, or have names alike, by their keys."""
    few = len(pairs) <= _MOST_COMPARED
    return {
        (one.key, other.key): (one, other)
        for one, other in pairs
        if prints[one.key].names & prints[other.key].names or (few and alike(one.name, other.name))
    }


def _values(finding: Finding) -> set[tuple[str, str]]:
    values = {
        (identifier.type, normalise(identifier.type, identifier.value))
        for identifier in finding.identifiers
        if identifier.type in _OF_ONE_PERSON
    }
    return {(kind, value) for kind, value in values if value}


def _documents_near(
    near: Iterable[Pair], prints: Mapping[str, Footprint]
) -> Mapping[str, Counter[str]]:
    """For each finding, by key, in which files others are near to it, and how many."""
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one, other in near:
        told[one.key].update(prints[other.key].documents)
        told[other.key].update(prints[one.key].documents)
    return told


def _only(pair: Pair, told: Mapping[str, Counter[str]], prints: Mapping[str, Footprint]) -> bool:
    """Whether neither of the two is near to another finding of the same files.

    What is near to a finding stands in no file of it: only the other's files can tell.
    """
    one, other = (finding.key for finding in pair)
    return all(told[one][d] == 1 for d in prints[other].documents) and all(
        told[other][d] == 1 for d in prints[one].documents
    )
