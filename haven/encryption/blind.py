"""Blind indexes: exact search over values that are stored encrypted.

An index entry is an HMAC-SHA256 of the normalised value under a key of the store's own, so
that equal values have equal entries and nothing else can be read from them without the key.
The kind is part of what is hashed: the same digits as a phone and as a case number differ.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Term", "TermKind", "blind", "normalise"]


class TermKind(StrEnum):
    """What a search term is; identifiers carry their entity type instead."""

    NAME = "NAME"
    ALIAS = "ALIAS"
    RECEIPT_NUMBER = "RECEIPT_NUMBER"
    PETITIONER = "PETITIONER"
    FILE = "FILE"
    PATH = "PATH"
    TOKEN = "TOKEN"  # noqa: S105 - a kind of term, not a secret
    TEXT = "TEXT"


@dataclass(frozen=True, slots=True)
class Term:
    """A value to be found again: kind (a TermKind or an entity type) and the value."""

    kind: str
    value: str


# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})
_VERBATIM = {TermKind.FILE, TermKind.PATH, TermKind.TOKEN, TermKind.TEXT}
_NAMES = {TermKind.NAME, TermKind.ALIAS, TermKind.PETITIONER}
_CODES = {"A_NUMBER", "SSN", "PASSPORT", "RECEIPT_NUMBER", "CASE_NUMBER", "PLATE"}


def normalise(kind: str, value: str) -> str:
    """The form in which two spellings of the same value are equal."""
    if kind in _VERBATIM:
        return value
    if kind == "PHONE":
        return _phone(value)
    if kind == "A_NUMBER":
        return _a_number(value)
    folded = _fold(value)
    return re.sub(r"[\W_]+", "" if kind in _CODES else " ", folded).strip()


def _fold(value: str) -> str:
    """Case, accents and compatibility forms removed; twice, as folding may decompose again."""
    for _ in range(2):
        decomposed = unicodedata.normalize("NFKD", value.casefold()).translate(_LETTERS)
        value = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", value)


def _digits(value: str) -> str:
    return "".join(
        str(unicodedata.digit(c)) for c in value if unicodedata.digit(c, None) is not None
    )


def _phone(value: str) -> str:
    """Digits only; the North American country code is left out, as statements leave it out."""
    digits = _digits(value)
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits


def _a_number(value: str) -> str:
    """Nine digits, padded: A12345678 and A012345678 are the same number."""
    return _digits(value).zfill(9)


def blind(key: bytes, term: Term) -> bytes:
    """The index entry of a term. Aliases are names: one search finds both."""
    kind = TermKind.NAME if term.kind in _NAMES else term.kind
    message = f"{kind}\x1f{normalise(term.kind, term.value)}".encode("utf-8", "surrogatepass")
    return hmac.new(key, message, hashlib.sha256).digest()
