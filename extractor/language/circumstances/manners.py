"""The words in which entries are told, and the codes in which forms ask for them.

Sources: classes of admission as 8 USC 1101(a)(15) and Form I-94 name them; of the codes, EWI
and PWA stand for entry without inspection, WB and WT for the visa waiver, PAR, CP, DT and UHP
for parole.
"""

from __future__ import annotations

import re

from extractor.record import MannerOfEntry

__all__ = ["CODED_CLASS", "COME", "NAMED_CLASS", "TOLD", "manner_of_status"]

_M = MannerOfEntry
_AMBIGUOUS = r"(?:[AELOPQRG]-\d|(?:CR|IR)-\d|D-1|C-1|[JFKB][12])"
"""Codes that also label exhibits, respondents or defendants."""
_CODE = (
    r"(?:[BJKFM]-[123](?:/B-2)?|H-?[12][AB]|H-[34]|EB-[1-5]|C-1 ?/ ?D|"
    rf"(?<=\ban )[AR]-\d|(?<=\bthe )[AEPQR]-\d|{_AMBIGUOUS}(?= (?:visas?|petition|papers|status)))"
)
_COMMON = (
    r"(?:tourist|visitor|student|exchange|fianc[ée]e?|work|immigrant|diversity|transit|crew(?:man)?|"
    r"business|guest[- ]?worker|seasonal|religious(?: worker)?|summer)"
    r"(?=(?:'s|’s|s'|s)? (?:visa|status))"
)
_CLASS = rf"(?:{_CODE}|{_COMMON})"
NAMED_CLASS = re.compile(rf"\b(?P<class>{_CLASS})(?![\w-])", re.IGNORECASE)
CODED_CLASS = re.compile(rf"\b(?P<class>{_CODE})(?![\w-])", re.IGNORECASE)
COME = (
    r"(?:(?:re-?)?enter(?:ed|ing)?|came|come|coming|arriv(?:ed|ing|al)|flew|flown|landed|"
    r"travell?ed|(?:re)?admitted|(?:re)?entry|brought|crossed|got in|reached|returned)"
)
_MOVE = (
    r"(?:cross(?:ed|ing)?|took|brought|walked|led|carried|put|guided|swam|waded|smuggled|passed|"
    r"got|pulled|taken|sent|drove|rafted|came|go|went|pushed|moved|entered|floated|climbed)"
)
_LINE = r"(?:\w+ )?(?:river|desert|border|fence|hills|wall|line|canal|mountains)\b"
_ANOTHER = r"(?:another|someone else(?:'s|’s)?)"
_HOLDER = r"(?:a|an|the|her|his|some|another)"
_PASSPORT_OF = (
    r"\bpassports? (?:with|in|of|under|bearing|that|which|had|belong\w*|carr\w*)\b.{0,40}"
    r"\b(?:other(?: \w+)?(?:'s|’s)|another(?: \w+)?|not (?:mine|my|hers?|his)|"
    r"(?:the|a) (?:\w+ )?name|dead \w+|cousin|someone else(?:'s|’s)?)\b"
)

_PATTERNS: tuple[tuple[MannerOfEntry, str], ...] = (
    (
        _M.ADVANCE_PAROLE,
        rf"\b{COME}\b.{{0,60}}\badvance parole|\badvance parole.{{0,40}}\b{COME}\b",
    ),
    (
        _M.PAROLED,
        r"\bparoled (?:in|into|at|for|by|under|on)\b|"
        r"\b(?:granted|given|on|under|with|received) (?:humanitarian )?parole\b|"
        rf"\b{COME}\b.{{0,50}}\bhumanitarian parole",
    ),
    (
        _M.VISA_WAIVER,
        rf"\b(?:{COME}|visit\w*|here)\b.{{0,80}}\b(?:visa[- ]waiver|ESTA)\b|\bvisa[- ]waiver entry|"
        rf"\bESTA\b.{{0,50}}\b{COME}\b",
    ),
    (
        _M.INSPECTED_FALSE_DOCUMENT,
        rf"\b(?:false|fake|forged|borrowed|counterfeit) passport|{_PASSPORT_OF}|"
        rf"\b{_ANOTHER} (?:\w+(?:'s|’s)? )?(?:passport|papers)\b|"
        rf"\b(?:on|under|with) (?:the|a|another) (?:passport|papers) of {_HOLDER}\b|"
        r"\bvisa under the name\b|\bpassport in which\b",
    ),
    (
        _M.WITHOUT_INSPECTION,
        r"\bwithout (?:being )?(?:inspect(?:ion|ed)|admi\w+)|\bEWI\b|\buninspected\b|"
        rf"\b{_MOVE}\b(?:(?! hand| over to).){{0,50}}?\b(?:over|across|through|under|into) "
        rf"(?:the|a) {_LINE}|\bcross(?:ed|ing)? (?:the|a) (?:{_LINE}|Rio Grande)|"
        r"\bcross(?:ed|ing)?\b.{0,40}\b(?:at night|on foot|with (?:a|the) (?:guide|coyote))|"
        r"\b(?:smuggled|guided) \w+ (?:in|into|over|across|north)\b|"
        r"\bcrossed (?:me|us|her|him|them)\b|"
        rf"\b(?:coyote|smuggler|pollero)s?\b[^.!?]{{0,90}}\b{_MOVE}\b",
    ),
    (
        _M.INSPECTED,
        r"\binspected and admitted|\bwas (?:lawfully )?(?:admitted|inspected)\b(?! to)|"
        rf"\b{COME}\b[^.!?;]{{0,110}}?\b(?:(?:on|with|under|holding|using|in) "
        rf"(?:an?|his|her|my|the|our)\b[^.!?,;]{{0,45}}?\bvisas?\b|{_CLASS}(?![\w-]))",
    ),
)
TOLD: dict[MannerOfEntry, re.Pattern[str]] = {
    manner: re.compile(words, re.IGNORECASE) for manner, words in _PATTERNS
}
"""How each manner is told; of a sentence that fits several, the first holds."""

_STATUS: tuple[tuple[MannerOfEntry, str], ...] = (
    (_M.ADVANCE_PAROLE, r"advance parole"),
    (_M.PAROLED, r"\bparole[ed]*\b|\b(?:PAR|CP|DT|UHP)\b"),
    (_M.VISA_WAIVER, r"visa[- ]waiver|\b(?:W[TB]|ESTA|VWP)\b"),
    (_M.WITHOUT_INSPECTION, r"\b(?:EWI|PWA)\b|without|no (?:lawful )?status|uninspected"),
    (_M.INSPECTED_FALSE_DOCUMENT, r"(?:false|another).{0,20}(?:passport|document|name)"),
    (
        _M.INSPECTED,
        r"\b(?:[A-HJ-RV]-?\d|H-?\d[AB]|C-?1/D|(?:CR|IR)-?\d)\b|"
        r"inspected|admitted|visitor|student|tourist|worker|fianc|\bLPR\b|crew|exchange",
    ),
)


def manner_of_status(value: str) -> MannerOfEntry | None:
    """What the answer to "status at last entry" says; None if it says nothing known."""
    for manner, words in _STATUS:
        if re.search(words, value, re.IGNORECASE):
            return manner
    return None
