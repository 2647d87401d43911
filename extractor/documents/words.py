"""Pages of words with boxes: what the documents room hands on.

Invariant: for each word, `text[word.start:word.end] == word.text` in the CaseText that holds
it; words of a page are in reading order and lie in the page's range.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from extractor.record import Box, DocumentKind, FormName, Page, Section, Source

DOUBTFUL = 0.8
"""Below this confidence a word is doubtful: the engines read it differently, one saw none, or its
accents are not those of the ink."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its box in points from the top left, its range in the text, how sure.

    `confidence` is None for digital text; `other` is what the second engine read instead.
    """

    text: str
    box: Box
    start: int
    end: int
    confidence: float | None
    other: str | None = None

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at the picture before believing the word."""
        return self.confidence is not None and self.confidence < DOUBTFUL


@dataclass(frozen=True)
class PageWords:
    """One page with its words in reading order."""

    page: Page
    words: tuple[Word, ...]


@dataclass(frozen=True)
class CaseText:
    """Everything the documents room knows about a file."""

    source: Source
    text: str
    pages: tuple[PageWords, ...]
    document_kind: DocumentKind
    form: FormName | None
    fields: dict[str, str]
    sections: tuple[Section, ...]
    problems: tuple[str, ...]

    @cached_property
    def _page_ends(self) -> list[int]:
        return [page.page.end for page in self.pages]

    def page_of(self, offset: int) -> PageWords:
        """The page that a place in the text is on."""
        if not self.pages:
            raise IndexError("the file has no pages")
        return self.pages[min(bisect_right(self._page_ends, offset), len(self.pages) - 1)]

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """The words of the span's first page that the span touches."""
        words = self.page_of(start).words
        first = bisect_right(words, start, key=_end)
        last = bisect_left(words, end, key=_start)
        return words[first:last]

    def boxes(self, start: int, end: int) -> tuple[int, list[Box]]:
        """Page number and boxes, one a line, of a span; only its first page is drawn."""
        page = self.page_of(start)
        lines: list[Box] = []
        for word in self.words_in(start, end):
            if lines and same_line(lines[-1], word.box):
                lines[-1] = union(lines[-1], word.box)
            else:
                lines.append(word.box)
        return page.page.number, lines

    def confidence(self, start: int, end: int) -> float | None:
        """The least sure of the words in a span, or None where the text is digital."""
        known = [w.confidence for w in self.words_in(start, end) if w.confidence is not None]
        return min(known, default=None)


def _start(word: Word) -> int:
    return word.start


def _end(word: Word) -> int:
    return word.end


def union(first: Box, second: Box) -> Box:
    """The smallest box around two."""
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[2], second[2]),
        max(first[3], second[3]),
    )


def same_line(line: Box, word: Box) -> bool:
    """Whether a word goes on with a line, to the right or, on a turned page, up or down."""
    overlap = min(line[3], word[3]) - max(line[1], word[1])
    if overlap > 0.5 * (word[3] - word[1]) and word[0] >= line[0]:
        return True
    across = min(line[2], word[2]) - max(line[0], word[0])
    return _on_end(line) and _on_end(word) and across > 0.5 * (word[2] - word[0])


def _on_end(box: Box) -> bool:
    return box[3] - box[1] > 1.5 * (box[2] - box[0])


def words_to_json(pages: Iterable[PageWords]) -> list[dict[str, Any]]:
    """Pages and words as plain JSON values, nothing lost."""
    return [
        {
            "page": page.page.model_dump(mode="json"),
            "words": [_word_to_json(word) for word in page.words],
        }
        for page in pages
    ]


def words_from_json(pages: Sequence[dict[str, Any]]) -> tuple[PageWords, ...]:
    """The pages that `words_to_json` wrote."""
    return tuple(
        PageWords(
            page=Page.model_validate(page["page"]),
            words=tuple(_word_from_json(word) for word in page["words"]),
        )
        for page in pages
    )


def _word_to_json(word: Word) -> list[Any]:
    """A word in a row; the other reading, which few words have, only where there is one."""
    row = [word.text, list(word.box), word.start, word.end, word.confidence]
    return row if word.other is None else [*row, word.other]


def _word_from_json(word: Sequence[Any]) -> Word:
    text, box, start, end, confidence, *other = word
    return Word(text, (box[0], box[1], box[2], box[3]), start, end, confidence, *other)
