"""The kind of a document that has no heading, from how it speaks."""

from __future__ import annotations

import re

from extractor.documents.legible import plain
from extractor.record import DocumentKind

_FIRST_PERSON = re.compile(r"\b(I|i|me|my|My|myself|mine|yo|mi|je|eu)\b")
_WORD = re.compile(r"\w+")
_ASKED = re.compile(r"^\W*\d{0,3}\W*Q\b[.: (]", re.MULTILINE)
_ANSWERED = re.compile(r"^\W*\d{0,3}\W*A\b[.: (]", re.MULTILINE)
_FEWEST_QUESTIONS = 3
_HEAD = 500
_SPEAKING = 0.02
_STATUTE = r"under (the )?penalt(y|ies) of perjury"  # 28 USC 1746

_BODY: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words, re.IGNORECASE | re.MULTILINE))
    for kind, words in (
        (
            DocumentKind.TRANSLATION_CERTIFICATE,
            r"i am (fluent|competent)( to translate)? (in|from) .{3,80}\b(translat|accurate)",
        ),
        (DocumentKind.AFFIDAVIT, r"duly sworn|\baffiant\b|deposes? and sa"),
        (
            DocumentKind.DECLARATION,
            rf"{_STATUTE}|i, [^,]{{3,60}}, (declare|state|say)|i declare that|"
            r"bajo pena de perjurio|^yo, [^,]{3,60}, .{0,40}declar",
        ),
        (
            DocumentKind.LETTER,
            r"^\s*dear\b|^\s*sincerely\b|to whom it may|^\s*(very )?respectfully,|"
            r"^\s*atentamente|^\s*(kind |best )?regards,|^\s*cc: ",
        ),
    )
)
_REPORTING = re.compile(
    r"\bR/O\b|\bI/O\b|\bV-?1\b|\bS-?1\b|(?i:\breporting officer|\bcomplainant\b|"
    r"\bincident (?:no\b|number|#)|\bsuspect #?\d|\bnarrative:)"
)
_REPORTS = 2


def kind_of_body(text: str) -> DocumentKind:
    """The kind of a document that has no heading."""
    text = plain(text)
    if min(len(_ASKED.findall(text)), len(_ANSWERED.findall(text))) >= _FEWEST_QUESTIONS:
        return DocumentKind.OTHER
    for kind, pattern in _BODY:
        opening_only = kind is DocumentKind.TRANSLATION_CERTIFICATE
        if pattern.search(text[:_HEAD] if opening_only else text):
            return kind
    speaking = len(_FIRST_PERSON.findall(text)) / max(len(_WORD.findall(text)), 1)
    if len(set(_REPORTING.findall(text))) >= _REPORTS:
        return DocumentKind.POLICE_REPORT
    return DocumentKind.DECLARATION if speaking > _SPEAKING else DocumentKind.OTHER
