"""One page of a document as the review page draws it: word boxes and marks over the image."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.documents.words import PageWords, Word, same_line, union, words_from_json
from extractor.record import Box
from haven.review.model import Finding, FindingStatus, Passage, SeenMention
from haven.views import DocumentSummary, StoredPage

__all__ = ["Asked", "Mark", "PageView", "tone_of", "view_page", "words_of"]

TONES = 8
"""How many colours, each with its own pattern, findings take in turn."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A page by number, and the range of the text whose words are to be marked on it."""

    page: int = 1
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """Boxes of one mention or of one passage of evidence."""

    finding: str
    name: str
    tone: int
    evidence: bool
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """A page ready to draw; only this page's words are in it."""

    document: DocumentSummary
    stored: StoredPage
    asked: Asked
    sought: tuple[Box, ...]
    """Where the words stand that were asked for, one box a line."""
    words: tuple[Word, ...]
    marks: tuple[Mark, ...]
    marked: frozenset[int]
    """The pages of the document on which somebody is marked."""

    @property
    def pages(self) -> int:
        """How many pages the reading has that this page is of."""
        return self.document.reading.pages if self.document.reading else 0

    @property
    def number(self) -> int:
        """The page's number, from 1."""
        return self.stored.page.number

    @property
    def doubtful(self) -> bool:
        """Whether the text of the page may be misread."""
        return bool(self.stored.page.flags)


def words_of(stored: StoredPage) -> tuple[Word, ...]:
    """The words of a stored page, in reading order."""
    pages: tuple[PageWords, ...] = words_from_json([stored.words]) if stored.words else ()
    return pages[0].words if pages else ()


def tone_of(position: int) -> int:
    """The colour and pattern of the finding at this place of the list, from 1."""
    return position % TONES + 1


def view_page(
    document: DocumentSummary, stored: StoredPage, asked: Asked, findings: Sequence[Finding]
) -> PageView:
    """The page with the marks of all findings that are not rejected."""
    words = words_of(stored)
    marks = tuple(_marks(document.sha256, stored, words, findings))
    sought = _lines(_inside(asked.start, asked.end, words))
    marked = _marked(document.sha256, findings)
    return PageView(document, stored, asked, sought, words, marks, marked)


def _marked(sha256: str, findings: Sequence[Finding]) -> frozenset[int]:
    shown = (f for f in findings if f.status is not FindingStatus.REJECTED)
    mentions = (m for finding in shown for m in finding.mentions if m.document == sha256)
    return frozenset(m.page for m in mentions if m.page is not None)


def _marks(
    sha256: str, stored: StoredPage, words: Sequence[Word], findings: Sequence[Finding]
) -> Iterator[Mark]:
    for position, finding in enumerate(findings):
        if finding.status is FindingStatus.REJECTED:
            continue
        for passage, evidence in _passages(finding):
            if passage.document != sha256 or not _on_page(passage, stored):
                continue
            if boxes := _boxes(passage, stored.page.number, words):
                yield Mark(finding.key, finding.name, tone_of(position), evidence, boxes)


def _passages(finding: Finding) -> Iterator[tuple[Passage, bool]]:
    for passage in finding.evidence:
        yield passage, True
    for mention in finding.mentions:
        yield mention, False


def _on_page(passage: Passage, stored: StoredPage) -> bool:
    """Whether a passage begins on the page, or goes on over it."""
    page = stored.page
    if passage.page is None or passage.page < page.number:
        return passage.start < page.end and page.start < passage.end
    return passage.page == page.number


def _boxes(passage: Passage, number: int, words: Sequence[Word]) -> tuple[Box, ...]:
    begins_here = passage.page in {None, number}
    if begins_here and isinstance(passage, SeenMention) and passage.boxes:
        return passage.boxes
    inside = _inside(passage.start, passage.end, words)
    return _lines([word for word in inside if _is_quoted(word, passage)])


def _is_quoted(word: Word, passage: Passage) -> bool:
    """Whether the quote has a word of its range: not if that stands between two pages."""
    quote, place = passage.quote, word.start - passage.start
    if not quote or place < 0 or word.end > passage.end:
        return True
    after = place - (passage.end - passage.start - len(quote))
    return quote.startswith(word.text, place) or (after > 0 and quote.startswith(word.text, after))


def _inside(start: int, end: int, words: Sequence[Word]) -> Sequence[Word]:
    """The words in a range."""
    first = bisect_right(words, start, key=lambda word: word.end)
    last = bisect_left(words, end, key=lambda word: word.start)
    return words[first:last]


def _lines(words: Sequence[Word]) -> tuple[Box, ...]:
    """The boxes of the words, those of a line as one."""
    lines: list[Box] = []
    for word in words:
        if lines and same_line(lines[-1], word.box):
            lines[-1] = union(lines[-1], word.box)
        else:
            lines.append(word.box)
    return tuple(lines)
