"""Who may do what, in one table."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

from fastapi import Depends

from api.signin.current import SignedIn, SignedInUser
from extractor.errors import PermissionDeniedError
from haven.views import User, UserRole

__all__ = ["MayAudit", "MayRead", "MayReview", "MayUpload", "Permission", "allowed"]


class Permission(StrEnum):
    """What can be allowed."""

    READ_CASES = "READ_CASES"
    UPLOAD = "UPLOAD"
    REVIEW = "REVIEW"
    AUDIT = "AUDIT"


_R = UserRole
_HOLDERS: dict[Permission, frozenset[UserRole]] = {
    Permission.READ_CASES: frozenset({_R.ADJUDICATOR, _R.SUPERVISOR}),
    Permission.UPLOAD: frozenset({_R.ADJUDICATOR, _R.SUPERVISOR}),
    Permission.REVIEW: frozenset({_R.ADJUDICATOR, _R.SUPERVISOR}),
    Permission.AUDIT: frozenset({_R.AUDITOR, _R.SUPERVISOR}),
}
"""An administrator manages accounts and machines and sees no case by that."""


def allowed(user: User, permission: Permission) -> bool:
    """Whether one of the user's roles holds the permission."""
    return bool(user.roles & _HOLDERS[permission])


def _needs(permission: Permission) -> Callable[[SignedInUser], SignedInUser]:
    def check(signed_in: SignedIn) -> SignedInUser:
        if not allowed(signed_in.user, permission):
            raise PermissionDeniedError("You may not do this.")
        return signed_in

    return check


MayRead = Annotated[SignedInUser, Depends(_needs(Permission.READ_CASES))]
MayUpload = Annotated[SignedInUser, Depends(_needs(Permission.UPLOAD))]
MayReview = Annotated[SignedInUser, Depends(_needs(Permission.REVIEW))]
MayAudit = Annotated[SignedInUser, Depends(_needs(Permission.AUDIT))]
