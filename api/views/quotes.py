"""Evidence as the pages quote it: the words, and in which file and on which page they stand.

Invariant: where a quote is shortened, what it is about is marked in it and never cut away; an
ellipsis stands on each side that was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.record import MentionKind
from haven.review.model import Passage, SeenMention
from haven.views import DocumentSummary

__all__ = ["Files", "Piece", "Quote", "pieces_of", "quotes_of"]

_MOST = 180
"""Code points of a quote round a mention: three lines of the panel."""
_MOST_UNMARKED = 600
"""Where nobody knows which words matter nearly every sentence is shown whole."""
_TELLING = (MentionKind.NAM, MentionKind.NOM, MentionKind.PRO)

Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Files:
    """The files that evidence points into, by SHA-256."""

    by_sha: Mapping[str, DocumentSummary]

    @classmethod
    def of(cls, documents: Iterable[DocumentSummary]) -> Files:
        """These files."""
        return cls({document.sha256: document for document in documents})

    def name(self, sha256: str) -> str | None:
        """What to call the file beside a page number; None where there is only one."""
        document = self.by_sha.get(sha256)
        return document.filename if document and len(self.by_sha) > 1 else None


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a quote, marked or not."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a file, where to find them, and what to call the file.

    `start` and `end` count in the newest reading of the file; both are 0 where the words are
    of another reading, so that no others are marked on the page in their place.
    """

    document_id: str
    file: str | None
    page: int
    pieces: tuple[Piece, ...]
    start: int = 0
    end: int = 0


def quotes_of(
    passages: Iterable[Passage],
    files: Files,
    readings: Mapping[str, str],
    mentions: Sequence[SeenMention] = (),
) -> list[Quote]:
    """Each passage that lies in one of the files, once, with the mentions marked in it."""
    quotes: dict[tuple[object, ...], Quote] = {}
    known: dict[tuple[str, str], list[SeenMention]] = {}
    for mention in mentions:
        known.setdefault((mention.document, mention.text), []).append(mention)
    for passage in passages:
        if passage.document in files.by_sha:
            near = known.get((passage.document, passage.text), [])
            quote = _quote(passage, files, readings, near)
            quotes.setdefault((quote.document_id, quote.page, quote.pieces), quote)
    return list(quotes.values())


def pieces_of(text: str, marked: Ranges) -> tuple[Piece, ...]:
    """The text, shortened round the first of the ranges, with all of them marked."""
    low, high = _window(text, marked[0] if marked else None)
    pieces = [Piece("… ")] if low > 0 else []
    at = low
    for start, end in _apart(marked, low, high):
        pieces += [Piece(text[at:start]), Piece(text[start:end], marked=True)]
        at = end
    pieces.append(Piece(text[at:high] + (" …" if high < len(text) else "")))
    return tuple(piece for piece in pieces if piece.text)


def _quote(
    passage: Passage, files: Files, readings: Mapping[str, str], mentions: Sequence[SeenMention]
) -> Quote:
    """A quote; the mentions are of the same reading of its file."""
    inside = sorted(_inside(passage, mentions), key=lambda m: (_TELLING.index(m.kind), m.start))
    marked = [place for m in inside if (place := _place_in(passage, m)) is not None]
    current = readings.get(passage.document) == passage.text
    return Quote(
        files.by_sha[passage.document].id,
        files.name(passage.document),
        passage.page or 1,
        pieces_of(passage.quote, marked),
        passage.start if current else 0,
        passage.end if current else 0,
    )


def _inside(passage: Passage, mentions: Sequence[SeenMention]) -> Iterator[SeenMention]:
    for mention in mentions:
        if mention.start < passage.end and passage.start < mention.end:
            yield mention


def _place_in(passage: Passage, mention: SeenMention) -> tuple[int, int] | None:
    """Where a mention stands in the quote, in which what lies between two pages is left out."""
    start, whole = mention.start - passage.start, passage.end - passage.start
    left_out = whole - len(passage.quote)
    if left_out == 0:
        return max(0, start), min(mention.end - passage.start, whole)
    for place in (start, start - left_out):
        if place >= 0 and mention.quote and passage.quote.startswith(mention.quote, place):
            return place, place + len(mention.quote)
    return None


def _window(text: str, focus: tuple[int, int] | None) -> tuple[int, int]:
    """What of the text is shown; it begins and ends with whole words where it can."""
    most = _MOST if focus else _MOST_UNMARKED
    if len(text) <= most:
        return 0, len(text)
    start, end = focus or (0, 0)
    low = max(0, start - max(0, most - (end - start)) // 2)
    high = min(len(text), max(end, low + most))
    low = min(start, max(0, min(low, high - most)))
    if low > 0:
        low = text.find(" ", low, start) + 1 or low
    if high < len(text):
        high = max(text.rfind(" ", end, high), end) if " " in text[end:high] else high
    return low, high


def _apart(ranges: Ranges, low: int, high: int) -> Iterator[tuple[int, int]]:
    """The ranges within these bounds, in order, none over another."""
    at = low
    for start, end in sorted(ranges):
        start, end = max(start, at), min(end, high)  # noqa: PLW2901 - clipped
        if start < end:
            yield start, end
            at = end
