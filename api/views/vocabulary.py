"""The lists that reviewers choose from."""

from __future__ import annotations

from typing import Any

from extractor.record import TRAFFICKER_ROLES, EntityType, MeansName, RelationType, RoleName

__all__ = ["VOCABULARY"]

_T = EntityType

VOCABULARY: dict[str, Any] = {
    "scheme_roles": [role for role in RoleName if role in TRAFFICKER_ROLES],
    "other_roles": [role for role in RoleName if role not in TRAFFICKER_ROLES],
    "all_means": list(MeansName),
    "relation_types": list(RelationType),
    "identifier_types": [
        _T.PHONE,
        _T.EMAIL,
        _T.ACCOUNT,
        _T.ADDRESS,
        _T.LOCATION,
        _T.DATE,
        _T.NATIONALITY,
        _T.A_NUMBER,
        _T.SSN,
        _T.PASSPORT,
        _T.RECEIPT_NUMBER,
        _T.CASE_NUMBER,
        _T.PLATE,
        _T.VEHICLE,
    ],
}
