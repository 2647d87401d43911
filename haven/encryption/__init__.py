"""Envelope encryption of everything that identifies somebody, and blind indexes over it."""

from __future__ import annotations

from haven.encryption.blind import Term, TermKind, normalise
from haven.encryption.envelope import Place
from haven.encryption.keys import KeyRing, KeyService, add_master_key, key_service
from haven.encryption.vault import Vault

__all__ = [
    "KeyRing",
    "KeyService",
    "Place",
    "Term",
    "TermKind",
    "Vault",
    "add_master_key",
    "key_service",
    "normalise",
]
