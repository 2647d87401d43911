"""Pages of forms: which form they open, and which they go on with."""

from __future__ import annotations

import re

from extractor.documents import forms, headings
from extractor.documents.forms import FORM_KINDS
from extractor.documents.sheets import Current, Opening, Sheet
from extractor.record import DocumentKind

_LETTERS = re.compile(r"[^\W\d_]+")


def opening(sheet: Sheet, current: Current | None) -> Opening | None:
    """The form that a page is of, by foot, by title, by the names of its fields."""
    if sheet.foot is not None:
        foot = sheet.foot
        return Opening(foot.kind, sheet.start, foot.form, foot.number)
    titled = _form_by_title(sheet)
    if titled is not None:
        return titled
    form = forms.form_of_fields(sheet.names, current.opening.form if current else None)
    if form is not None:
        return Opening(forms.kind_of_form(form), sheet.start, form, form.value)
    if forms.has_items(sheet.names) and not in_form(current):
        return Opening(DocumentKind.APPLICATION_FORM, sheet.start)
    return None


def _form_by_title(sheet: Sheet) -> Opening | None:
    found = [(line, headings.heading_of(line.text)) for line in sheet.top]
    strong = [(line, heading.kind) for line, heading in found if heading and not heading.weak]
    first = next(((line, kind) for line, kind in strong if kind in FORM_KINDS), None)
    if first is None or (sheet.salutation is not None and not sheet.fields):
        return None
    if strong[0][1] not in FORM_KINDS or headings.is_listed(first[0].text):
        return None
    if len(strong) > 1 and strong[-1][1] not in FORM_KINDS and not sheet.looks_like_form:
        return None  # the caption of a declaration names the form that it supports
    form = forms.form_of("\n".join(line.text for line in sheet.lines[:30]), first[1])
    number = form.value if form else " ".join(_LETTERS.findall(first[0].text))
    return Opening(first[1], sheet.start, form, number)


def is_same(sheet: Sheet, form: Opening, current: Current | None) -> bool:
    """Forms repeat their title on each page; a page 1 is the form of somebody else."""
    if current is None or current.opening.kind is not form.kind:
        return False
    return current.opening.number == form.number and sheet.page_number != 1


def is_form_page(sheet: Sheet, current: Current | None) -> bool:
    """Whether a page that names no form goes on with the one that is open."""
    return in_form(current) and (sheet.looks_like_form or bool(sheet.fields))


def in_form(current: Current | None) -> bool:
    """Whether the document that is open is a form."""
    return current is not None and current.opening.kind in FORM_KINDS
