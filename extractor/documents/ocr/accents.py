"""Which marks stand over and under a letter, by its parts in Unicode."""

from __future__ import annotations

import unicodedata
from functools import cache

_OVER, _UNDER = (230,), (202, 220)
"""Classes of combining marks: over a letter; grown onto it from below, or below it."""
_FLAT, _SLANTED, _ROUND = (0.57, 0.34), (0.68, 0.40), (0.75, 0.46)
_HIGHEST = {"\u0300": _SLANTED, "\u0301": _SLANTED, "\u0309": _ROUND, "\u030a": _ROUND}
"""How high grave, acute, hook, ring and (flat) all others stand over small letters, capitals: of
75 faces measured at most one in twenty draws a mark higher."""
_STROKED = {
    "ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ø": "o", "Ø": "O",
}  # fmt: skip
_DOTTED = frozenset("ij")
_HANGING = frozenset("gpqyjfQJ")
_UNLIKE_ITS_NAME = frozenset("ģďťľĽ")
"""The cedilla stands over it, or the caron beside it."""


@cache
def plain(letter: str) -> str:
    """The letter without marks and strokes."""
    return _STROKED.get(letter) or unicodedata.normalize("NFD", letter)[0]


@cache
def over(letter: str) -> int:
    """How many marks stand over a letter, one over another; the dot of i is one."""
    marks = sum(unicodedata.combining(mark) in _OVER for mark in _marks(letter))
    return max(marks, int(is_dotted(letter)))


@cache
def under(letter: str) -> int:
    """How many marks stand under a letter or hang from it."""
    return sum(unicodedata.combining(mark) in _UNDER for mark in _marks(letter))


@cache
def is_dotted(letter: str) -> bool:
    """Whether this is an i or j, with any mark under it."""
    return letter != "ı" and plain(letter) in _DOTTED


@cache
def hangs(letter: str) -> bool:
    """Whether a letter without marks may reach below the line, in italics at least."""
    return plain(letter) in _HANGING


@cache
def is_drawn_as_named(letter: str) -> bool:
    """Whether the marks of a letter stand where Unicode says that they do."""
    return letter not in _UNLIKE_ITS_NAME


@cache
def highest(letter: str) -> float:
    """How far its one mark rises over a letter at most, in heights of plain letters of its kind."""
    small, capital = next((_HIGHEST[m] for m in _marks(letter) if m in _HIGHEST), _FLAT)
    return capital if plain(letter).isupper() else small


def _marks(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[1:]
