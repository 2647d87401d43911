"""Two readings of one word, letter by letter.

Measured on names of ten languages under seven kinds of scan: where the witness alone saw a
mark on a letter it was right every time (Łucja, Říha, Åse, Sofía), and where the reading
alone saw one, the reading was; so a mark that either saw is kept. A letter that the reading
engine has no sign for is dropped by it or written plain; the witness is believed there. A
digit inside a word that the witness spelt with letters (0fficer) is the letter, and a letter
or sign inside a number that the witness read as a number (185,(00) is the digit.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_PLAIN = {
    "ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "ø": "o", "Ø": "O",
    "þ": "p", "Þ": "P",
}  # fmt: skip
_PRINTED_ALIKE = str.maketrans("‘’‚`´“”„–—‐‑−Ð", "'''''\"\"\"-----Đ")
_LOOK_ALIKE = {("0", "O"), ("0", "o"), ("1", "l"), ("1", "I"), ("5", "S"), ("5", "s"), ("8", "B")}
_MOST_LOOK_ALIKES = 2
_DIGITS = {"l": "1", "I": "1", "O": "0", "o": "0"}
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[lIOo](?=\d)")


@dataclass(frozen=True, slots=True)
class Settled:
    """The word as it is kept, and whether both readings stand for it."""

    text: str
    sure: bool


def settle(ours: str, theirs: str, signs: frozenset[str]) -> Settled:
    """The better spelling of a word read as `ours` by the engine that can write `signs`."""
    if alike(ours) == alike(theirs):
        return Settled(ours, sure=True)
    lost = _lost(ours, theirs)
    if lost:
        return Settled(theirs, sure=bool(signs) and not signs & set(lost))
    marked = _marked(ours, theirs, signs)
    if marked is not None:
        return marked
    better = _spelt_with_digits(ours, theirs) or _broken_number(ours, theirs)
    return Settled(theirs if better else ours, sure=False)


def mended_number(text: str) -> str:
    """The text with letters that stand between two digits and look like one as the digit."""
    return _BETWEEN_DIGITS.sub(lambda found: _DIGITS[found[0]], text)


def alike(text: str) -> str:
    """The text with signs that are printed alike made one: quotes, dashes, Đ and Ð."""
    return text if text.isascii() else text.translate(_PRINTED_ALIKE)


def folded(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    if text.isascii():
        return "".join(c for c in text.lower() if c.isalnum())
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if c.isalnum())


def _lost(ours: str, theirs: str) -> str:
    """The marked letters without which the other reading is this one; empty if it is not."""
    kept = [c for c in theirs if c.isascii()]
    if theirs.isascii() or len(ours) >= len(theirs) or not any(c.isalpha() for c in ours):
        return ""
    rest = iter(theirs)
    if not all(any(c == letter for c in rest) for letter in ours) or len(ours) < len(kept):
        return ""
    return "".join(c for c in theirs if not c.isascii() and c not in ours)


def _marked(ours: str, theirs: str, signs: frozenset[str]) -> Settled | None:
    """The word with every mark that either saw; None if more than marks differ."""
    if len(ours) != len(theirs) or len(ours) < 2:
        return None
    pairs = list(zip(alike(ours), alike(theirs), strict=True))
    if any(_base(a) != _base(b) for a, b in pairs):
        return None
    text = "".join(_letter(a, b, signs) for a, b in pairs)
    known = all(a == b or (bool(signs) and b not in signs) for a, b in pairs)
    return Settled(text, sure=known)


def _letter(ours: str, theirs: str, signs: frozenset[str]) -> str:
    foreign = bool(signs) and theirs not in signs
    return theirs if foreign or ours.isascii() else ours


def _base(letter: str) -> str:
    """The letter without its mark."""
    if letter.isascii():
        return letter
    return _PLAIN.get(letter) or unicodedata.normalize("NFD", letter)[0]


def _broken_number(ours: str, theirs: str) -> bool:
    """Whether this is a number in which some digits were taken for something else."""
    if len(ours) != len(theirs) or sum(c.isdigit() for c in theirs) <= len(theirs) // 2:
        return False
    apart = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    numbers = all(b.isdigit() and not a.isdigit() for a, b in apart)
    return 0 < len(apart) <= _MOST_LOOK_ALIKES and numbers


def _spelt_with_digits(ours: str, theirs: str) -> bool:
    """Whether this is a word of letters in which some were taken for digits."""
    if len(ours) != len(theirs) or any(c.isdigit() for c in theirs):
        return False
    apart = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    letters = sum(c.isalpha() for c in ours)
    return (
        0 < len(apart) <= _MOST_LOOK_ALIKES
        and letters >= 2 * len(apart)
        and _LOOK_ALIKE.issuperset(apart)
    )
