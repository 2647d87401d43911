"""Answers that go on elsewhere: `Additional Information` pages and typed continuations.

Each names page, part and item that it continues (Form I-914, Part 10; Form I-918, Part 8;
Supplement B, Part 7). It is joined to that item as `P3_Line5_Additional`, in the section
where it stands and, if that is a sheet of its own, in the form that the sheet belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.documents import forms
from extractor.documents.fields import says
from extractor.documents.forms import FORM_KINDS
from extractor.record import Section

_ITEM = r"(?P<item>\d{1,3}(?: ?\.? ?\(?[a-z]\)?)?)\.?(?![\w/])"
_NUMBER = r"(?: (?:number|no\.?|#))?[ :.]{0,6}"
_LETTERED = r"(?:\d{1,2}\. ?[a-d]\. ?)?"
_BESIDE = re.compile(
    rf"^\W*{_LETTERED}(?:page{_NUMBER}\w{{1,4}}[ ,;|/]+{_LETTERED})?"
    rf"part{_NUMBER}(?P<part>\d{{1,2}}|[A-H])[ ,;.|/]+{_LETTERED}item{_NUMBER}{_ITEM}"
    rf"(?:,? ?\(?cont(?:inued|'d)?\)?)?[ :.,;–—-]*(?P<rest>.*)$",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    rf"^\W*{_LETTERED}page{_NUMBER}[ ,;]*{_LETTERED}part{_NUMBER}[ ,;]*{_LETTERED}item{_NUMBER}$",
    re.IGNORECASE,
)
_BELOW = re.compile(rf"^\W*\w{{1,4}}\s+(?P<part>\d{{1,2}}|[A-H])\s+{_ITEM}(?P<rest>)$", re.I)
_D = re.compile(r"^\W*\d{1,2}\. ?d\.\s*")
_END = re.compile(r"^\W*part \d{1,2}\. |^i (declare|certify) under penalty|^signature\b", re.I)
_FIELD = re.compile(
    r"^(?P<group>(?:.*\.)?(?:P\d+_)?Line\d+)(?P<letter>[a-d])(?:_\w*)?(?:\[\d+\])?$"
)
_SHEET = re.compile(r"addition|addend|continu|attachment|supplemental sheet", re.IGNORECASE)
_BEGINS = re.compile(
    r"additional information(?! about)|addendum|continuation|attachment to", re.IGNORECASE
)
_TOP = 250
_LAST = "Part 99. "


def joined(text: str, sections: Sequence[Section]) -> list[Section]:
    """The sections, every continued answer beside the item that it continues."""
    found = list(sections)
    for index, section in enumerate(sections):
        if section.kind not in FORM_KINDS:
            continue
        more = _continued(text, section)
        found[index] = _with(found[index], more)
        home = _home(text, sections, index) if more else None
        if home is not None:
            found[home] = _with(found[home], more)
    return found


def _with(section: Section, more: dict[str, str]) -> Section:
    return section.model_copy(update={"fields": {**more, **section.fields}}) if more else section


def _home(text: str, sections: Sequence[Section], index: int) -> int | None:
    """The form that a sheet of its own continues: the nearest before it, else after it."""
    sheet = sections[index]
    if sheet.form is None or not _SHEET.search(text[sheet.start : sheet.start + _TOP]):
        return None
    order = [*range(index - 1, -1, -1), *range(index + 1, len(sections))]
    return next((other for other in order if sections[other].form is sheet.form), None)


def _continued(text: str, section: Section) -> dict[str, str]:
    """Continued answers by the item that they continue; fields are surer than print."""
    answers: dict[str, list[str]] = {}
    for name, value in _in_fields(section.fields):
        answers.setdefault(name, []).append(value)
    if not answers:
        for name, value in _in_print(text[section.start : section.end]):
            answers.setdefault(name, []).append(value)
    return {name: "\n".join(values) for name, values in answers.items()}


def _in_fields(fields: dict[str, str]) -> Iterator[tuple[str, str]]:
    groups: dict[str, dict[str, str]] = {}
    for name, value in fields.items():
        match = _FIELD.match(name)
        if match is not None:
            groups.setdefault(match["group"], {})[match["letter"]] = value.strip()
    for group in groups.values():
        place = f"Page 1, Part {group.get('b', '')}, Item {group.get('c', '')}"
        match = _BESIDE.match(place)
        if match is not None and not match["rest"] and says(group.get("d", "")):
            yield _name(match), group["d"]


def _in_print(text: str) -> Iterator[tuple[str, str]]:
    """Each head that names part and item, with the text below it up to the next."""
    name, lines = "", list[str]()
    for line, match in _heads(text):
        if match is not None or _END.match(line):
            if name and lines:
                yield name, " ".join(lines)
            name = _name(match) if match else ""
            lines = match["rest"].split() if match else []
        elif name and forms.foot_of([line]) is None:
            lines += _D.sub("", line).split()


def _heads(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """The lines, with what each names as continued.

    The form itself says `Part 3, item 5` over its boxes: without a page number such a line
    counts only once a continuation has begun.
    """
    begun = above = False
    for line in (*text.split("\n"), _LAST):
        begun = begun or bool(_BEGINS.search(line))
        match = _BESIDE.match(line) if begun or "page" in line.lower() else None
        yield line, match or (_BELOW.match(line) if above else None)
        above = bool(_ABOVE.match(line))


def _name(match: re.Match[str]) -> str:
    """`P3_Line5a_Additional` for part 3, item 5.a."""
    item = re.sub(r"[^\da-z]", "", match["item"].lower())
    return f"P{match['part'].upper()}_Line{item}_Additional"
