"""Sealed values: AES-256-GCM, bound to the place where they are kept.

Invariants:
- a sealed value opens only in the table, row and column it was sealed for, because these
  are its associated data: moved, it is as good as tampered with;
- a nonce is random and never reused on purpose; a data key seals far fewer than 2^32 values;
- the first byte says how to read the rest, so that formats can change.

Layout: format byte, 12 bytes of nonce, ciphertext with its 16-byte tag.
"""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from extractor.errors import KeyUnavailableError

__all__ = ["KEY_BYTES", "Place", "new_key", "seal", "unseal"]

KEY_BYTES = 32
_NONCE_BYTES = 12
_HEAD_BYTES = 1 + _NONCE_BYTES
_TAG_BYTES = 16
_PLAIN = b"\x01"
_PACKED = b"\x02"
_PACK_LEVEL = 1
"""Fastest zlib level: records shrink six times; higher levels gain little for their time."""


@dataclass(frozen=True, slots=True)
class Place:
    """The table, row and column (and part, of a value in parts) that a value belongs to."""

    table: str
    row: str
    column: str
    part: int = 0
    parts: int = 1

    def associated_data(self) -> bytes:
        """The place as bytes; the separator cannot occur in a name of ours."""
        parts = (self.table, self.row, self.column, str(self.part), str(self.parts))
        return "\x1f".join(parts).encode()


def new_key() -> bytes:
    """A fresh random key of 256 bits."""
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def seal(key: bytes, value: bytes, place: Place, *, pack: bool = False) -> bytearray:
    """The value encrypted for this place; `pack` compresses it first."""
    kind = _PACKED if pack else _PLAIN
    body = zlib.compress(value, _PACK_LEVEL) if pack else value
    head = kind + os.urandom(_NONCE_BYTES)
    # Written straight behind the head: joining the parts afterwards costs thirty times the
    # encryption itself, in fresh pages of memory.
    sealed = bytearray(_HEAD_BYTES + len(body) + _TAG_BYTES)
    sealed[:_HEAD_BYTES] = head
    with memoryview(sealed)[_HEAD_BYTES:] as room:
        AESGCM(key).encrypt_into(head[1:], body, kind + place.associated_data(), room)
    return sealed


def unseal(key: bytes, sealed: bytes | bytearray, place: Place) -> bytes:
    """The value again; KeyUnavailableError if key, place or a single bit is not the same."""
    kind, nonce, body = sealed[:1], sealed[1:_HEAD_BYTES], memoryview(sealed)[_HEAD_BYTES:]
    try:
        value = AESGCM(key).decrypt(nonce, body, kind + place.associated_data())
    except (InvalidTag, ValueError) as error:
        raise KeyUnavailableError(
            f"A value of {place.table}.{place.column} does not open.",
            advice="Wrong key, or the store was changed from outside; restore it from a backup.",
        ) from error
    return zlib.decompress(value) if kind == _PACKED else value
