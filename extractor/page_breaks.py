"""What stands between the pages of one paper and cuts a sentence that goes on over them.

Invariant: a running line is left out only between two pages of one paper, and only if each of
its words that stays from page to page stands elsewhere in that paper, too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
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
        known = _known(text.text, breaks)
        for one in breaks:
            left_out = []
            for line in one.lines:
                if line.lasting <= known:
                    left_out.append(line)
                known |= line.lasting
            found += _ranges(text.text, one, left_out)
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
            inside = [line for line in lines if start <= line.start < end]
            breaks.setdefault(paper, []).append(_Break(start, end, text.sections[paper], inside))
    yield from breaks.values()


def _body(page: PageWords, lines: Sequence[RunningLine]) -> tuple[int, int] | None:
    """From the first to the last word of a page that stands in no running line."""
    words = page.words
    first = next((word for word in words if not _is_inside(word.start, lines)), None)
    last = next((word for word in reversed(words) if not _is_inside(word.start, lines)), None)
    return (first.start, last.end) if first is not None and last is not None else None


def _is_inside(place: int, lines: Sequence[RunningLine]) -> bool:
    number = bisect_right(lines, place, key=lambda line: line.start) - 1
    return number >= 0 and place < lines[number].end


def _known(text: str, breaks: Sequence[_Break]) -> frozenset[str]:
    """The words of a paper, those of running lines between its pages aside."""
    paper = breaks[0].paper
    inside = [line for one in breaks for line in one.lines]
    starts = [paper.start, *(line.end for line in inside)]
    ends = [*(line.start for line in inside), paper.end]
    return tokens_of(" ".join(text[a:b] for a, b in zip(starts, ends, strict=True)))


def _ranges(text: str, one: _Break, left_out: Sequence[RunningLine]) -> Iterator[Span]:
    """What to leave out of a break: lines with the white after them, or all but line ends."""
    if len(left_out) < len(one.lines):
        for line in left_out:
            white = len(text[line.end : one.end]) - len(text[line.end : one.end].lstrip())
            yield Span(start=line.start, end=line.end + white)
        return
    kept = _kept_white(text[one.start : one.end], 1 if _goes_on(text, one) else 2)
    edges = [one.start, *(one.start + place for place in kept), one.end]
    for number, (before, after) in enumerate(pairwise(edges)):
        start = before + (number > 0)
        if start < after:
            yield Span(start=start, end=after)


def _kept_white(gap: str, most: int) -> list[int]:
    """Places of the line ends that stay between two pages, or of any white if there are none."""
    ends = [place for place, sign in enumerate(gap) if sign == "\n"]
    return (ends or [place for place, sign in enumerate(gap) if sign.isspace()])[:most]


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
