"""Date and place of the declarant's last entry, as the applicant's own form gives them.

Fields are known by the end of their names, as editions of Form I-914 and I-918 prefix them
with part and line. A value that stands in the form just once is quoted from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.record import FormName, Record, Section, Span
from haven.review.anchors import fold

__all__ = ["DATE", "PLACE", "entry_fields", "forms_of", "place_in"]

_OWN = frozenset({FormName.I_914, FormName.I_918})
_ENTRY = r"of(?:your)?(?:last)?(?:entry|arrival)$"
DATE, PLACE = re.compile("date" + _ENTRY), re.compile("place" + _ENTRY)
_NO_ANSWER = frozenset(["", "n a", "na", "none", "unknown"])


def entry_fields(record: Record, named: re.Pattern[str]) -> Iterator[tuple[str, Section]]:
    """The values of the fields so named, each with the form that it stands in."""
    for form in forms_of(record):
        if form.form in _OWN:
            for name, value in form.fields.items():
                if named.search(_letters(name)) and fold(value) not in _NO_ANSWER:
                    yield value.strip(), form


def forms_of(record: Record) -> list[Section]:
    """The forms of a file that have fields; a file that is one form is its own section."""
    forms = [section for section in record.sections if section.fields]
    if forms or not record.fields:
        return forms
    return [
        Section(
            start=0,
            end=len(record.text),
            kind=record.document_kind,
            form=record.form,
            fields=record.fields,
        )
    ]


def place_in(record: Record, form: Section, value: str) -> Span | None:
    """Where the value stands in its form, if it stands there just once."""
    text = record.text[form.start : form.end]
    if text.count(value) != 1:
        return None
    start = form.start + text.index(value)
    return Span(start=start, end=start + len(value))


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())
