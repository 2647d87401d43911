"""The documents of a packet: where each begins, what it is, which form it is.

A line near the top of a page that reads like a heading opens a section; a page without one
goes on with the section before. Within a page a heading must stand alone in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.documents import headings
from extractor.documents.fields import by_name
from extractor.documents.words import PageWords
from extractor.record import DocumentKind, FormName, Section

_TOP_LINES = 8
_HEAD_CHARACTERS = 1_500
_FORM_KINDS = (DocumentKind.APPLICATION_FORM, DocumentKind.SUPPLEMENT_B)
_RUNNING = re.compile(r"\bpage \d+ of \d+|\bcontinued\b|\bcont['’]?d\b|^\W*\d+\W*$", re.IGNORECASE)

Fields = Mapping[int, Sequence[tuple[str, str]]]


@dataclass
class _Open:
    """A section that is still growing."""

    kind: DocumentKind | None
    start: int
    first_page: int
    last_page: int
    form: FormName | None = None


def cut(text: str, pages: Sequence[PageWords], fields: Fields) -> tuple[Section, ...]:
    """The sections of a file; together they cover all of its text."""
    found: list[_Open] = []
    for page in pages:
        for kind, start, form in _openings(text, page, fields.get(page.page.number, ())):
            if found and _goes_on(found[-1], kind, form):
                continue
            found.append(_Open(kind, start, page.page.number, page.page.number, form))
        if not found:
            found.append(_Open(None, page.page.start, page.page.number, page.page.number))
        found[-1].last_page = page.page.number
    if found:
        found[0].start = 0
    return tuple(_closed(text, found, index, fields) for index in range(len(found)))


def main_section(sections: Sequence[Section]) -> Section | None:
    """The section that the file is about: the longest."""
    return max(sections, key=lambda section: section.end - section.start, default=None)


def _goes_on(section: _Open, kind: DocumentKind, form: FormName | None) -> bool:
    """Forms repeat their title on each page; other documents open anew."""
    return section.kind is kind and kind in _FORM_KINDS and section.form in (form, None)


def _openings(
    text: str, page: PageWords, fields: Sequence[tuple[str, str]]
) -> Iterator[tuple[DocumentKind, int, FormName | None]]:
    """Kinds, places and forms of the sections that open on a page."""
    lines = list(_lines(text, page.page.start, page.page.end))
    top = _heading_at_top(lines)
    form = headings.form_of_fields([name for name, _ in fields])
    if top is None and form is not None:
        kind = _form_kind(form)
        yield kind, page.page.start, form
    elif top is not None:
        named = _named_form(text, page.page.start, top, form)
        yield top, page.page.start, named
    for start, line in lines[_TOP_LINES if top else 1 :]:
        kind_here = headings.kind_of_line(line)
        if kind_here is not None and kind_here is not top and _stands_out(line):
            yield kind_here, start, _named_form(text, start, kind_here, None)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    at = start
    for line in text[start:end].split("\n"):
        if line.strip():
            yield at, line.strip()
        at += len(line) + 1


def _heading_at_top(lines: Sequence[tuple[int, str]]) -> DocumentKind | None:
    top = [line for _, line in lines[:_TOP_LINES]]
    if any(_RUNNING.search(line) for line in top[:2]) and not _form_title(top):
        top = [line for line in top if not _RUNNING.search(line)]
    for line in top:
        kind = headings.kind_of_line(line)
        if kind is not None:
            return kind
    return None


def _form_title(lines: Sequence[str]) -> bool:
    return any(headings.kind_of_line(line) in _FORM_KINDS for line in lines)


def _named_form(
    text: str, start: int, kind: DocumentKind, by_fields: FormName | None
) -> FormName | None:
    if kind not in _FORM_KINDS:
        return None
    return headings.form_of(text[start : start + _HEAD_CHARACTERS], kind) or by_fields


def _form_kind(form: FormName) -> DocumentKind:
    if form in (FormName.I_914B, FormName.I_918B):
        return DocumentKind.SUPPLEMENT_B
    return DocumentKind.APPLICATION_FORM


def _stands_out(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return len(line) <= 90 and len(letters) >= 8 and all(c.isupper() for c in letters)


def _closed(text: str, found: list[_Open], index: int, fields: Fields) -> Section:
    section = found[index]
    end = found[index + 1].start if index + 1 < len(found) else len(text)
    kind = section.kind or kind_of_body(text[section.start : end])
    pairs = [
        pair
        for number in range(section.first_page, section.last_page + 1)
        for pair in fields.get(number, ())
    ]
    return Section(
        start=section.start,
        end=end,
        kind=kind,
        form=section.form,
        fields=by_name(pairs) if kind in _FORM_KINDS else {},
    )


_FIRST_PERSON = re.compile(r"\b(I|me|my|myself|mine|yo|mi|me)\b")
_WORD = re.compile(r"\w+")
_BODY: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    (DocumentKind.AFFIDAVIT, re.compile(r"duly sworn|affiant|deposes? and sa", re.IGNORECASE)),
    (
        DocumentKind.DECLARATION,
        re.compile(r"penalty of perjury|I, [^,]{3,60}, (declare|state)|i declare that", re.I),
    ),
    (DocumentKind.LETTER, re.compile(r"^\s*dear\b|^\s*sincerely\b|to whom it may", re.I | re.M)),
    (
        DocumentKind.POLICE_REPORT,
        re.compile(r"\b(R/O|reporting officer|complainant|incident (no|number|#))", re.I),
    ),
)


def kind_of_body(text: str) -> DocumentKind:
    """The kind of a document that has no heading, from how it speaks."""
    for kind, pattern in _BODY:
        if pattern.search(text):
            return kind
    words = len(_WORD.findall(text))
    first = len(_FIRST_PERSON.findall(text))
    return DocumentKind.DECLARATION if first > 0.02 * words > 0 else DocumentKind.OTHER
