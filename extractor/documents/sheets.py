"""A page as it is looked at to tell which document it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.documents import forms, headings
from extractor.documents.forms import Foot
from extractor.documents.words import PageWords
from extractor.record import DocumentKind, FormName

TOP_LINES = 8
_LETTER_LINES = 25
_FOOT_LINES = 4
_PROSE_WORDS = 9
_PAGE_NUMBER = re.compile(r"\bpage[\s:]*(\d{1,3})\b|^\W*(\d{1,3})\W*$", re.IGNORECASE)
_CONTINUED = re.compile(r"\bcontinued\b|\bcont['’]?d\b|\bcontinuation\b", re.IGNORECASE)
_PART = re.compile(r"^\W*(part|section) [\dA-Z]{1,2}[.:,]? [A-Z]", re.IGNORECASE)
_LABEL = re.compile(
    r"^\W*\d{1,2}\.\s?[a-z]\.?\s|\((last|first) name\)|\bname of (certifying|head)|"
    r"\bpart number\b|\bitem number\b|\balien registration number|\bdate of birth \(mm",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print and where it starts in the text."""

    start: int
    text: str
    new_paragraph: bool


@dataclass(frozen=True)
class Opening:
    """A document that begins: its kind if its title tells, where, which form, its title."""

    kind: DocumentKind | None
    start: int
    form: FormName | None = None
    number: str = ""
    title: str = ""
    marks: frozenset[str] = frozenset()
    """Case and file numbers at its head."""


@dataclass(frozen=True)
class Current:
    """What is known of the document that is open when a page comes."""

    opening: Opening
    language: str | None


@dataclass(frozen=True)
class Sheet:
    """One page: its lines, its fields, what its head and foot say."""

    number: int
    start: int
    end: int
    language: str | None
    lines: tuple[Line, ...]
    fields: Sequence[tuple[str, str]]

    @classmethod
    def of(cls, text: str, page: PageWords, fields: Sequence[tuple[str, str]]) -> Sheet:
        """The sheet of a page of the text."""
        at = page.page
        lines = tuple(_lines(text, at.start, at.end))
        return cls(at.number, at.start, at.end, at.language, lines, fields)

    @cached_property
    def foot(self) -> Foot | None:
        """What the page says of the form that it is of."""
        texts = [line.text for line in self.lines]
        return forms.foot_of(texts[:3]) or forms.foot_of(texts[3:][-_FOOT_LINES:])

    @cached_property
    def names(self) -> list[str]:
        """The names of its fields."""
        return [name for name, _ in self.fields]

    @cached_property
    def top(self) -> tuple[Line, ...]:
        """The first lines that may be headings: no running heads, no values of fields."""
        top = self.lines[:TOP_LINES]
        values = [" ".join(value.split()) for _, value in self.fields]
        kept = [line for line in top if not any(line.text in value for value in values)]
        if any(_is_running(line.text) for line in kept[:2]) and self.page_number != 1:
            kept = [line for line in kept if not _is_running(line.text)]
        prose = next((at for at, line in enumerate(kept) if _is_prose(line.text)), len(kept))
        return tuple(kept[: prose + 1])

    @cached_property
    def page_number(self) -> int | None:
        """The number that the page bears at its head or foot, where it says so in words."""
        if self.foot is not None and self.foot.page is not None:
            return self.foot.page
        for line in (*self.lines[:2], *self.lines[-1:]):
            match = _PAGE_NUMBER.search(line.text)
            if match is not None and match[1]:
                return int(match[1])
        return None

    @cached_property
    def goes_on(self) -> bool:
        """Whether its first lines say that it continues the page before."""
        return (self.page_number or 1) > 1 or any(
            _CONTINUED.search(line.text) for line in self.lines[:2]
        )

    @cached_property
    def looks_like_form(self) -> bool:
        """Whether it is laid out like a form: fields, or printed parts and items."""
        if forms.has_items(self.names):
            return True
        parts = sum(bool(_PART.search(line.text)) for line in self.lines)
        labels = sum(bool(_LABEL.search(line.text)) for line in self.lines)
        return parts + labels >= 2

    @cached_property
    def salutation(self) -> Line | None:
        """Where the page greets the reader of a letter."""
        head = self.lines[:_LETTER_LINES]
        return next((line for line in head if headings.is_salutation(line.text)), None)


def _is_running(line: str) -> bool:
    if not (_PAGE_NUMBER.search(line) or _CONTINUED.search(line)):
        return False
    heading = headings.heading_of(line)
    return heading is None or heading.kind not in forms.FORM_KINDS


def _is_prose(line: str) -> bool:
    """A title is not looked for below running text."""
    return len(line.split()) >= _PROSE_WORDS and not headings.is_title(line)


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    at, blank = start, True
    for line in text[start:end].split("\n"):
        if line.strip():
            yield Line(at, line.strip(), blank)
        blank = not line.strip()
        at += len(line) + 1
