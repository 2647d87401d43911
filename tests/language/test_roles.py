"""Roles that exclude each other never stand together, whatever the scores."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.language.findings import FoundLabel
from extractor.language.roles import roles_of
from extractor.record import TRAFFICKER_ROLES, RoleName

THRESHOLDS = {"trafficker": 0.4, "role": 0.5}
INNOCENT = {RoleName.HELPER, RoleName.WITNESS, RoleName.LAW_ENFORCEMENT, RoleName.OTHER}


def found(scores: dict[RoleName, float], trafficker: float) -> set[RoleName]:
    labels = [FoundLabel(role, scores.get(role, 0.01), 0) for role in RoleName]
    return {RoleName(str(label.label)) for label in roles_of(labels, trafficker, THRESHOLDS)}


def test_an_enforcer_is_no_helper() -> None:
    scores = {RoleName.ENFORCER: 0.7, RoleName.HELPER: 0.6}
    assert found(scores, 0.9) == {RoleName.ENFORCER}
    assert found(scores, 0.1) == {RoleName.HELPER}


def test_other_stands_alone_or_yields() -> None:
    assert found({RoleName.OTHER: 0.9, RoleName.WITNESS: 0.6}, 0.0) == {RoleName.OTHER}
    assert found({RoleName.OTHER: 0.6, RoleName.WITNESS: 0.9}, 0.0) == {RoleName.WITNESS}


def test_an_officer_who_helps_is_one_of_them() -> None:
    scores = {RoleName.LAW_ENFORCEMENT: 0.9, RoleName.HELPER: 0.8, RoleName.WITNESS: 0.7}
    assert found(scores, 0.0) == {RoleName.LAW_ENFORCEMENT, RoleName.WITNESS}


def test_the_declarant_is_never_accused() -> None:
    scores = {RoleName.DECLARANT: 0.9, RoleName.ENFORCER: 0.9}
    assert found(scores, 0.99) == {RoleName.DECLARANT}


@given(st.dictionaries(st.sampled_from(list(RoleName)), st.floats(0.0, 1.0)), st.floats(0.0, 1.0))
def test_everybody_has_roles_that_agree(scores: dict[RoleName, float], trafficker: float) -> None:
    roles = found(scores, trafficker)
    assert roles
    assert not (roles & TRAFFICKER_ROLES and roles & INNOCENT)
    assert RoleName.OTHER not in roles or roles == {RoleName.OTHER}
