"""Values set right: whole, without the marks around them, of the type that the text names.

Invariant: a value ends where its run of characters ends, so `23-1187-` is never reported of
`23-1187-OF`; what follows the word "passport", "account" or "plate" at once is of that type
(of 1,100 values of the training corpus with such a word before them it was right for all but
six), unless its form says of itself what it is; and what has not even the form of its type (an
account without a digit or sign) is none. Nothing is found here that was not found before;
spans that come to lie on each other become one.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from extractor.language.names import PLATFORMS
from extractor.record import EntityType, MentionKind
from models.network.tags import ScoredSpan
from models.network.tokens import Words

__all__ = ["set_right"]

_T = EntityType
_NUMBERED = frozenset(
    {_T.PHONE, _T.ACCOUNT, _T.A_NUMBER, _T.SSN, _T.PASSPORT, _T.CASE_NUMBER, _T.PLATE, _T.EMAIL}
)
"""Types whose values are one run of characters, or a few."""
_MAY_BE_RENAMED = _NUMBERED - {_T.EMAIL}
_OPENING = frozenset("([{<\"'“‘«:;,=")
_CLOSING = frozenset(".,;:!?)]}>\"'”’»")
_NAMED_BEFORE: tuple[tuple[EntityType, re.Pattern[str]], ...] = tuple(
    (named, re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE))
    for named, words in (
        (_T.PASSPORT, r"passports?|ppt"),
        (_T.ACCOUNT, r"accounts?|acct\.?|a/c"),
        (_T.PLATE, r"plates?|lic\.|tags?|matr[ií]cula"),
        (_T.PHONE, r"phones?|cell(?:phone)?|tel\.?|mobile|whatsapp"),
        (_T.CASE_NUMBER, r"case|report|incident|docket|complaint"),
        (_T.SSN, r"ssn|social security"),
        (_T.A_NUMBER, r"a-?number|alien (?:registration )?number"),
    )
)
_FORMS: dict[EntityType, re.Pattern[str]] = {
    _T.ACCOUNT: re.compile(r"[\d@._$-]"),
    _T.PASSPORT: re.compile(r"\d"),
    _T.CASE_NUMBER: re.compile(r"\d(?:\D*\d){2}"),
    _T.PLATE: re.compile(r"\d|[A-Z]{3}"),
}
"""What a value of the type holds, whatever else it holds."""
_BEFORE_ACCOUNTS = PLATFORMS | {"imo", "line", "signal", "messenger", "cash", "app"}
"""Platforms, and words that are one before an account only."""
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_REACH = 28
_OTHER_CLAUSE = re.compile(r"\d|[.;](?=\s)|\n")
_LEADS_ON = re.compile(
    r"[\s:#(,]*(?:(?:no|nos|nr|num|number|numbers|is|was|ending|in|of|the|card|plate|id)\b[\s.:#(,]*){0,3}",
    re.IGNORECASE,
)
"""What may stand between the word that names a value and the value."""
_OF_ITSELF = re.compile(
    r"@.*|\+.*|555-01\d\d|(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])\d{3}[ .-]\d{4}"
    r"|A[ -]?#?\d{3}[ -]\d{3}[ -]\d{3}"
)
"""Handles, telephone numbers and A-numbers with their dashes: what they are, nobody need say."""
_HANDLE = re.compile(r"@[\w.]*\w")
_ADDRESS_GAP = re.compile(r",?[ \n]{1,3}|, ?")


def set_right(words: Words, spans: list[ScoredSpan]) -> list[ScoredSpan]:
    """The same spans with values made whole and of the type that the text names."""
    whole = sorted((_mended(words, span) for span in spans), key=lambda s: (s.first, -s.last))
    joined = _joined(words, whole)
    return [span for span in _once(joined) if _has_form(words, span)]


def _mended(words: Words, span: ScoredSpan) -> ScoredSpan:
    if span.kind is not MentionKind.NAM or span.type not in _NUMBERED:
        return span
    whole = _handle(words, _trimmed(words, _whole(words, _without_platform(words, span))))
    return dataclasses.replace(whole, type=_type(words, whole))


def _whole(words: Words, span: ScoredSpan) -> ScoredSpan:
    """The span up to the blanks around it, if what stands between belongs to a value."""
    first, last = span.first, span.last
    if span.type is _T.PLATE:
        return span
    while first > 0 and _touch(words, first) and words.form(first - 1) not in _OPENING:
        first -= 1
    while last < len(words) and _touch(words, last) and _goes_on(words, last):
        last += 1
    return dataclasses.replace(span, first=first, last=last)


def _touch(words: Words, index: int) -> bool:
    """Whether no blank stands before a word."""
    return bool(words.ends[index - 1] == words.starts[index])


def _goes_on(words: Words, index: int) -> bool:
    """Whether a value goes on with this word: a closing mark ends it unless more follows it."""
    if words.form(index) not in _CLOSING:
        return words.form(index) not in _OPENING
    more = index + 1 < len(words) and _touch(words, index + 1)
    return more and words.form(index) == "." and words.form(index + 1)[0].isalnum()


def _trimmed(words: Words, span: ScoredSpan) -> ScoredSpan:
    first, last = span.first, span.last
    while last - 1 > first and words.form(last - 1) in _CLOSING:
        last -= 1
    inside = [words.form(n) for n in range(first, last)]
    while first < last - 1 and words.form(first) in _OPENING:
        if _PAIRS.get(words.form(first)) in inside:
            break
        first += 1
    return dataclasses.replace(span, first=first, last=last)


def _without_platform(words: Words, span: ScoredSpan) -> ScoredSpan:
    first = span.first
    while first < span.last - 1 and words.form(first).casefold() in _BEFORE_ACCOUNTS:
        first += 1
    return dataclasses.replace(span, first=first)


def _handle(words: Words, span: ScoredSpan) -> ScoredSpan:
    """The handle alone, of a span that holds the platform's name or what follows, too."""
    start = int(words.starts[span.first])
    found = _HANDLE.search(words.text, start, int(words.ends[span.last - 1]))
    if found is None or (found.start() > start and not words.text[found.start() - 1].isspace()):
        return span
    first, last = words.covering(*found.span())
    return dataclasses.replace(span, first=first, last=last)


def _type(words: Words, span: ScoredSpan) -> EntityType:
    start, end = int(words.starts[span.first]), int(words.ends[span.last - 1])
    form = words.text[start:end]
    if span.type is _T.EMAIL:
        return _T.EMAIL if "@" in form[1:] else _T.ACCOUNT
    if not any(character.isdigit() for character in form) or _OF_ITSELF.fullmatch(form):
        return span.type
    before = _OTHER_CLAUSE.split(words.text[max(0, start - _REACH) : start])[-1]
    named = [(m.end(), kind) for kind, words_ in _NAMED_BEFORE for m in words_.finditer(before)]
    end, kind = max(named, default=(0, span.type))
    return kind if _LEADS_ON.fullmatch(before[end:]) else span.type


def _joined(words: Words, spans: list[ScoredSpan]) -> list[ScoredSpan]:
    """Parts of one value as one: an address with its city, the halves of a plate."""
    joined: list[ScoredSpan] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before is not None and _goes_on_with(words, before, span):
            joined[-1] = dataclasses.replace(before, last=max(before.last, span.last))
        else:
            joined.append(span)
    return joined


def _goes_on_with(words: Words, before: ScoredSpan, span: ScoredSpan) -> bool:
    gap = words.text[words.ends[before.last - 1] : words.starts[span.first]]
    if before.type is span.type is _T.PLATE:
        return gap == " " and words.form(before.first)[0].isdigit()
    if before.type is not _T.ADDRESS or span.type not in {_T.ADDRESS, _T.LOCATION}:
        return False
    return bool(_ADDRESS_GAP.fullmatch(gap)) and ("," in gap or words.form(before.last - 1) == ",")


def _has_form(words: Words, span: ScoredSpan) -> bool:
    form = _FORMS.get(span.type) if span.kind is MentionKind.NAM else None
    text = words.text[words.starts[span.first] : words.ends[span.last - 1]]
    return form is None or form.search(text) is not None


def _once(spans: list[ScoredSpan]) -> Iterator[ScoredSpan]:
    """Of values that lie on each other the longest."""
    end = 0
    for span in spans:
        value = span.kind is MentionKind.NAM and span.type in _NUMBERED
        if value and span.first < end:
            continue
        if value:
            end = span.last
        yield span
