"""Which words of a row belong to which box: those on its right, or, on some forms, its left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.documents.boxes import is_box, is_ticked
from extractor.documents.words import Word

OPPOSITE = frozenset({"yes", "no", "male", "female"})
"""Options of one word each, of which only one can hold."""
_WIDE = 2.0
"""Heights of a line that part an option from what is printed beside it."""
_ENDS = re.compile(r"[?:.]$")

Words = tuple[Word, ...]


@dataclass(frozen=True)
class Option:
    """An option with its box: `ticked` is None where that is doubtful."""

    text: str
    ticked: bool | None


def has_box(words: Sequence[Word]) -> bool:
    """Whether a row asks by box."""
    return any(is_box(word.text) for word in words)


def written(words: Words, row: Words) -> Words:
    """What is written beside a label, without the options of boxes and without the boxes."""
    if not has_box(words):
        return words
    if _stand_left(row):
        return ()
    return words[: next(i for i, word in enumerate(words) if is_box(word.text))]


def parts(row: Words) -> Iterator[Words | Option]:
    """A row from left to right: words that ask, options that answer."""
    runs = list(_runs(row))
    if not _stand_left(row):
        for box, run in runs:
            option, rest = ((), run) if box is None else _first(run)
            yield from _told(box, option)
            yield from (rest,) if rest else ()
        return
    for (_, run), (box, _) in zip(runs, [*runs[1:], (None, ())], strict=True):
        rest, option = (run, ()) if box is None else _last(run)
        yield from (rest,) if rest else ()
        yield from _told(box, option)


def _told(box: Word | None, option: Words) -> Iterator[Option]:
    text = " ".join(word.text for word in option).strip(" .,;:()")
    if box is not None and text:
        yield Option(text, is_ticked(box))


def _runs(row: Words) -> Iterator[tuple[Word | None, Words]]:
    """Each box with the words up to the next one; first the words before any box."""
    places = [*(i for i, word in enumerate(row) if is_box(word.text)), len(row)]
    yield None, row[: places[0]]
    for place, end in pairwise(places):
        yield row[place], row[place + 1 : end]


def _stand_left(row: Words) -> bool:
    """Whether options stand left of their boxes: nothing else would be the last box's."""
    if not has_box(row) or is_box(row[0].text):
        return False
    if is_box(row[-1].text):
        return True
    pairs = list(pairwise(row))
    before = [b.box[0] - a.box[2] for a, b in pairs if is_box(b.text) and not is_box(a.text)]
    after = [b.box[0] - a.box[2] for a, b in pairs if is_box(a.text) and not is_box(b.text)]
    return bool(before and after) and sum(before) / len(before) < 0.5 * sum(after) / len(after)


def _first(run: Words) -> tuple[Words, Words]:
    """The option that a run of words begins with, and what follows it."""
    if run and _bare(run[0]) in OPPOSITE:
        return run[:1], run[1:]
    for index in range(1, len(run)):
        if _apart(run[index - 1], run[index]):
            return run[:index], run[index:]
    return run, ()


def _last(run: Words) -> tuple[Words, Words]:
    """What a run of words begins with, and the option that it ends with."""
    if run and _bare(run[-1]) in OPPOSITE:
        return run[:-1], run[-1:]
    for index in range(len(run) - 1, 0, -1):
        if _apart(run[index - 1], run[index]) or _ENDS.search(run[index - 1].text):
            return run[:index], run[index:]
    return (), run


def _apart(word: Word, following: Word) -> bool:
    height = max(word.box[3] - word.box[1], 1.0)
    return following.box[0] - word.box[2] > _WIDE * height


def _bare(word: Word) -> str:
    return word.text.strip(" .,;:()").lower()
