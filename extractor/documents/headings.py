"""What the first lines of a document say it is: a list that anyone can read and extend."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.record import DocumentKind, FormName

_K = DocumentKind


class Heading(NamedTuple):
    """A kind of document and the words that open it, matched at the start of a line."""

    kind: DocumentKind
    pattern: re.Pattern[str]


def _heading(kind: DocumentKind, *words: str) -> Heading:
    return Heading(kind, re.compile(rf"(?:{'|'.join(words)})", re.IGNORECASE))


# Earlier ones win: a certificate of translation of a declaration is no declaration.
HEADINGS: tuple[Heading, ...] = (
    _heading(
        _K.COURT_RECORD,
        r"(non-precedent )?decision of the administrative appeals office",
        r"(appeal|motion|certification) (of|on) .{0,60}\bdecision\b",
    ),
    _heading(
        _K.TRANSLATION_CERTIFICATE,
        r"certificat(e|ion) of (translat|accuracy|competen)",
        r"certified translation\b",
        r"(translator|interpreter)['’]?s? (certificat|affidavit|declaration|statement)",
        r"certification by translator",
        r"affidavit of (translat|accuracy)",
    ),
    _heading(
        _K.SUPPLEMENT_B,
        r"(form )?i-?91[48],? supplement b\b",
        r"supplement b\b",
        r"declaration of law enforcement officer",
        r"declaration for trafficking victim",
        r"u nonimmigrant status certification",
    ),
    _heading(
        _K.APPLICATION_FORM,
        r"(form )?i-?(914|918)\b(?!.{0,40}supplement b)",
        r"application for t nonimmigrant status",
        r"petition for u nonimmigrant status",
        r"(form )?i-?(192|765|485|589|130|360)\b",
        r"supplement a\b",
        r"application for (family member|immediate family member) of",
        r"petition for qualifying family member",
    ),
    _heading(
        _K.POLICE_REPORT,
        r".{0,60}\b(incident|investigati(on|ve)|offen[cs]e|arrest|crime|police|supplement(al|ary)?|"
        r"sheriff['’]?s?|narrative|field interview|complaint|case)( ?/ ?\w+)* report\b",
        r".{0,60}\bpolice department\b",
        r".{0,60}\bsheriff['’]?s (office|department)\b",
        r"report of investigation",
        r"case narrative",
    ),
    _heading(
        _K.EVALUATION,
        r".{0,40}\b(psycholog\w+|psychosocial|psychiatric|mental health|forensic|medical|clinical|"
        r"trauma|biopsychosocial|social work|neuropsych\w+)\b.{0,40}"
        r"\b(evaluation|assessment|report|summary|examination|affidavit)\b",
        r"evaluation report",
    ),
    _heading(
        _K.COURT_RECORD,
        r"(in the )?(united states|u\.? ?s\.?) (district|bankruptcy|immigration) court",
        r"(in )?(the )?(superior|circuit|district|county|family|municipal|criminal|supreme|state)"
        r" court (of|for|in)\b",
        r"in the .{0,60}\bcourt\b",
        r"(criminal )?complaint$",
        r"(superseding )?indictment\b",
        r"(plea agreement|judgment in a criminal case|criminal complaint)",
        r"(temporary |domestic violence )?(restraining|protection|protective) order",
        r"order of protection",
        r"(reporter['’]?s )?transcript of (proceedings|hearing)",
        r"deposition of",
        r"state of .{3,30} v(s)?\. ",
        r"(united states of america|people of the state of .{3,20}),? v(s)?\.?",
    ),
    _heading(_K.AFFIDAVIT, r".{0,30}\baffidavit\b"),
    _heading(
        _K.DECLARATION,
        r"(personal|sworn|victim|victim['’]s|written|supplemental|second|unsworn|witness|my|"
        r"applicant['’]s|petitioner['’]s)? ?(declaration|statement|testimony)"
        r"( (of|by|in support|from)\b|$|:)",
        r"(my|personal) (statement|declaration|story)\b",
        r"sworn (statement|declaration)\b",
        r"declaraci[oó]n (de|jurada|personal)",
        r"victim impact statement",
    ),
    _heading(_K.LETTER, r"to whom (so ?ever )?it may concern", r"dear \w+", r"letter of (support|"
             r"recommendation)", r"cover letter"),
    _heading(_K.OTHER, r"memorandum\b", r"table of contents", r"index of exhibits",
             r"(list of )?exhibits?( list)?$", r"interview notes"),
)  # fmt: skip

# Openings that are sentences, not titles.
_SPOKEN: tuple[Heading, ...] = (
    _heading(_K.LETTER, r"to whom (so ?ever )?it may concern", r"dear \w+"),
    _heading(_K.DECLARATION, r"my (statement|declaration|story)\b", r"i, [^,]{3,60},( \w+){0,8},? "
             r"(declare|state|hereby (declare|state)|affirm|swear)"),
)  # fmt: skip

_FORM = re.compile(
    r"\bi-?\s?(914|918)\b(?:[,\s]{0,3}suppl(?:ement|\.)?\s*([ab])\b)?", re.IGNORECASE
)
_SUPPLEMENT = re.compile(r"\bsupplement\s+([ab])\b", re.IGNORECASE)
_U_WORDS = re.compile(r"\bu[- ]nonimmigrant|\bu[- ]visa|qualifying cri", re.IGNORECASE)
_LEADER = re.compile(r"^[\s\W\d]*((exhibit|tab|attachment|appendix)\s+\w{1,3}\s*[-:.–—]\s*)?", re.I)
_MOST_HEADING = 110


def kind_of_line(line: str) -> DocumentKind | None:
    """The kind of document that a line opens, if it is a heading at all."""
    bare = _LEADER.sub("", line, count=1).strip()
    if not 3 <= len(bare) <= _MOST_HEADING:
        return None
    if not _is_title(bare):
        return next((kind for kind, pattern in _SPOKEN if pattern.match(bare)), None)
    for heading in HEADINGS:
        if heading.pattern.match(bare):
            return heading.kind
    return None


def _is_title(line: str) -> bool:
    """Whether most of the longer words begin with a capital: body text does not."""
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    capital = sum(1 for word in words if word[0].isupper())
    return bool(words) and capital >= 0.6 * len(words) and not line.endswith((",", ";"))


def form_of(text: str, kind: DocumentKind) -> FormName | None:
    """The USCIS form that the first lines of a form name."""
    numbers = [match.groups() for match in _FORM.finditer(text)]
    number = numbers[0][0] if numbers else ("918" if _U_WORDS.search(text) else "914")
    supplements = [letter for _, letter in numbers if letter]
    supplements += _SUPPLEMENT.findall(text)
    letter = supplements[0].upper() if supplements else ""
    if kind is DocumentKind.SUPPLEMENT_B:
        letter = "B"
    if kind is DocumentKind.APPLICATION_FORM and (not numbers or letter == "B"):
        if not numbers and not letter:
            return _by_title(text)
        letter = "" if letter == "B" else letter
    return FormName(f"I-{number}{letter}")


def _by_title(text: str) -> FormName | None:
    lowered = text.lower()
    if "petition for u nonimmigrant status" in lowered:
        return FormName.I_918
    if "application for t nonimmigrant status" in lowered:
        return FormName.I_914
    return None


_FIELD_FORMS: tuple[tuple[str, FormName], ...] = (
    ("Line10_FBIorSIDNumber", FormName.I_918B),
    ("Line9_CaseNumber", FormName.I_918B),
    ("Line6_Explanation", FormName.I_918B),
    ("Line7_Explanation", FormName.I_918B),
    ("P3_Line5_", FormName.I_914),
    ("EACNumber", FormName.I_914),
    ("P1_Line14_PassportNumber", FormName.I_918),
    ("P3_Line2a_WhyArrested", FormName.I_918),
)


def form_of_fields(names: list[str]) -> FormName | None:
    """The form whose own field names these are, for pages whose title is no text."""
    for beginning, form in _FIELD_FORMS:
        if any(name.split(".")[-1].startswith(beginning) for name in names):
            return form
    return None
