"""The vault: data keys by owner, and the sealing of values under them.

Invariants:
- a data key belongs to one case or one document and is stored only wrapped;
- the store's own root key feeds the blind indexes and the audit chain. It is wrapped like a
  data key, so that rotating master keys touches neither index nor chain.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
import threading
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from extractor.errors import KeyUnavailableError
from haven.encryption.blind import Term, blind
from haven.encryption.envelope import Place, new_key, seal, unseal
from haven.encryption.keys import KeyService
from haven.tables import DataKeyRow

__all__ = ["STORE_OWNER", "Vault"]

STORE_OWNER = "store"
_CACHED_KEYS = 4096


class Vault:
    """Seals and opens values; keeps unwrapped data keys in memory, for a KMS call is slow."""

    def __init__(self, service: KeyService) -> None:
        self._service = service
        self._keys: dict[str, bytes] = {}
        self._lock = threading.Lock()
        self._root: bytes | None = None

    def start(self, session: Session) -> None:
        """Load the root key; KeyUnavailableError when it is missing or another's."""
        self._root = self._key(session, STORE_OWNER)

    def make_key(self, session: Session, owner: str) -> None:
        """Create the data key of a new case or document (or the root key)."""
        key = new_key()
        wrapped = self._service.wrap(key, owner)
        now = datetime.datetime.now(datetime.UTC)
        master = self._service.current
        session.add(DataKeyRow(id=owner, master=master, wrapped=wrapped, created_at=now))
        session.flush()

    def seal(self, session: Session, owner: str, place: Place, value: bytes) -> bytearray:
        """The value encrypted under its owner's data key."""
        return seal(self._key(session, owner), value, place)

    def open(self, session: Session, owner: str, place: Place, sealed: bytes) -> bytes:
        """The value again; KeyUnavailableError when anything was changed or moved."""
        return unseal(self._key(session, owner), sealed, place)

    def seal_text(self, session: Session, owner: str, place: Place, value: str) -> bytes:
        """A text encrypted; lone surrogates, which damaged PDFs yield, survive."""
        return bytes(self.seal(session, owner, place, value.encode("utf-8", "surrogatepass")))

    def open_text(self, session: Session, owner: str, place: Place, sealed: bytes) -> str:
        """The text again."""
        return self.open(session, owner, place, sealed).decode("utf-8", "surrogatepass")

    def seal_json(self, session: Session, owner: str, place: Place, value: object) -> bytes:
        """A JSON value, compressed and encrypted."""
        packed = json.dumps(value, separators=(",", ":")).encode("ascii")
        return bytes(seal(self._key(session, owner), packed, place, pack=True))

    def open_json(self, session: Session, owner: str, place: Place, sealed: bytes) -> Any:  # noqa: ANN401 - JSON is whatever was sealed
        """The JSON value again."""
        return json.loads(self.open(session, owner, place, sealed))

    def index(self, term: Term) -> bytes:
        """The blind index entry of a term."""
        return blind(self._derived(b"blind index"), term)

    def chain(self, message: bytes) -> bytes:
        """The keyed hash that links the audit log: nobody without the key can forge a link."""
        return hmac.new(self._derived(b"audit chain"), message, hashlib.sha256).digest()

    def rewrap(self, session: Session) -> int:
        """Wrap every data key anew that another than the current master key wraps."""
        current = self._service.current
        old = session.scalars(select(DataKeyRow).where(DataKeyRow.master != current)).all()
        for row in old:
            key = self._service.unwrap(row.master, row.wrapped, row.id)
            row.wrapped, row.master = self._service.wrap(key, row.id), current
        return len(old)

    def _derived(self, purpose: bytes) -> bytes:
        if self._root is None:
            raise KeyUnavailableError("The vault was not started.")
        return hmac.new(self._root, purpose, hashlib.sha256).digest()

    def _key(self, session: Session, owner: str) -> bytes:
        with self._lock:
            if owner in self._keys:
                return self._keys[owner]
        row = session.get(DataKeyRow, owner)
        if row is None:
            raise KeyUnavailableError("The data key of this record is gone.")
        key = self._service.unwrap(row.master, row.wrapped, owner)
        self._remember(owner, key)
        return key

    def _remember(self, owner: str, key: bytes) -> None:
        with self._lock:
            if len(self._keys) >= _CACHED_KEYS:
                self._keys.pop(next(iter(self._keys)))
            self._keys[owner] = key
