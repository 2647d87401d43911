"""Running heads and feet: lines in the margins that come again on the pages around.

A line runs on if it stands at the same height of a page near by with the same words, its
numbers the same or counting the pages, or if its shape cannot be mistaken (`Page 3 of 9`, the
foot of a form). A line of the story that happens to come again is not set apart from the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from extractor.documents import forms
from extractor.documents.margins import MarginLine, margin_lines
from extractor.documents.words import PageWords

_NEAR = 2
"""Pages on each side: heads of left and right pages differ, and backs of scans are blank."""
_SHIFT = 14.0
"""Points by which a line may stand elsewhere: a line, for sheets lie askew on the glass."""
_LOOKS_ALIKE = 0.85
"""Share of letters in which two readings of one printed line agree at the least."""
_FEWEST_LETTERS = 8
_PAGES = r"(?:page|p[aá]gina|p[aá]g|pg|p)[\W_]*"
_COUNTED = rf"{_PAGES}\d{{1,4}}\s*(?:of|de|/)\s*\d{{1,4}}"
_COUNT = re.compile(
    rf"[\W_]*(?:{_COUNTED}|{_PAGES}\d{{1,4}}|\d{{1,4}}\s+(?:of|de)\s+\d{{1,4}})[\W_]*",
    re.IGNORECASE,
)
_COUNTED_AT_END = re.compile(rf"^\W*{_COUNTED}\b|\b{_COUNTED}\W*$", re.IGNORECASE)
_COUNTING = frozenset({"page", "pages", "pg", "p", "of", "de", "página", "pagina", "pág", "pag"})


@dataclass(frozen=True, slots=True)
class RunningLine:
    """A running line's range in the text, and those of its words that stay from page to page."""

    start: int
    end: int
    lasting: frozenset[str]


def running_lines(text: str, pages: Sequence[PageWords]) -> list[RunningLine]:
    """The running lines of a file, in the order of its text."""
    margins = [margin_lines(text, page) for page in pages]
    found: list[RunningLine] = []
    for index, lines in enumerate(margins):
        near = list(_near(index, pages, margins))
        for at_top in (True, False):
            found += _of_edge([line for line in lines if line.at_top is at_top], near)
    return sorted(found, key=lambda line: line.start)


def _near(
    index: int, pages: Sequence[PageWords], margins: Sequence[list[MarginLine]]
) -> Iterator[tuple[int, list[MarginLine]]]:
    """How far on each page near by lies, and its lines; a page filed twice tells nothing."""
    own = pages[index].page
    for other in range(max(index - _NEAR, 0), min(index + _NEAR + 1, len(pages))):
        page = pages[other].page
        if own.number not in (page.number, page.repeats) and page.number != own.repeats:
            yield other - index, margins[other]


def _of_edge(
    lines: list[MarginLine], near: Sequence[tuple[int, list[MarginLine]]]
) -> Iterator[RunningLine]:
    """The running lines of one margin: what lies outside of one is apart from the text, too."""
    apart = False
    for line in reversed(lines):
        again = [other for step, others in near for other in others if _is_again(line, other, step)]
        apart = apart or line.apart
        if _runs(line, again, apart=apart):
            yield RunningLine(line.start, line.end, _lasting(line, again))
        else:
            apart = False


def _runs(line: MarginLine, again: Sequence[MarginLine], *, apart: bool) -> bool:
    if _COUNT.fullmatch(line.text) or forms.foot_of([line.text]) is not None:
        return True
    if not again:
        return apart and _COUNTED_AT_END.search(line.text) is not None
    counts_alone = not line.letters and any(other.numbers != line.numbers for other in again)
    return apart or counts_alone or len(again) > 1


def _is_again(line: MarginLine, other: MarginLine, step: int) -> bool:
    """Whether a line of a page so many pages further on is the same running line."""
    if line.at_top is not other.at_top or abs(line.away - other.away) > _SHIFT:
        return False
    if not _count_on(line.numbers, other.numbers, step):
        return False
    if line.letters == other.letters:
        return bool(line.letters) or line.numbers != other.numbers
    if not (line.by_ocr or other.by_ocr) or len(line.letters) < _FEWEST_LETTERS:
        return False
    matcher = SequenceMatcher(None, line.letters, other.letters, autojunk=False)
    return matcher.quick_ratio() >= _LOOKS_ALIKE and matcher.ratio() >= _LOOKS_ALIKE


def _count_on(numbers: Sequence[int], others: Sequence[int], step: int) -> bool:
    """Whether each number is the same or has grown by no more than one a page."""
    if len(numbers) != len(others):
        return False
    grown = [after - before for before, after in zip(numbers, others, strict=True)]
    return all(min(step, 0) <= more <= max(step, 0) for more in grown)


def _lasting(line: MarginLine, again: Sequence[MarginLine]) -> frozenset[str]:
    tokens = line.tokens
    if again:
        tokens &= frozenset().union(*(other.tokens for other in again))
    elif _COUNT.fullmatch(line.text) or _COUNTED_AT_END.search(line.text):
        tokens = frozenset(token for token in tokens if not token.isdigit())
    return frozenset(token for token in tokens - _COUNTING if len(token) > 1)
