"""Pages that a file holds twice.

Forms differ from each other in a few filled words only, so nearly the same is not the same:
every word must be equal but for a few doubtful ones that look alike in both readings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from extractor.documents.words import PageWords, Word

_FEWEST_WORDS = 20
_MISREAD = 0.03
_LOOKS_ALIKE = 0.6


def marked(pages: Sequence[PageWords]) -> tuple[PageWords, ...]:
    """The pages, each that repeats an earlier one with its number."""
    found = dict(repeated(pages))
    return tuple(
        replace(page, page=page.page.model_copy(update={"repeats": found.get(page.page.number)}))
        for page in pages
    )


def repeated(pages: Sequence[PageWords]) -> Iterator[tuple[int, int]]:
    """Numbers of pages with the number of the earlier page that each repeats."""
    lengths: dict[int, list[PageWords]] = {}
    for page in pages:
        if len(page.words) < _FEWEST_WORDS:
            continue
        earlier = lengths.setdefault(len(page.words), [])
        first = next((other for other in earlier if _same(page.words, other.words)), None)
        if first is None:
            earlier.append(page)
        else:
            yield page.page.number, first.page.number


def _same(words: Sequence[Word], others: Sequence[Word]) -> bool:
    misread = 0
    for word, other in zip(words, others, strict=True):
        if word.text != other.text:
            misread += 1
            if misread > _MISREAD * len(words) or not _misread(word, other):
                return False
    return True


def _misread(word: Word, other: Word) -> bool:
    """Whether one of the two may be the other, misread."""
    ratio = SequenceMatcher(None, word.text, other.text, autojunk=False).ratio()
    return (word.doubtful or other.doubtful) and ratio >= _LOOKS_ALIKE
