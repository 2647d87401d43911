"""Boxes to tick as they stand among the words of a page: a sign each, ticked or empty.

A box of a scan that may be either is a doubtful word whose other reading is the other sign.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

TICKED, EMPTY = "☒", "☐"
_TICKED = frozenset("☒☑☓✓✔✕✖✗✘🗷🗹")
_EMPTY = frozenset("☐□▢❏❐❑❒◻")
FRAMED = {sign: sign in _TICKED for sign in "☒☑☐□▢❏❐❑❒◻🗷🗹"}
"""Signs that show the box itself, and whether it is ticked; the others are marks alone."""
SIGNS = "".join(sorted(_TICKED | _EMPTY))


class _Read(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def doubtful(self) -> bool: ...


def is_box(text: str) -> bool:
    """Whether a word is the sign of a box."""
    return text in _TICKED or text in _EMPTY


def has_signs(texts: Iterable[str]) -> bool:
    """Whether the sign of a box stands anywhere in these; most pages are told at a glance."""
    text = "".join(texts)
    return not text.isascii() and any(sign in text for sign in SIGNS)


def is_ticked(word: _Read) -> bool | None:
    """Whether a box is ticked; None where that is doubtful."""
    return None if word.doubtful else word.text in _TICKED


def looks_like_box(text: str) -> bool:
    """Whether engines that know no boxes may have read one, empty or ticked, as this."""
    return bool(text) and all(not letter.isalnum() or letter in _ALIKE for letter in text)


_ALIKE = frozenset("OoDUuQC0aBEM8NHXxVvKYLJ1lIrn口囗回日曰凶区図図四田目冈网")
"""Letters and the Chinese signs that rapidocr knows."""
