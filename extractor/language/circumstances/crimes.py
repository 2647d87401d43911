"""Which qualifying crimes the papers name as committed, charged, investigated or suffered.

Source of the list: 8 USC 1101(a)(15)(U)(iii); "similar activity" of state law is counted with
the crime that it resembles (aggravated assault with felonious assault).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extractor.language.circumstances.boxes import Forms, checked_crimes
from extractor.language.circumstances.sentences import Sentence, alleged, ticked
from extractor.record import QualifyingCrime, Span

__all__ = ["crimes_of", "recitals"]

_C = QualifyingCrime
_NAMES: dict[QualifyingCrime, str] = {
    _C.ABDUCTION: r"abduction|abducted",
    _C.ABUSIVE_SEXUAL_CONTACT: r"abusive sexual contact",
    _C.BEING_HELD_HOSTAGE: r"(?:held|taken|kept) hostage|hostage[- ]taking",
    _C.BLACKMAIL: r"blackmail(?:ed|ing)?",
    _C.DOMESTIC_VIOLENCE: r"domestic (?:violence|abuse|assault|battery)",
    _C.EXTORTION: r"extortion|extorted|extorting",
    _C.FALSE_IMPRISONMENT: r"(?:false|unlawful) imprisonment|falsely imprisoned",
    _C.FELONIOUS_ASSAULT: r"felon(?:y|ious) assault|(?:aggravated (?:felony )?)(?:assault|battery)|"
    r"assault with (?:a |an )?(?:deadly|dangerous) weapon",
    _C.FEMALE_GENITAL_MUTILATION: r"(?:female )?genital (?:mutilation|cutting)",
    _C.FRAUD_IN_FOREIGN_LABOR_CONTRACTING: r"fraud in foreign labou?r contracting|"
    r"foreign labou?r contracting fraud",
    _C.INCEST: r"incest",
    _C.INVOLUNTARY_SERVITUDE: r"involuntary servitude",
    _C.KIDNAPPING: r"kidnapp?(?:ing|ed)?",
    _C.MANSLAUGHTER: r"manslaughter",
    _C.MURDER: r"murder(?:ed|ing)?",
    _C.OBSTRUCTION_OF_JUSTICE: r"obstruct(?:ion|ing) (?:of )?justice",
    _C.PEONAGE: r"peonage",
    _C.PERJURY: r"(?<!penalty of )(?<!penalties of )(?<!pains of )perjury",
    _C.PROSTITUTION: r"prostitution",
    _C.RAPE: r"rape|raped|raping",
    _C.SEXUAL_ASSAULT: r"sexual assault|sexually assaulted|sexual battery",
    _C.SEXUAL_EXPLOITATION: r"sexual exploitation|sexually exploited",
    _C.SLAVE_TRADE: r"slave trade|slave trading",
    _C.STALKING: r"stalk(?:ing|ed)",
    _C.TORTURE: r"torture[ds]?",
    _C.TRAFFICKING: r"(?:human|sex|labou?r|child) trafficking|"
    r"trafficking (?:in|of) (?:persons|human beings|women|children|minors)|"
    r"(?<!drug )(?<!narcotics )(?<!arms )trafficking|"
    r"(?:(?<=was )|(?<=were )|(?<=been )|(?<=being ))(?<!drugs were )trafficked|"
    r"trafficked (?:me|us|him|her|them)",
    _C.UNLAWFUL_CRIMINAL_RESTRAINT: r"(?:unlawful|criminal)(?: criminal)? restraint",
    _C.WITNESS_TAMPERING: r"witness[- ](?:tampering|intimidation)|"
    r"(?:tamper(?:ed|ing) with|intimidat(?:ion|ing) (?:of )?)(?: ?(?:a|the))? ?witness(?:es)?",
}
_NAME = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{code}>{words})' for code, words in _NAMES.items())})\b"
    r"(?! (?:unit|bureau|task force|hotline|section|program|center|shelter|advocate|act)\b)"
    r"(?! in persons)(?! victim)",
    re.IGNORECASE,
)
_SUFFERED = re.compile(
    r"abducted|(?:held|taken|kept) hostage|blackmailed|extorted|falsely imprisoned|kidnapped|"
    r"murdered|raped|sexually (?:assaulted|exploited)|stalked|tortured|tampered.*|trafficked.*",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\b(?:convicted|conviction|guilty|pleas?|pleaded|pled|charg(?:ed|es?|ing)|counts?|"
    r"arrest(?:ed|s)?|indict(?:ed|ment)|investigat\w+|prosecut\w+|sentenced|accused|booked|wanted|victims?|"
    r"survivors?|suffered|subjected|reported|report|committed|crimes?|offen[cs]es?|detained|"
    r"I-918|U (?:nonimmigrant|visa|petition|status)|complaint)\b[^.?!]{0,90}$",
    re.IGNORECASE,
)
_HELD_IN = re.compile(
    r"\b(?:held|holding|kept|keeping|placed|put|forced|sold|lived|worked)\b[^.?!,;]{0,40}"
    r"\b(?:in|into|under) $",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:declaration|application|form|nonimmigrant status)[^.:]{0,40} for (?:a )?victims? of|"
    r"severe form of|implicated in|involved in the trafficking|visa for|"
    r"\bwitness(?:es)? (?:to|of) (?:(?:an?|the) )?$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:^\W*|\s\s)(?:qualifying |nature of |incident |case |part c|suspected |possible )*"
    r"(?:offen[cs]es?|charges?|types?|class(?:ification)?|crimes?|criminal acts?|reclassified|"
    r"count \w+|re|nature|statement of claim)\b[^:–-]{0,25}[:–-]",
    re.IGNORECASE,
)
_ACTS = re.compile(r"criminal acts?|statement of claim", re.IGNORECASE)
_AFTER = re.compile(
    r"^(?:\W{1,2}\w+)?\s(?:charges?|case|counts?|conviction|investigation|complaint|indictment|"
    r"warrant|report)\b",
    re.IGNORECASE,
)
_LIST, _ROW, _ROWS = 5, 3, 8
"""Crimes named without a tick in one sentence from which the statute is recited (it has 28, a
certification names two or three); and in one row of a form's list, and in it and its neighbours."""


def crimes_of(sentences: Sequence[Sentence], forms: Forms) -> dict[QualifyingCrime, list[Span]]:
    """The crimes with the sentences that name them; checked boxes of a form have none."""
    found: dict[QualifyingCrime, list[Span]] = {crime: [] for crime in checked_crimes(forms)}
    recited = recitals(sentences)
    for sentence in sentences:
        for match in _NAME.finditer(sentence.text):
            told = sentence not in recited or ticked(sentence, match)
            if told and _asserted(sentence, match):
                found.setdefault(_C(str(match.lastgroup)), []).append(sentence.span())
    return found


def recitals(sentences: Sequence[Sentence]) -> set[Sentence]:
    """Sentences that only go through the list of crimes."""
    bare = [_bare(sentence) for sentence in sentences]
    rows = [set().union(*bare[max(n - 1, 0) : n + 2]) for n in range(len(bare))]
    alone = [bool(own) and _alone(s) for own, s in zip(bare, sentences, strict=True)]
    return {
        sentence
        for n, sentence in enumerate(sentences)
        if len(bare[n]) >= _LIST
        or (len(bare[n]) >= _ROW and len(rows[n]) >= _ROWS)
        or (bare[n] and _printed(sentence))
        or (alone[n] and any(alone[max(n - 1, 0) : n] + alone[n + 1 : n + 2]))
    }


def _printed(sentence: Sentence) -> bool:
    """Whether names follow on each other as on a form, with nothing written between them."""
    names = list(_NAME.finditer(sentence.text))
    text = sentence.text
    return any(not text[a.end() : b.start()].strip() for a, b in itertools.pairwise(names))


def _alone(sentence: Sentence) -> bool:
    """Whether it is a name and no more: one beside the other they are the list of a form."""
    return not re.search(r"\w|[\[(☐-☒□■]", _NAME.sub("", sentence.text))


def _bare(sentence: Sentence) -> set[str | None]:
    """Crimes that it names without a ticked box."""
    matches = _NAME.finditer(sentence.text)
    return {match.lastgroup for match in matches if not ticked(sentence, match)}


def _asserted(sentence: Sentence, match: re.Match[str]) -> bool:
    if not alleged(sentence, match):
        return False
    if ticked(sentence, match) or _SUFFERED.fullmatch(match.group()):
        return True
    before, after = sentence.text[: match.start()], sentence.text[match.end() :]
    if _TITLE.search(before):
        return False
    named = any(words.search(before) for words in (_LABEL, _LEGAL, _ACTS, _HELD_IN))
    return named or bool(_AFTER.search(after) or _ACTS.search(sentence.head))
