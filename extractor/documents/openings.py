"""Where documents begin: at the top of a page, and now and then further down.

A page of a form opens nothing but a form, whatever was written into it. On other pages a
title opens a document, a letterhead only where nothing else tells what the page is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.documents import form_pages, forms, headings
from extractor.documents.forms import FORM_KINDS
from extractor.documents.sheets import TOP_LINES, Current, Line, Opening, Sheet
from extractor.record import DocumentKind

_K = DocumentKind
_LETTERHEAD_LINES = 3
_WORDS_OF_A_NAME = 3
_MOST_STANDING = 90
_MARK = re.compile(r"\b(?!\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})[A-Za-z]{0,3}-?\d[\dA-Za-z-]{4,}\b")
_LETTERS = re.compile(r"[^\W\d_]+")
_FOREIGN_SPEECH = (None, _K.DECLARATION, _K.AFFIDAVIT, _K.LETTER, _K.OTHER, _K.POLICE_REPORT)
_NAMED = re.compile(r"^\W*(declaration|affidavit|personal statement) of ", re.IGNORECASE)
# What stands under its own heading inside another document is a part of it.
_PARTS: dict[DocumentKind, frozenset[DocumentKind]] = {
    _K.POLICE_REPORT: frozenset({_K.DECLARATION, _K.POLICE_REPORT, _K.OTHER, _K.COURT_RECORD}),
    _K.EVALUATION: frozenset(_K) - {_K.TRANSLATION_CERTIFICATE},
    _K.COURT_RECORD: frozenset(_K) - {_K.TRANSLATION_CERTIFICATE},
    _K.LETTER: frozenset(_K) - {_K.TRANSLATION_CERTIFICATE, _K.DECLARATION, _K.AFFIDAVIT},
    _K.OTHER: frozenset({_K.DECLARATION, _K.POLICE_REPORT, _K.OTHER}),
}


def openings(sheet: Sheet, current: Current | None) -> Iterator[Opening]:
    """The documents that begin on a page."""
    first = at_top(sheet, current)
    if first is not None:
        yield first
    kind = first.kind if first else (current.opening.kind if current else None)
    if sheet.foot is not None or forms.has_items(sheet.names):
        return
    for line in sheet.lines[TOP_LINES if first else 1 :]:
        named_only = kind in FORM_KINDS or line in sheet.top
        found = _within(line, kind, named_only=named_only)
        if found is not None:
            yield found
            kind = found.kind


def at_top(sheet: Sheet, current: Current | None) -> Opening | None:
    """The document that begins with a page, if one does."""
    form = form_pages.opening(sheet, current)
    if form is not None:
        return None if form_pages.is_same(sheet, form, current) else form
    if form_pages.is_form_page(sheet, current):
        return None
    titled = _titled(sheet, current)
    if titled is not None:
        return None if _same_document(sheet, titled, current) else titled
    return _in_another_language(sheet, current)


def _titled(sheet: Sheet, current: Current | None) -> Opening | None:
    weak: Opening | None = None
    for index, line in enumerate(sheet.top):
        heading = headings.heading_of(line.text)
        if heading is None or heading.kind in FORM_KINDS:
            continue
        opening = _opening(sheet, heading.kind, line)
        if not heading.weak:
            return opening
        if index < _LETTERHEAD_LINES and weak is None:
            weak = opening
    if sheet.salutation is not None and not (current and sheet.goes_on):
        return _opening(sheet, _K.LETTER, sheet.salutation)
    return None if weak is None or sheet.looks_like_form else weak


def _opening(sheet: Sheet, kind: DocumentKind, line: Line) -> Opening:
    marks = {mark for top in sheet.lines[:TOP_LINES] for mark in _MARK.findall(top.text)}
    return Opening(kind, sheet.start, title=_letters(line.text), marks=frozenset(marks))


def _same_document(sheet: Sheet, opening: Opening, current: Current | None) -> bool:
    """Whether a title only runs on at the head of every page."""
    if current is None or current.opening.kind is not opening.kind:
        return False
    if sheet.page_number == 1 or sheet.goes_on:
        return sheet.page_number != 1
    before = current.opening
    if opening.kind is _K.LETTER or opening.title != before.title:
        return False
    if opening.marks and before.marks:
        return bool(opening.marks & before.marks)
    return len(opening.title.split()) >= _WORDS_OF_A_NAME


def _in_another_language(sheet: Sheet, current: Current | None) -> Opening | None:
    """An original without a title is told from its translation by its language."""
    if current is None or sheet.language is None or current.language is None:
        return None
    turned = (sheet.language == "en") is not (current.language == "en")
    if turned and current.opening.kind in _FOREIGN_SPEECH:
        return Opening(None, sheet.start)
    return None


def _within(line: Line, kind: DocumentKind | None, *, named_only: bool) -> Opening | None:
    """The document that a line in the middle of a page opens."""
    stands_out = _stands_out(line.text)
    heading = headings.heading_of(line.text) if stands_out or line.new_paragraph else None
    if heading is None or heading.weak or heading.kind in (kind, _K.LETTER):
        return None
    certificate = heading.kind is _K.TRANSLATION_CERTIFICATE
    if not (stands_out or certificate):
        return None
    named = bool(_NAMED.match(line.text))
    inside = kind is not None and heading.kind in _PARTS.get(kind, ())
    if headings.is_listed(line.text) or (inside and not named):
        return None
    if named_only and not (named or certificate):
        return None
    return Opening(heading.kind, line.start, title=_letters(line.text))


def _stands_out(line: str) -> bool:
    if len(line) > _MOST_STANDING:
        return False
    capitals = sum(map(str.isupper, line))
    return capitals >= max(8.0, 0.9 * sum(map(str.isalpha, line)))


def _letters(line: str) -> str:
    return " ".join(_LETTERS.findall(line.lower()))
