"""Master keys: what wraps the data keys.

A key service only wraps and unwraps; where its keys live is its own affair. Two come with
declarant, a file and an environment variable; a cloud key service implements the same
protocol. Both hold lines of `name:base64 of 32 bytes`; all of them unwrap, the last wraps.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import errno
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self

from extractor.errors import DiskFullError, KeyUnavailableError
from haven.encryption.envelope import KEY_BYTES, Place, new_key, seal, unseal
from haven.settings import Settings

__all__ = ["KeyRing", "KeyService", "add_master_key", "ensure_key_file", "key_service"]

_PRIVATE = 0o600


class KeyService(Protocol):
    """Wraps and unwraps data keys; a KMS client fits here."""

    @property
    def current(self) -> str:
        """The name of the master key that wraps from now on."""

    def wrap(self, data_key: bytes, owner: str) -> bytes:
        """The data key encrypted by the current master key, bound to its owner."""

    def unwrap(self, master: str, wrapped: bytes, owner: str) -> bytes:
        """The data key; KeyUnavailableError if that master key is not here or is another."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Master keys held in memory: the implementation behind file and environment."""

    keys: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def parse(cls, lines: str, origin: str) -> Self:
        """A ring from `name:base64` items, one a line or separated by commas."""
        items = [item.strip() for item in lines.replace(",", "\n").splitlines() if item.strip()]
        ring = dict(_parse_item(item, origin) for item in items)
        if not ring:
            raise KeyUnavailableError(f"There is no key in {origin}.")
        return cls(ring)

    @property
    def current(self) -> str:
        """The last key of the ring."""
        return list(self.keys)[-1]

    def wrap(self, data_key: bytes, owner: str) -> bytes:
        """The data key sealed by the current master key."""
        return bytes(seal(self.keys[self.current], data_key, _wrapping_place(owner)))

    def unwrap(self, master: str, wrapped: bytes, owner: str) -> bytes:
        """The data key again."""
        if master not in self.keys:
            raise KeyUnavailableError(f"Master key {master} is not among those given.")
        return unseal(self.keys[master], wrapped, _wrapping_place(owner))


def _wrapping_place(owner: str) -> Place:
    return Place("data_key", owner, "wrapped")


def _parse_item(item: str, origin: str) -> tuple[str, bytes]:
    name, _, encoded = item.partition(":")
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise KeyUnavailableError(f"A key in {origin} is not base64.") from error
    if not name or len(key) != KEY_BYTES:
        raise KeyUnavailableError(f"A key in {origin} is not 'name:base64 of 32 bytes'.")
    return name, key


def key_service(settings: Settings) -> KeyService:
    """The key service that the settings name; KeyUnavailableError if there is none."""
    if settings.key is not None:
        return KeyRing.parse(settings.key, "the environment")
    try:
        return KeyRing.parse(settings.key_file.read_text("ascii"), "the key file")
    except OSError as error:
        raise KeyUnavailableError("The key file cannot be read.") from error


def ensure_key_file(settings: Settings) -> None:
    """Make a key file on the first use of an embedded store.

    Never for a server, where every process must be given the same key, and never for a store
    that is there already: then a missing key is a fault, and no reason to invent another.
    """
    if settings.key is None and settings.embedded and not settings.database_exists():
        settings.key_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(FileExistsError):  # given, or another process was first
            _write(settings.key_file, _new_line()[1], os.link)


def add_master_key(settings: Settings) -> str:
    """Append a new master key to the key file and return its name; then call rewrap."""
    if settings.key is not None:
        raise KeyUnavailableError(
            "Keys given by the environment are not declarant's to change.",
            advice="Append name:base64 to DECLARANT_KEY, then run the rotation again.",
        )
    key_service(settings)  # never add to what is no key file
    name, line = _new_line()
    kept = settings.key_file.read_text("ascii").rstrip()
    _write(settings.key_file, f"{kept}\n{line}", os.replace)
    return name


def _new_line() -> tuple[str, str]:
    name = f"k{secrets.token_hex(4)}"
    return name, f"{name}:{base64.b64encode(new_key()).decode()}\n"


def _write(path: Path, content: str, publish: Callable[[Path, Path], None]) -> None:
    """Write a private file beside the path and publish it whole: nobody ever reads half a key."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        publish(draft, path)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFullError("The key could not be written.") from error
        raise
    finally:
        draft.unlink(missing_ok=True)
