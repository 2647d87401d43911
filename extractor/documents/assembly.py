"""The text of a case file, put together page by page so that every word knows its place.

Words are joined by a space, lines by a newline, paragraphs and pages by a blank line.
Hyphens at the ends of lines stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractor.documents import captions, order
from extractor.documents.boxes import is_box
from extractor.documents.order import Beside
from extractor.documents.words import DOUBTFUL, PageWords, Word
from extractor.record import Box, Page, PageFlag, TextSource

PAGE_BREAK = "\n\n"

_NUMBER = re.compile(r"[1-9][0-9]?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word on a page that has no place in the text yet."""

    text: str
    box: Box
    confidence: float | None = None
    other: str | None = None
    slant: float = 0.0
    """How far it runs clockwise of its page's lines, in degrees."""


@dataclass(frozen=True)
class PageContent:
    """What is known of a page before its text has a place in the file."""

    width: float
    height: float
    words: Sequence[PlacedWord] = ()
    text_source: TextSource = TextSource.NONE
    language: str | None = None
    ocr_confidence: float | None = None
    flags: Sequence[PageFlag] = ()
    turn: int = 0
    """How far clockwise the page must be turned for its text to stand upright."""
    slope: float = 0.0
    """How far its lines sink, in points a point."""
    rules: Sequence[Box] = ()
    pictures: Sequence[Box] = ()
    """Ruled lines and pictures, as the page was filed."""

    def doubtful_boxes(self) -> int:
        """How many boxes a person must look at to know whether they are ticked."""
        unsure = (word for word in self.words if (word.confidence or 1.0) < DOUBTFUL)
        return sum(is_box(word.text) for word in unsure)


@dataclass
class TextBuilder:
    """The growing text of a file with its pages."""

    parts: list[str] = field(default_factory=list)
    pages: list[PageWords] = field(default_factory=list)
    length: int = 0

    def text(self) -> str:
        """All the text so far."""
        return "".join(self.parts)

    def write(self, piece: str) -> None:
        """Append to the text."""
        self.parts.append(piece)
        self.length += len(piece)

    def add(self, content: PageContent) -> None:
        """Append one page, its words in reading order."""
        if content.words and self.length:
            self.write(PAGE_BREAK)
        start = self.length
        words = self._words(content)
        self._close_page(content, start, words)

    def _words(self, content: PageContent) -> tuple[Word, ...]:
        words: list[Word] = []
        for line in _lines(content):
            if words:
                self.write("\n\n" if line.new_paragraph else "\n")
            for position, index in enumerate(line.words):
                if position:
                    self.write(" ")
                words.append(self._place(content.words[index]))
        return tuple(words)

    def _place(self, word: PlacedWord) -> Word:
        start = self.length
        self.write(word.text)
        return Word(word.text, word.box, start, self.length, word.confidence, word.other)

    def _close_page(self, content: PageContent, start: int, words: tuple[Word, ...]) -> None:
        page = Page(
            number=len(self.pages) + 1,
            start=start,
            end=self.length,
            text_source=content.text_source,
            width=round(content.width, 2),
            height=round(content.height, 2),
            language=content.language,
            ocr_confidence=content.ocr_confidence,
            flags=list(content.flags),
        )
        self.pages.append(PageWords(page, words))

    def add_verbatim(self, content: PageContent, text: str, words: Sequence[Word]) -> None:
        """Append a page whose text is kept letter for letter; words are placed from 0."""
        start = self.length
        self.write(text)
        placed = tuple(replace(w, start=w.start + start, end=w.end + start) for w in words)
        self._close_page(content, start, placed)


def _lines(content: PageContent) -> list[order.Line]:
    """The lines of a page as they are read once it stands upright."""

    def upright(boxes: Sequence[Box]) -> list[Box]:
        return order.upright(boxes, content.turn, content.width, content.height)

    words = content.words
    exact = content.text_source is not TextSource.OCR
    brackets = captions.SIGNS if exact else captions.READ_AS_SIGNS
    beside = Beside(
        rules=upright(content.rules),
        pictures=upright(content.pictures),
        slants={index: word.slant for index, word in enumerate(words) if word.slant},
        silent=[n for n, word in enumerate(words) if not any(c.isalnum() for c in word.text)],
        signs=[n for n, word in enumerate(words) if is_box(word.text)],
        brackets=[n for n, word in enumerate(words) if word.text in brackets],
        numbers={n: int(word.text) for n, word in enumerate(words) if _NUMBER.fullmatch(word.text)},
        exact=exact,
    )
    return order.lines(upright([word.box for word in words]), content.slope, beside)
