"""Words that English has, and how common they are: to tell a misread word from a strange name.

The list is pyspellchecker's. It knows many given names as well, which is welcome here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.documents.legible import plain

__all__ = ["commonness", "folded", "is_known"]

_NUMBER = 1000
"""How common a number is taken to be: like a word that nobody would call rare."""
_PART = re.compile(r"[-'./,]+")
_FEWEST_SEEN = 51
"""Of a word of up to three letters; the list has the rarest of them without having met them."""


@lru_cache(maxsize=1)
def _counts() -> dict[str, int]:
    from spellchecker import SpellChecker  # noqa: PLC0415 - read when the first page needs it

    counts: dict[str, int] = SpellChecker(language="en").word_frequency.dictionary
    return counts


def is_known(word: str) -> bool:
    """Whether every part of a word, case and accents aside, is a word or a number."""
    return commonness(word) > 0


def commonness(word: str) -> int:
    """How often the rarest part of a word stands in the texts the list is of; 0 if in none."""
    whole = folded(word)
    if count := _seen(whole):
        return count
    parts = [part for part in _PART.split(whole) if part]
    return min((_seen(part) for part in parts), default=0)


def _seen(part: str) -> int:
    if part.isdigit():
        return _NUMBER
    count = _counts().get(part, 0)
    return count if len(part) > 3 or count >= _FEWEST_SEEN else 0


def folded(word: str) -> str:
    """A word without case and accents."""
    return plain(word.casefold())
