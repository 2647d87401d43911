"""What stands between two pages of a paper and cuts the story that goes on over them.

Invariant: a running line is left out only if each of its words that stays from page to page
stands elsewhere in its paper, too; a blank line only where a paragraph goes on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from extractor.documents.forms import FORM_KINDS
from extractor.documents.kinds import MediaType
from extractor.documents.margins import tokens_of
from extractor.documents.running import RunningLine, running_lines
from extractor.documents.words import CaseText, PageWords
from extractor.language.line_breaks import ended_on_purpose
from extractor.record import Section, Span

__all__ = ["between_pages"]

_LETTER_FOR_LETTER = (MediaType.TXT, MediaType.DOCX)
"""Their text is kept as it stands, and their pages are made up."""
_AROUND = 2_000
"""Characters on each side that show how wide the text is set: more than ten lines."""
_CLOSING = "\"'”’)»"
_SENTENCE_END = (".", "!", "?")


@dataclass(frozen=True)
class _Break:
    """From the last word of a page to the first of the next one, running lines aside."""

    start: int
    end: int
    paper: Section
    lines: Sequence[RunningLine]


def between_pages(text: CaseText) -> list[Span]:
    """Ranges of the text to leave out, disjoint and in order."""
    if text.source.media_type in _LETTER_FOR_LETTER:
        return []
    found: list[Span] = []
    for breaks in _by_paper(text):
        cutting = [one for one in breaks if _cuts(text.text, one)]
        known = set(_known(text.text, cutting))
        for one in cutting:
            found += _ranges(text.text, one, known)
            known.update(*(line.lasting for line in one.lines))
    return found


def _by_paper(text: CaseText) -> Iterator[list[_Break]]:
    """The breaks between pages of one paper, paper by paper."""
    lines = running_lines(text.text, text.pages)
    bodies = [body for page in text.pages if (body := _body(page, lines)) is not None]
    starts = [section.start for section in text.sections]
    breaks: dict[int, list[_Break]] = {}
    for (_, start), (end, _) in pairwise(bodies):
        paper = bisect_right(starts, start - 1) - 1
        if paper >= 0 and paper == bisect_right(starts, end) - 1:
            first, last = _before(start, lines), _before(end, lines)
            breaks.setdefault(paper, []).append(
                _Break(start, end, text.sections[paper], lines[first:last])
            )
    yield from breaks.values()


def _body(page: PageWords, lines: Sequence[RunningLine]) -> tuple[int, int] | None:
    """From the first to the last word of a page that stands in no running line."""
    words = page.words
    first = next((word for word in words if not _is_inside(word.start, lines)), None)
    last = next((word for word in reversed(words) if not _is_inside(word.start, lines)), None)
    return (first.start, last.end) if first is not None and last is not None else None


def _is_inside(place: int, lines: Sequence[RunningLine]) -> bool:
    number = _before(place + 1, lines)
    return number > 0 and place < lines[number - 1].end


def _before(place: int, lines: Sequence[RunningLine]) -> int:
    """How many lines begin before a place."""
    return bisect_left(lines, place, key=lambda line: line.start)


def _known(text: str, cutting: Sequence[_Break]) -> frozenset[str]:
    """The words of a paper, those of running lines that cut it aside."""
    if not cutting:
        return frozenset()
    paper = cutting[0].paper
    inside = [line for one in cutting for line in one.lines]
    starts = [paper.start, *(line.end for line in inside)]
    ends = [*(line.start for line in inside), paper.end]
    return tokens_of(" ".join(text[a:b] for a, b in zip(starts, ends, strict=True)))


def _ranges(text: str, one: _Break, known: Set[str]) -> Iterator[Span]:
    """What to leave out of a break: all but the ends of lines, or the lines that are known."""
    left_out = [line for line in one.lines if line.lasting <= known]
    if len(left_out) < len(one.lines):
        for line in left_out:
            rest = text[line.end : one.end]
            yield Span(start=line.start, end=one.end - len(rest.lstrip()))
        return
    ends = [place for place in range(one.start, one.end) if text[place] == "\n"]
    kept = (ends or [one.start])[: 1 if _goes_on(text, one) else 2]
    for before, after in pairwise([one.start - 1, *kept, one.end]):
        if before + 1 < after:
            yield Span(start=before + 1, end=after)


def _cuts(text: str, one: _Break) -> bool:
    """Whether a break is one of a story; the parts of a form are parted by its feet."""
    return one.paper.kind not in FORM_KINDS or _goes_on(text, one)


def _goes_on(text: str, one: _Break) -> bool:
    """Whether a paragraph goes on over the break: in the middle of a sentence, or a full line."""
    before = text[max(one.paper.start, one.start - _AROUND) : one.start]
    after = text[one.end : min(one.paper.end, one.end + _AROUND)]
    ended = before.rstrip(_CLOSING).endswith(_SENTENCE_END)
    if after[:1].islower() and not ended:
        return True
    if one.paper.kind in FORM_KINDS:
        return False
    return not ended_on_purpose(f"{before}\n{after}", len(before), len(before) + 1)
