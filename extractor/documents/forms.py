"""USCIS forms: which one a page belongs to, by its foot, its title, its field names.

The foot of every page of a form names form, edition and page (`Form I-918 Supplement B
Edition 01/20/25 Page 2 of 5`), so it is believed before the title, and the title before the
names of fields. Titles: Forms I-914 and I-918 with Supplements A and B, editions 2013 to 2025.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.documents.legible import form_numbers, legible
from extractor.record import DocumentKind, FormName

FORM_KINDS = (DocumentKind.APPLICATION_FORM, DocumentKind.SUPPLEMENT_B)

_FORM = re.compile(
    r"\bi-?\s?(914|918)(?:\s?([ab])\b|\b)(?:[,\s]{0,3}suppl(?:ement|\.)?\s*([ab8])\b)?", re.I
)
_SUPPLEMENT = re.compile(r"\bsupplement\s+([ab8])\b", re.IGNORECASE)
_U_WORDS = re.compile(r"\bu[- ]nonimmigrant|\bu[- ]visa|qualifying cri", re.IGNORECASE)
_DATE = r"(\d{1,2}/\d{1,2}/\d{2,4})"
_EDITION = re.compile(rf"\b(?:edition|rev(?:ised|\.)?)\s*(?:date)?[:\s]*{_DATE}", re.IGNORECASE)
_FOOT = re.compile(
    rf"\b(?P<form>(?:i|g)-?\s?\d{{2,3}}[a-z]?)\b.{{0,40}}?"
    rf"(?:\b(?:edition|rev(?:ised|\.)?)\s*(?:date)?[:\s]*|\()\(?{_DATE}",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\bpage\s*(\d{1,3})(?:\s*of\s*\d{1,3})?\b", re.IGNORECASE)

_TITLES: tuple[tuple[re.Pattern[str], FormName], ...] = tuple(
    (re.compile(words), form)
    for words, form in (
        (r"declaration of law enforcement officer for victim", FormName.I_914B),
        (r"declaration for trafficking victim", FormName.I_914B),
        (r"u nonimmigrant status certification", FormName.I_918B),
        (r"petition for (immediate |qualifying )+family member", FormName.I_918A),
        (r"application for (immediate )?family member of t", FormName.I_914A),
        (r"application for derivative t", FormName.I_914A),
        (r"petition for u nonimmigrant status", FormName.I_918),
        (r"application for t nonimmigrant status", FormName.I_914),
    )
)


@dataclass(frozen=True)
class Foot:
    """What the foot (or head) of a page of a form says: `number` is `I-914`, `I-192`..."""

    number: str
    form: FormName | None
    edition: str
    page: int | None

    @property
    def kind(self) -> DocumentKind:
        """The kind of document that a page with this foot belongs to."""
        return kind_of_form(self.form)


def foot_of(lines: Sequence[str]) -> Foot | None:
    """The foot among the first or last lines of a page, if it is a page of a form."""
    for index, line in enumerate(lines):
        clear = form_numbers(line)
        match = _FOOT.search(clear)
        if match is None or len(line) > 120:
            continue
        around = " ".join(lines[max(index - 1, 0) : index + 2])
        page = _PAGE.search(clear) or _PAGE.search(around)
        form = _numbered(clear)
        number = form.value if form else re.sub(r"\s", "", match["form"]).upper()
        return Foot(number, form, match[2], int(page[1]) if page else None)
    return None


def edition_of(text: str) -> str | None:
    """The edition date that a form prints on its pages."""
    match = _EDITION.search(text)
    return match[1] if match else None


def kind_of_form(form: FormName | None) -> DocumentKind:
    """Supplements B are certifications of an agency, all others applications."""
    if form in (FormName.I_914B, FormName.I_918B):
        return DocumentKind.SUPPLEMENT_B
    return DocumentKind.APPLICATION_FORM


def form_of(text: str, kind: DocumentKind) -> FormName | None:
    """The USCIS form that the first lines of a form name."""
    clear = form_numbers(text)
    numbers = [(number, one or two) for number, one, two in _FORM.findall(clear)]
    titled = _titled(text)
    lettered = bool(numbers and numbers[0][1])
    if titled is not None and kind_of_form(titled) is kind and not lettered:
        return titled
    number = numbers[0][0] if numbers else ("918" if _U_WORDS.search(text) else "914")
    letters = [letter for _, letter in numbers[:1] if letter] + _SUPPLEMENT.findall(clear)[:1]
    letter = _letter(letters[0]) if letters else ""
    if kind is DocumentKind.SUPPLEMENT_B:
        return FormName(f"I-{number}B")
    if letter == "B":
        letter = ""
    return FormName(f"I-{number}{letter}") if numbers or letter else None


def _numbered(line: str) -> FormName | None:
    """The form that one line names by number."""
    match = _FORM.search(line)
    return FormName(f"I-{match[1]}{_letter(match[2] or match[3] or '')}") if match else None


def _letter(read: str) -> str:
    return read.upper().replace("8", "B")


def _titled(text: str) -> FormName | None:
    """The form whose title comes first in the text."""
    lowered = " ".join(legible(text).lower().split())
    places = [(m.start(), form) for title, form in _TITLES if (m := title.search(lowered))]
    return min(places)[1] if places else None


_U_CERTIFICATION = ("Line6_Explanation", "Line7_Explanation", "Line9_CaseNumber",
                    "Line10_FBIorSIDNumber")  # fmt: skip
"""Both Supplements B have items with these names; only the title tells them apart."""
_FIELD_FORMS: tuple[tuple[str, FormName], ...] = (
    *((name, FormName.I_918B) for name in _U_CERTIFICATION),
    ("P3_Line5_", FormName.I_914),
    ("EACNumber", FormName.I_914),
    ("P1_Line14_PassportNumber", FormName.I_918),
    ("P3_Line2a_WhyArrested", FormName.I_918),
)
_ITEM = re.compile(r"(?:^|_)(?:P\d+_|Pt\d+)?Line\d+|^P\d+_|^Dq\d+[a-z]?(?:_|$)|^Table\d+")


def form_of_fields(names: Sequence[str], current: FormName | None = None) -> FormName | None:
    """The form whose own field names these are, for pages whose title is no text.

    Names that several forms share belong to the form that is open.
    """
    for beginning, form in _FIELD_FORMS:
        if any(_last(name).startswith(beginning) for name in names):
            alike = current is not None and kind_of_form(current) is kind_of_form(form)
            return current if alike else form
    return None


def has_items(names: Sequence[str]) -> bool:
    """Whether fields are named like the items of a USCIS form."""
    return any(_ITEM.search(_last(name)) for name in names)


def _last(name: str) -> str:
    return name.rsplit(".", maxsplit=1)[-1]
