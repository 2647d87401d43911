"""The documents of a packet: where each begins, what it is, which form it is.

Invariant: the sections follow each other without gaps and together cover all of the text. A
page on which nothing begins goes on with the document before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extractor.documents import additional, filled, translations
from extractor.documents.bodies import kind_of_body
from extractor.documents.fields import by_name
from extractor.documents.forms import FORM_KINDS
from extractor.documents.openings import openings
from extractor.documents.sheets import Current, Opening, Sheet
from extractor.documents.words import PageWords
from extractor.record import Section

Fields = Mapping[int, Sequence[tuple[str, str]]]


@dataclass
class _Open:
    """A section that is still growing."""

    opening: Opening
    pages: list[PageWords] = field(default_factory=list)
    language: str | None = None

    def take(self, page: PageWords) -> None:
        """The section goes on over a page."""
        self.pages.append(page)
        self.language = page.page.language or self.language


def cut(text: str, pages: Sequence[PageWords], fields: Fields) -> tuple[Section, ...]:
    """The sections of a file; together they cover all of its text."""
    found = _found(text, pages, fields)
    if found:
        found[0].opening = _at_start(found[0].opening)
    ends = [part.opening.start for part in found[1:]] + [len(text)]
    closed = [_closed(text, part, end, fields) for part, end in zip(found, ends, strict=True)]
    return translations.paired(text, additional.joined(text, closed), pages)


def main_section(sections: Sequence[Section]) -> Section | None:
    """The section that the file is about: the longest."""
    return max(sections, key=lambda section: section.end - section.start, default=None)


def fields_of_file(sections: Sequence[Section], fields: Fields) -> dict[str, str]:
    """The filled fields of all forms, and what was made of those of the main one."""
    main = main_section(sections)
    all_of_them = by_name(pair for pairs in fields.values() for pair in pairs)
    return {**all_of_them, **main.fields} if main and main.kind in FORM_KINDS else all_of_them


def _found(text: str, pages: Sequence[PageWords], fields: Fields) -> list[_Open]:
    found: list[_Open] = []
    for page in pages:
        sheet = Sheet.of(text, page, fields.get(page.page.number, ()))
        current = Current(found[-1].opening, found[-1].language) if found else None
        begun = list(openings(sheet, current))
        if found and (not begun or begun[0].start > page.page.start):
            found[-1].take(page)
        if not found and not begun:
            begun = [Opening(None, page.page.start)]
        for opening in begun:
            found.append(_Open(opening))
            found[-1].take(page)
    return found


def _at_start(opening: Opening) -> Opening:
    return Opening(opening.kind, 0, opening.form, opening.number, opening.title, opening.marks)


def _closed(text: str, part: _Open, end: int, fields: Fields) -> Section:
    opening = part.opening
    kind = opening.kind or kind_of_body(text[opening.start : end])
    values: dict[str, str] = {}
    if kind in FORM_KINDS:
        values = filled.fields_of_form(text, part.pages, opening.form, fields)
    return Section(start=opening.start, end=end, kind=kind, form=opening.form, fields=values)
