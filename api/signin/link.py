"""The one-time sign-in link that the server prints at its start."""

from __future__ import annotations

from api.settings import SiteSettings
from haven import Haven
from haven.views import User, UserRole

__all__ = ["local_user", "sign_in_path"]

_LOCAL = "local@localhost"
_BY = "system:serve"


def local_user(haven: Haven) -> User:
    """The one user of a single machine, made on first use."""
    return haven.people.by_email(_LOCAL) or haven.people.add(
        name="Local adjudicator", email=_LOCAL, roles=set(UserRole), by=_BY
    )


def sign_in_path(haven: Haven, settings: SiteSettings) -> str:
    """A path that signs the local user in, once."""
    user = local_user(haven)
    token = haven.people.make_link(user.id, lifetime=settings.link_lifetime, by=_BY)
    return f"/sign-in?token={token}"
