"""What was confirmed of a case, read back from the document that `exporting` wrote.

Invariant: nothing here is taken from a newer reading; what a person has not confirmed is absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from haven.review.circumstances import Circumstance, Kind
from haven.review.model import MeansFact, Passage, RoleFact, SeenMention

__all__ = ["ConfirmedCase", "ConfirmedPerson", "confirmed_case"]


@dataclass(frozen=True, slots=True)
class ConfirmedPerson:
    """An alleged trafficker's roles and means with the words that show them, and mentions."""

    roles: tuple[RoleFact, ...]
    means: tuple[MeansFact, ...]
    mentions: tuple[SeenMention, ...]


@dataclass(frozen=True, slots=True)
class ConfirmedCase:
    """The circumstances of the case, and the alleged traffickers by person."""

    circumstances: tuple[Circumstance, ...] = ()
    persons: Mapping[str, ConfirmedPerson] = field(default_factory=dict)


def confirmed_case(document: Mapping[str, Any]) -> ConfirmedCase:
    """The parts of a confirmed document; records of earlier versions may lack some."""
    facts = document.get("case", {}).get("circumstances", [])
    persons = document.get("alleged_traffickers", [])
    return ConfirmedCase(
        tuple(_circumstance(fact) for fact in facts),
        {person["person"]: _person(person) for person in persons},
    )


def _circumstance(fact: Mapping[str, Any]) -> Circumstance:
    passages, forms = (
        tuple(Passage.model_validate(one) for one in fact.get(key, []))
        for key in ("passages", "forms")
    )
    return Circumstance(Kind(fact["kind"]), fact["value"], fact.get("detail"), passages, forms)


def _person(person: Mapping[str, Any]) -> ConfirmedPerson:
    return ConfirmedPerson(
        tuple(RoleFact.model_validate(one) for one in person.get("roles", [])),
        tuple(MeansFact.model_validate(one) for one in person.get("means", [])),
        tuple(SeenMention.model_validate(one) for one in person.get("mentions", [])),
    )
