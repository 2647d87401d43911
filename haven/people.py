"""Users, one-time sign-in links and server-side sessions; of every token only a hash is kept."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Collection

from sqlalchemy import ColumnElement, Update, select, update

from extractor.errors import NotFoundError
from haven.store import Store, new_id, now
from haven.tables import SessionRow, SignInLinkRow, UserRow
from haven.trail import Action
from haven.views import User, UserRole

__all__ = ["People"]

_TOKEN_BYTES = 32
DAY = datetime.timedelta(days=1)
HOURS = datetime.timedelta(hours=10)


class People:
    """Who the users are and who is signed in; what they may do is for the API to say."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        *,
        name: str,
        email: str,
        roles: Collection[UserRole],
        by: str,
        identity: tuple[str, str] | None = None,
    ) -> User:
        """A new user; `identity` is (issuer, subject) of the sign-in service."""
        user_id = new_id()
        issuer, subject = identity or (None, None)
        with self._store.act(Action.USER_ADDED, by, user_id) as act:
            row = UserRow(
                id=user_id,
                name=name,
                email=email.strip().casefold(),
                issuer=issuer,
                subject=subject,
                roles=sorted(roles),
                active=True,
                created_at=now(),
            )
            act.session.add(row)
            return _user(row)

    def get(self, user_id: str) -> User:
        """One user."""
        with self._store.read() as session:
            return _user(self._store.find(session, UserRow, user_id))

    def by_email(self, email: str) -> User | None:
        """The user with this address, if there is one."""
        query = select(UserRow).where(UserRow.email == email.strip().casefold())
        with self._store.read() as session:
            row = session.scalar(query)
            return None if row is None else _user(row)

    def by_identity(self, issuer: str, subject: str) -> User | None:
        """The user that the sign-in service calls so, if there is one."""
        query = select(UserRow).where(UserRow.issuer == issuer, UserRow.subject == subject)
        with self._store.read() as session:
            row = session.scalar(query)
            return None if row is None else _user(row)

    def everybody(self) -> list[User]:
        """All users, by name."""
        with self._store.read() as session:
            return [_user(row) for row in session.scalars(select(UserRow).order_by(UserRow.name))]

    def change(
        self,
        user_id: str,
        *,
        by: str,
        roles: Collection[UserRole] | None = None,
        active: bool | None = None,
        identity: tuple[str, str] | None = None,
    ) -> User:
        """Change a user; one who is no longer active is signed out everywhere."""
        with self._store.act(Action.USER_CHANGED, by, user_id) as act:
            row = self._store.find(act.session, UserRow, user_id, lock=True)
            row.roles = row.roles if roles is None else sorted(roles)
            row.active = row.active if active is None else active
            row.issuer, row.subject = identity or (row.issuer, row.subject)
            if not row.active:
                act.session.execute(_end(SessionRow.user_id == user_id))
            return _user(row)

    def make_link(self, user_id: str, *, by: str, lifetime: datetime.timedelta = DAY) -> str:
        """The token of a new one-time sign-in link; it cannot be shown again."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._store.act(Action.LINK_MADE, by, user_id) as act:
            self._store.find(act.session, UserRow, user_id)
            expires = now() + lifetime
            row = SignInLinkRow(token=_hash(token), user_id=user_id, expires_at=expires)
            act.session.add(row)
        return token

    def redeem_link(self, token: str) -> User:
        """The user of a link, once; NotFoundError if unknown, used, late or not active."""
        with self._store.write() as session:
            # One statement decides who was first: two clicks at once never both get in.
            used = session.scalar(
                update(SignInLinkRow)
                .where(
                    SignInLinkRow.token == _hash(token),
                    SignInLinkRow.used_at.is_(None),
                    SignInLinkRow.expires_at > now(),
                )
                .values(used_at=now())
                .returning(SignInLinkRow.user_id)
            )
            row = session.get(UserRow, used) if used else None
            if row is None or not row.active:
                raise NotFoundError("This sign-in link is not valid any more.")
            return _user(row)

    def start_session(self, user_id: str, *, lifetime: datetime.timedelta = HOURS) -> str:
        """The token of a new session of an active user, for a cookie."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._store.act(Action.SIGNED_IN, user_id, user_id) as act:
            if not self._store.find(act.session, UserRow, user_id).active:
                raise NotFoundError("There is no such user any more.")
            at = now()
            act.session.add(
                SessionRow(
                    token=_hash(token), user_id=user_id, created_at=at, expires_at=at + lifetime
                )
            )
        return token

    def session(self, token: str) -> User | None:
        """The user of a live session, if it is one."""
        query = select(UserRow).join(SessionRow, SessionRow.user_id == UserRow.id)
        query = query.where(
            SessionRow.token == _hash(token),
            SessionRow.ended_at.is_(None),
            SessionRow.expires_at > now(),
            UserRow.active,
        )
        with self._store.read() as session:
            row = session.scalar(query)
            return None if row is None else _user(row)

    def end_session(self, token: str) -> None:
        """Sign out of one session."""
        with self._store.write() as session:
            session.execute(_end(SessionRow.token == _hash(token)))

    def end_sessions(self, user_id: str, *, by: str) -> None:
        """Sign a user out everywhere."""
        with self._store.act(Action.SIGNED_OUT, by, user_id) as act:
            act.session.execute(_end(SessionRow.user_id == user_id))


def _end(condition: ColumnElement[bool]) -> Update:
    return update(SessionRow).where(condition, SessionRow.ended_at.is_(None)).values(ended_at=now())


def _hash(token: str) -> bytes:
    """A token has 256 random bits: a plain hash of it can be neither guessed nor reversed."""
    return hashlib.sha256(token.encode()).digest()


def _user(row: UserRow) -> User:
    return User(
        id=row.id,
        name=row.name,
        email=row.email,
        roles=frozenset(UserRole(role) for role in row.roles),
        active=row.active,
        issuer=row.issuer,
        subject=row.subject,
        created_at=row.created_at,
    )
