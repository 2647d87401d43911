"""Lines that stand in the upper and lower margin of a page, as they may run on over many.

Invariant: a margin line is a whole line of the text, and all its words lie in the margin.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from extractor.documents.words import PageWords, Word

_MARGIN = 1 / 8
"""Of the height of a page: an inch is usual, and a sheet may lie a little off on the glass."""
_MOST_LINES = 6
_LONGEST = 200
"""Characters: no line of print across a sheet has more."""
_LONGEST_NUMBER = 18
_BREAK = "\n\n"
_TOKEN = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"[0-9]+")
_NO_LETTERS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class MarginLine:
    """One line: its range in the text, how far its middle lies from the edge, in points.

    `apart` when white parts it from the text of the page.
    """

    start: int
    end: int
    text: str
    at_top: bool
    away: float
    apart: bool
    by_ocr: bool

    @cached_property
    def letters(self) -> str:
        """Its letters alone, without case."""
        return _NO_LETTERS.sub("", self.text.casefold())

    @cached_property
    def numbers(self) -> list[int]:
        """Its numbers, in order."""
        return [int(digits[:_LONGEST_NUMBER]) for digits in _DIGITS.findall(self.text)]

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Its words and numbers, without case."""
        return tokens_of(self.text)


def tokens_of(text: str) -> frozenset[str]:
    """Words and numbers of a text, without case."""
    return frozenset(_TOKEN.findall(text.casefold()))


def margin_lines(text: str, page: PageWords) -> list[MarginLine]:
    """The lines in both margins of a page, from the edge inwards."""
    band = _MARGIN * page.page.height
    inside = [word for word in page.words if _middle(word) < band]
    below = [word for word in page.words if _middle(word) > page.page.height - band]
    return [*_lines(text, page, inside, at_top=True), *_lines(text, page, below, at_top=False)]


def _middle(word: Word) -> float:
    return (word.box[1] + word.box[3]) / 2


def _lines(text: str, page: PageWords, words: list[Word], *, at_top: bool) -> list[MarginLine]:
    rows: list[list[Word]] = []
    line_end = -1
    for word in words:
        if word.start >= line_end:
            line_end = _line_end(text, page, word.end)
            rows.append([])
        rows[-1].append(word)
    found = (_line(text, page, row, at_top=at_top) for row in rows)
    whole = sorted((line for line in found if line is not None), key=lambda line: line.away)
    return whole[:_MOST_LINES]


def _line_end(text: str, page: PageWords, place: int) -> int:
    end = text.find("\n", place, page.page.end)
    return page.page.end if end < 0 else end


def _line(text: str, page: PageWords, row: list[Word], *, at_top: bool) -> MarginLine | None:
    """The line of these words, unless it is too long or has others outside of the margin."""
    start, end = row[0].start, row[-1].end
    before = text.rfind("\n", page.page.start, start)
    if text[max(before + 1, page.page.start) : start].strip() or end - start > _LONGEST:
        return None
    if text[end : _line_end(text, page, end)].strip():
        return None
    if _words_before(page, end) - _words_before(page, start) != len(row):
        return None
    middle = sum(map(_middle, row)) / len(row)
    return MarginLine(
        start=start,
        end=end,
        text=text[start:end],
        at_top=at_top,
        away=middle if at_top else page.page.height - middle,
        apart=_is_apart(text, page, start, end, at_top=at_top),
        by_ocr=row[0].confidence is not None,
    )


def _words_before(page: PageWords, place: int) -> int:
    return bisect_left(page.words, place, key=lambda word: word.start)


def _is_apart(text: str, page: PageWords, start: int, end: int, *, at_top: bool) -> bool:
    if at_top:
        return end == page.page.end or text.startswith(_BREAK, end)
    return start == page.page.start or text.endswith(_BREAK, 0, start)
