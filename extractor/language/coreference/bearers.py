"""Who bears which names, found by their words: a long packet names thousands.

Invariant: whoever bears a name that another is short for is among those who share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

__all__ = ["Bearers"]

_Borne = tuple[str, int]


class Bearers:
    """Plain names, each with the number of its bearer."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[_Borne]] = {}

    def add(self, name: str, bearer: int) -> None:
        """Say that somebody bears a plain name."""
        for word in dict.fromkeys(name.split()):
            self._by_word.setdefault(word, []).append((name, bearer))

    def sharing(self, name: str) -> Sequence[_Borne]:
        """The names, with their bearers, that may hold all words of a name but its initials."""
        words = list(dict.fromkeys(name.split()))
        spelt = [self._by_word.get(word, []) for word in words if len(word) > 1]
        if spelt:
            return min(spelt, key=len)
        return [borne for word in words for borne in self._by_word.get(word, [])]

    def words(self) -> Iterator[str]:
        """Every word of the names."""
        return iter(self._by_word)
