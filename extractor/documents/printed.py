"""Answers read from the print of a form: beside their labels, or in the boxes below them.

For filled scans and flattened forms, which hold no values. Labels in the midst of a sentence
are none: a line of labels begins with one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractor.documents import labels
from extractor.documents.form_rows import Row, rows
from extractor.documents.labels import Label
from extractor.documents.options import written
from extractor.documents.ticked import TickedAnswers
from extractor.documents.words import PageWords, Word
from extractor.record import FormName

_PART = re.compile(r"^\W*(?:part|section) (\d{1,2}|[A-H])\b(?!\s*(?:number|no\b))", re.IGNORECASE)
_ITEM = re.compile(r"^\W*(\d{1,2})\.(?: ?([a-z])\.)?\s")
_ITEM_NAMED = re.compile(r"\bitem (?:number )?(\d{1,2})\b", re.IGNORECASE)
_LEFT_OF_LABEL = 6.0
_FAR_BELOW = 45.0
_MOST_ANSWER = 12
_TABLE_ROWS = 3
_EMPTY_BOX = re.compile(r"[_.\W]*")


@dataclass
class _Place:
    """Where in the form one is: names of fields need part and item."""

    form: FormName | None
    part: str = ""
    item: str = ""
    found: list[tuple[str, str]] = field(default_factory=list)

    def move(self, row: Row) -> None:
        """Note the part or the item that a row opens."""
        part = _PART.match(row.text)
        if part is not None:
            named = _ITEM_NAMED.search(row.text)
            self.part, self.item = part[1].upper(), named[1] if named else ""
        item = _ITEM.match(row.text)
        if item is not None and part is None:
            self.item = item[1]

    def add(self, label: Label, words: Iterable[Word], item: str = "") -> None:
        """Note an answer."""
        value = " ".join(word.text for word in words).strip()
        name = labels.field_name(self.form, self.part, item or label.item or self.item, label.asks)
        if (
            label.asks
            and value
            and name not in dict(self.found)
            and not _EMPTY_BOX.fullmatch(value)
        ):
            self.found.append((name, value))


def values(pages: Sequence[PageWords], form: FormName | None) -> Iterator[tuple[str, str]]:
    """Names and values of the answers that are printed on these pages."""
    place, ticked = _Place(form), TickedAnswers(form)
    for page in pages:
        of_page = list(rows(page.words))
        for index, row in enumerate(of_page):
            place.move(row)
            ticked.take(row, place.part)
            if row.labels:
                _answers(place, row, of_page[index + 1 :])
    yield from place.found
    yield from ticked.answers()


def _answers(place: _Place, row: Row, below: Sequence[Row]) -> None:
    beside = list(_beside(row))
    if any(words for _, words in beside):
        for label, words in beside:
            place.add(label, words)
    elif {label.asks for label in row.labels} >= {"Name", "Relationship"} and below:
        _table(place, row, below)
    elif below and _is_below(row, below[0]):
        for label, words in _columns(row, below[0]):
            place.add(label, words)


def _beside(row: Row) -> Iterator[tuple[Label, tuple[Word, ...]]]:
    ends = [label.start for label in row.labels[1:]] + [len(row.text)]
    for label, end in zip(row.labels, ends, strict=True):
        words = written(row.among(label.end, end), row.words)
        yield label, words if len(words) <= _MOST_ANSWER else ()


def _is_below(row: Row, other: Row) -> bool:
    near = other.words[0].box[1] - row.words[0].box[3] <= _FAR_BELOW
    return near and not (other.labels or _PART.match(other.text) or _ITEM.match(other.text))


def _columns(row: Row, values: Row) -> Iterator[tuple[Label, tuple[Word, ...]]]:
    """The words below each label, up to where the next label begins."""
    lefts = [row.left(label) - _LEFT_OF_LABEL for label in row.labels]
    for index, label in enumerate(row.labels):
        right = lefts[index + 1] if index + 1 < len(lefts) else float("inf")
        left = lefts[index] if index else float("-inf")
        words = tuple(word for word in values.words if left <= word.box[0] < right)
        yield label, written(words, values.words)


def _table(place: _Place, row: Row, below: Sequence[Row]) -> None:
    """Relatives one below the other; they are items 2 to 4 of Supplement B, Part 5."""
    for number, values in enumerate(below[:_TABLE_ROWS]):
        if values.labels or _PART.match(values.text):
            return
        for label, words in _columns(row, values):
            place.add(label, words, str(number + 2))
