"""How one hand forms its letters: what is misread alike throughout a page is put right.

The engine takes the R of one hand for a K wherever it stands, and the witness may do the same;
no dictionary has the words that it then reads (EVEKYBODY), yet one change of letter makes
most of them words. Only changes for which several words of a page speak, and few against, are
believed, so that on print hardly any is. A name that no dictionary has keeps its letters (half
of those in question were right in the names of a hand that never seemed to write a K).
Invariant: every word that a habit touches is doubtful, with what was read beside it.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.documents.ocr.lexicon import commonness, folded, is_known
from extractor.documents.ocr.reading import OcrWord

__all__ = ["Habit", "habits", "put_right"]

_MOST_AGREED = 0.8
"""Agreement of the engines below which a page may be in a hand; print has 0.9 and more."""
_FEWEST_WORDS = 4
"""Different words that must speak for a habit: names become words by chance, hardly four alike
(3 of 1,239 clean pages of statements; three words are found alike on 27)."""
_LEAST_SHARE = 0.4
"""Of the unknown words with the letter, those that must become known by the change."""
_SHORTEST = 4
"""Letters of a word that may speak for a habit: any three letters are a word or an abbreviation."""
_RARER = 200
"""How much rarer a known word must be than the one meant (`hen`, read for `her`)."""
_MOST_PLACES = 6
_DOUBTED = 0.6
_SMALL = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = {"o": "0", "c": "0", "i": "1", "l": "1", "z": "2", "s": "5", "b": "8", "g": "9"}
_EDGES = ".,;:!?()[]\"'“”‘’«»"


@dataclass(frozen=True, slots=True)
class Habit:
    """A letter or sign as it is read on a page, and what it means there, at least at times."""

    read: str
    meant: str


def put_right(words: Sequence[OcrWord], agreement: float | None) -> tuple[OcrWord, ...]:
    """The words of a page as its hand meant them, as far as it shows habits.

    A page on which the engines agree, or that one alone has read, is left as it is.
    """
    if agreement is None or agreement >= _MOST_AGREED:
        return tuple(words)
    found = habits([word.text for word in words])
    return tuple(_as_meant(word, found) for word in words)


def habits(texts: Sequence[str]) -> list[Habit]:
    """The habits that the words of a page speak for, the surest first."""
    unknown = {core for core in map(_core, texts) if _may_speak(core)}
    spoken: dict[tuple[str, str], set[str]] = defaultdict(set)
    for word in unknown:
        for change in _changes(word):
            spoken[change].add(word)
    return [Habit(*change) for change in _chosen(spoken, unknown)]


def _may_speak(core: str) -> bool:
    return len(core) >= _SHORTEST and not is_known(core)


def _changes(word: str) -> set[tuple[str, str]]:
    """Every change of one letter, at one or more of its places, that makes a word known."""
    return {
        (read, meant)
        for read in set(word)
        for meant in _meanings(read, word)
        if any(is_known(changed) for changed in _changed(word, read, meant))
    }


def _meanings(read: str, word: str) -> Iterator[str]:
    """What a sign may mean: another letter, a digit that looks like it, a hyphen."""
    if not read.isalpha():
        yield from "-" if read in "=~_" else ""
        return
    yield from (c.upper() if read.isupper() else c for c in _SMALL if c != read.lower())
    if any(c.isdigit() for c in word) and read.lower() in _DIGITS:
        yield _DIGITS[read.lower()]


def _changed(word: str, read: str, meant: str) -> Iterator[str]:
    """The word with the change at each set of the letter's places."""
    places = [n for n, c in enumerate(word) if c == read][:_MOST_PLACES]
    for size in range(1, len(places) + 1):
        for chosen in itertools.combinations(places, size):
            yield "".join(meant if n in chosen else c for n, c in enumerate(word))


def _chosen(
    spoken: Mapping[tuple[str, str], set[str]], unknown: set[str]
) -> Iterator[tuple[str, str]]:
    """The changes for which most words speak; a word that one explains speaks for no other."""
    left = set(unknown)
    while True:
        votes = {change: _different(words & left) for change, words in spoken.items()}
        likely = [
            (count, change)
            for change, count in votes.items()
            if count >= _FEWEST_WORDS and count >= _LEAST_SHARE * _with(change[0], left)
        ]
        if not likely:
            return
        _, best = max(likely)
        left -= spoken[best]
        yield best


def _different(words: set[str]) -> int:
    """How many words these are, however they are capitalized and accented."""
    return len({folded(word) for word in words})


def _with(letter: str, words: set[str]) -> int:
    return _different({word for word in words if letter in word})


def _as_meant(word: OcrWord, found: Sequence[Habit]) -> OcrWord:
    """The word that dictionaries know, else as it was read; doubtful, if a habit touches it."""
    core = _core(word.text)
    best = _best(core, found)
    if best == core:
        return word
    often = {habit.read: habit.meant for habit in reversed(found)}
    changed = "".join(often.get(c, c) for c in core)
    kept = best or "".join(c if c.isalpha() else often.get(c, c) for c in core)
    if changed == core:
        return word
    text, other = (word.text.replace(core, form) for form in (kept, changed))
    return replace(
        word,
        text=text,
        confidence=min(word.confidence, _DOUBTED),
        other=word.text if text != word.text else word.other or other,
    )


def _best(core: str, found: Sequence[Habit]) -> str | None:
    """The commonest word that a word may mean under some habits; None if it may mean none."""
    own = commonness(core)
    options = [
        (commonness(text), text) for text in _under(core, found) if text != core and is_known(text)
    ]
    if not options:
        return core if is_known(core) else None
    most, text = max(options)
    return text if not is_known(core) or most >= _RARER * own else core


def _under(core: str, found: Sequence[Habit]) -> Iterator[str]:
    """The word as it may be meant, each letter of a habit changed or not."""
    meanings = [[c, *(h.meant for h in found if h.read == c)] for c in core]
    if sum(len(m) > 1 for m in meanings) <= _MOST_PLACES:
        yield from map("".join, itertools.product(*meanings))


def _core(text: str) -> str:
    """The word without the punctuation around it."""
    return text.strip(_EDGES)
