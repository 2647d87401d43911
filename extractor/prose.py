"""A case file as it is understood: without what cuts a story that goes on over a page.

Invariants: the prose is the text without the ranges in `between`; every word that is left has
its box, its page and its paper, and every range found in the prose has its place in the text.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import Any, TypeVar

from pydantic import BaseModel

from extractor.documents.words import CaseText, PageWords
from extractor.page_breaks import between_pages
from extractor.record import Page, Record, Section, Span

__all__ = ["Prose", "prose_of"]

_Part = TypeVar("_Part", Page, Section)


def prose_of(text: CaseText) -> Prose:
    """The prose of a case file."""
    return Prose(text, tuple(between_pages(text)))


@dataclass(frozen=True)
class Prose:
    """A case file without some ranges of its text, which are disjoint and in order."""

    whole: CaseText
    between: tuple[Span, ...] = ()

    @cached_property
    def case(self) -> CaseText:
        """The case file, its words, pages and papers placed in the prose."""
        if not self.between:
            return self.whole
        whole = self.whole
        return replace(
            whole,
            text="".join(whole.text[start:end] for start, end in self._kept),
            pages=tuple(self._page(page) for page in whole.pages),
            sections=tuple(self._placed(section) for section in whole.sections),
        )

    def in_whole(self, start: int, end: int) -> tuple[int, int]:
        """The range of the whole text that a range of the prose begins and ends in."""
        if end <= start:
            return self._place(start), self._place(start)
        return self._place(start), self._place(end - 1) + 1

    def record_of_whole(self, record: Record) -> Record:
        """A record of the prose, every span placed in the whole text."""
        if not self.between:
            return record
        moved: Record = self._moved(record)
        whole = {
            "text": self.whole.text,
            "pages": [page.page for page in self.whole.pages],
            "sections": list(self.whole.sections),
            "between_pages": list(self.between),
        }
        return moved.model_copy(update=whole)

    def _moved(self, part: Any) -> Any:  # noqa: ANN401 - any part of a record, as it came
        if isinstance(part, list):
            return [self._moved(one) for one in part]
        if isinstance(part, dict):
            return {key: self._moved(one) for key, one in part.items()}
        if not isinstance(part, BaseModel):
            return part
        update = {name: self._moved(getattr(part, name)) for name in type(part).model_fields}
        if isinstance(part, Span):
            update["start"], update["end"] = self.in_whole(part.start, part.end)
        return part.model_copy(update=update)

    @cached_property
    def _kept(self) -> list[tuple[int, int]]:
        starts = [0, *(span.end for span in self.between)]
        ends = [*(span.start for span in self.between), len(self.whole.text)]
        return list(zip(starts, ends, strict=True))

    @cached_property
    def _begins(self) -> list[int]:
        """Where each kept range begins in the prose."""
        return list(accumulate((end - start for start, end in self._kept), initial=0))[:-1]

    def _place(self, place: int) -> int:
        number = bisect_right(self._begins, place) - 1
        return self._kept[number][0] + place - self._begins[number]

    def _in_prose(self, place: int) -> int:
        """Where a place of the whole text lies in the prose; the next one, if it was left out."""
        number = max(bisect_right(self._kept, (place, len(self.whole.text))) - 1, 0)
        start, end = self._kept[number]
        return self._begins[number] + min(place, end) - start

    def _placed(self, part: _Part) -> _Part:
        start, end = self._in_prose(part.start), self._in_prose(part.end)
        return part.model_copy(update={"start": start, "end": end})

    def _page(self, page: PageWords) -> PageWords:
        words = []
        for word in page.words:
            start, end = self._in_prose(word.start), self._in_prose(word.end)
            if end - start == word.end - word.start:
                words.append(replace(word, start=start, end=end))
        return PageWords(self._placed(page.page), tuple(words))
