"""Which of the scored roles an entity has, and which of them exclude each other.

Invariant: whoever may be the declarant is never accused, and whoever is accused is no helper,
witness or officer: in the training corpus these roles stood together for fewer than one in a
hundred. OTHER is "none of these" (contract) and stands alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.language.findings import FoundLabel
from extractor.record import TRAFFICKER_ROLES, RoleName

__all__ = ["roles_of", "threshold_of"]

_INNOCENT = frozenset({RoleName.HELPER, RoleName.WITNESS, RoleName.LAW_ENFORCEMENT, RoleName.OTHER})
_ONE_OF_TWO = frozenset({RoleName.HELPER, RoleName.LAW_ENFORCEMENT})
_Roles = dict[RoleName, FoundLabel]


def roles_of(
    labels: Sequence[FoundLabel], trafficker: float, thresholds: dict[str, float]
) -> list[FoundLabel]:
    """The roles that hold, surest first; at least one.

    Args:
        trafficker: probability that the entity is an alleged trafficker; their roles hold only
            if the whole says so.
    """
    scored = {label.label: label for label in labels if isinstance(label.label, RoleName)}
    declarant = scored[RoleName.DECLARANT].score >= thresholds["role"]
    alleged = trafficker >= thresholds["trafficker"] and not declarant
    chosen = {
        role: label
        for role, label in scored.items()
        if label.score >= threshold_of(thresholds, "role", role)
        and (alleged or role not in TRAFFICKER_ROLES)
    }
    if alleged and not any(role in TRAFFICKER_ROLES for role in chosen):
        chosen |= _surest(scored, TRAFFICKER_ROLES)
    if not chosen:
        chosen = _surest(scored, frozenset(RoleName) - TRAFFICKER_ROLES)
    return sorted(_agreeing(chosen, alleged=alleged).values(), key=lambda label: -label.score)


def threshold_of(thresholds: dict[str, float], kind: str, name: str) -> float:
    """The threshold of one role or means, where it has its own."""
    return thresholds.get(f"{kind} {name}", thresholds[kind])


def _surest(scored: _Roles, roles: frozenset[RoleName]) -> _Roles:
    best = max((scored[role] for role in roles), key=lambda label: label.score)
    return {RoleName(str(best.label)): best}


def _agreeing(chosen: _Roles, *, alleged: bool) -> _Roles:
    """The roles without those that a surer one excludes."""
    if alleged:
        return {role: label for role, label in chosen.items() if role not in _INNOCENT}
    kept = dict(chosen)
    if kept.keys() >= _ONE_OF_TWO:
        del kept[min(_ONE_OF_TWO, key=lambda role: kept[role].score)]
    other = kept.pop(RoleName.OTHER, None)
    if other is not None and all(other.score > label.score for label in kept.values()):
        return {RoleName.OTHER: other}
    return kept
