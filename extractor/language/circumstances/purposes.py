"""What the trafficking was for: labor or services, commercial sex, or both.

Source: 22 USC 7102(11). What is alleged to have happened counts, by name ("debt bondage") or as
told ("I cleaned from five until midnight"); told work counts only where somebody is alleged to
have exploited, for everybody works. A buyer of commercial sex bears out that purpose himself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractor.language.circumstances.boxes import Forms, checked_purposes
from extractor.language.circumstances.manners import COME
from extractor.language.circumstances.persons import Persons, persons_of
from extractor.language.circumstances.sentences import Sentence, alleged, any_in
from extractor.record import MeansName, Purpose, Record, RoleName, Span

__all__ = ["purposes_of"]

_LABOR_NAMED = re.compile(
    r"\blabou?r trafficking|\btrafficking\W{1,3}labou?r|\bpeonage|\blabou?r or services|"
    r"\b(?:forced|unpaid|compelled|bonded) labou?r|\b(?:involuntary|domestic|document) servitude|"
    r"\bdebt bondage|\b(?:kept|held|treated) (?:like|as) (?:a )?slaves?",
    re.IGNORECASE,
)
_TOIL = re.compile(
    r"\b(?:cleaned|cooked|washed|scrubbed|ironed|sewed|braided|harvested|picked (?!me|us|her|him|"
    r"them|up|out|\w+ up|[^.]{0,40}(?:photo|line-?up|array))|begged (?:in|on|at|for)|"
    r"peddled|babysat|minded the|cared for|roofed|"
    r"danced (?:at|in|on|every|six|until)|s[eo]ld (?:roses|flowers|candy)|"
    r"(?:made|required|forced|told|ordered) (?:\w+ )?(?:to )?(?:clean|cook|wash|sew|dance|pick|"
    r"beg|care|scrub|iron|work in the)|(?:poultry|chicken|packing|meat) plant)\b",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?:work(?:ed|ing)?|served|rose|carried|caught|pushed)\b[^.!?]{0,90}\b(?:hours|midnight|"
    r"until|till|to (?:one|two|\w+teen|\w+ at night)|seven days|every day|all day|"
    r"six (?:days|nights)|nothing|no (?:pay|wages|money)|without pay)\b|"
    r"\b(?:wages?|salary|payday|paychecks?|overtime|timesheets?|shifts?)\b|"
    r"\b(?:pay|paid|gave|handed) (?:me|us|her|him|them|each)\b[^.!?]{0,30}(?:[$€£]\d|nothing)|"
    r"[$€£]\d[\d.,]* (?:an|the|a|per) (?:hour|week|day|month)|\bhours (?:a|per|each) day",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    rf"\bbefore (?:\w+ ){{1,2}}?(?:{COME}|moved|emigrated) (?:here|to (?:the )?(?:United States|"
    r"U\.?S|America|this country))\b|\bbefore (?:coming|arriving|moving) (?:here|to (?:the )?"
    r"(?:United States|U\.?S|America|this country))\b|\bbefore my (?:arrival|entry|coming)\b|"
    r"\bbefore (?:all )?(?:of )?this(?: happened| began)?(?=[ ,] ?(?:I|we|she|he)\b)",
    re.IGNORECASE,
)
"""Of the time before the journey: what was worked at home is not what the trafficking was for."""
_NO_WORK = re.compile(
    r"(?:\b(?:not|never)|n['’]t) (?:\w+ )?(?:made|forced|required|ordered|told|had) to "
    r"(?:do )?(?:any )?(?:other )?(?:work|labou?r)\b[^.!?;]{0,40}\b(?:any|or)\b(?! longer)",
    re.IGNORECASE,
)
"""Work denied of every place ("in any kitchen or factory")."""
_SEX_NAMED = re.compile(
    r"\bsex(?:ual)? trafficking|\btrafficking\W{1,3}sex|\bcommercial sex|\bsexual servitude|"
    r"\b(?:would|must|had to|could) pay (?:it |her |him |them |me |(?:it |the debt )off |"
    r"(?:off )?the debt )?with (?:men|customers)\b",
    re.IGNORECASE,
)
_SEX = re.compile(
    rf"{_SEX_NAMED.pattern}|\bsexual services?|\bprostitut(?:ion|ed|es?|ing)\b|\bbrothels?\b|"
    r"\bjohns\b|\bsex (?:work|acts?|trade|buyers?)\b|\bturn(?:ed|ing)? tricks|"
    r"\bpaid (?:\w+ )?for sex\b|"
    r"\b(?:see|saw|seeing|take|took|receive|received) (?:the |more |ten |\d+ )?"
    r"(?:clients|johns|buyers)\b|"
    r"\b(?:had|made|forced|ordered|told) (?:\w+ )?(?:to )?(?:see|receive|take|go with) "
    r"(?:men|customers)\b|"
    r"\bsold (?:(?:me|us|her|him|them|girls) )?(?:to|for) (?:(?:the|other|strange) )?"
    r"(?:men|sex|clients|customers)|\bsold (?:my|her|our) bod(?:y|ies)|"
    r"\bbought (?:me|us|her) for\b|\bescort (?:ads?|work|service)|\bmen (?:who )?paid\b|"
    r"\b(?:the|her|my|his|their) dates\b|\bwork(?:ed|s)? (?:the|a|that) (?:room|street|track)s?\b|"
    r"\b(?:go|went|going|sit) (?:out |upstairs |off )?with (?:the |some |those )?"
    r"(?:customers|men|clients|those who)\b|"
    r"\bpa(?:y|id|ying) (?:\w+ ){0,3}with (?:men|customers)\b|"
    r"\bmoney from the (?:men|customers|clients)\b|"
    r"\b(?:customers|clients|men) (?:\w+ ){0,2}(?:had to|must) (?:see|go with|serve)",
    re.IGNORECASE,
)
_TRADE = re.compile(r"\b(?:clients?|massages?|spa|parlou?r|strip club)\b", re.IGNORECASE)
"""Words of the trade: they tell nothing alone, but bear out a buyer."""
_UNPAID = frozenset({MeansName.WAGE_WITHHOLDING, MeansName.DEBT})
_SCHEME = frozenset({RoleName.EXPLOITER, RoleName.RECRUITER})
_KEPT = frozenset({RoleName.EXPLOITER, RoleName.RECRUITER, RoleName.HARBORER})
_LIKELY = 0.5
"""Below it a role is more likely wrong than right: a trafficker bears one whatever it scores."""
_TOLD = 3
"""Passages of told work kept as evidence."""


def purposes_of(
    record: Record,
    sentences: Sequence[Sentence],
    forms: Forms,
) -> dict[Purpose, list[Span]]:
    """The purposes with the sentences that show them."""
    found: dict[Purpose, list[Span]] = {purpose: [] for purpose in checked_purposes(forms)}
    roles = _roles(record)
    labor, sex = any_in(_LABOR_NAMED, sentences), any_in(_SEX, sentences)
    if RoleName.BUYER in roles or any_in(_SEX_NAMED, sex) or (sex and _SCHEME & set(roles)):
        spans = [*roles.get(RoleName.BUYER, []), *(s.span() for s in sex)]
        found.setdefault(Purpose.SEX, []).extend(spans)
    told = _told(record, sentences, roles, sold=Purpose.SEX in found)
    if labor or told is not None:
        found.setdefault(Purpose.LABOR, []).extend([*(s.span() for s in labor), *(told or [])])
    return found


def _roles(record: Record) -> dict[RoleName, list[Span]]:
    roles: dict[RoleName, list[Span]] = {}
    for entity in record.entities:
        for role in entity.roles:
            if role.score >= _LIKELY or (
                role.role is RoleName.BUYER and _TRADE.search(record.text)
            ):
                roles.setdefault(role.role, []).extend(role.evidence)
    return roles


def _told(
    record: Record,
    sentences: Sequence[Sentence],
    roles: Mapping[RoleName, list[Span]],
    *,
    sold: bool,
) -> list[Span] | None:
    """Sentences that tell of exploited work; None where no labor was exploited.

    Who was sold for sex works, is paid and fined too: beside it only other work, of the
    victims themselves, tells of labor.
    """
    unpaid = any(m.means in _UNPAID for entity in record.entities for m in entity.means)
    if RoleName.EXPLOITER not in roles and not (unpaid and _KEPT & set(roles)):
        return None
    if sold and not unpaid:
        return None
    if sold:
        persons = persons_of(record)
        return [s.span() for s in sentences if _toiled(s, persons)][:_TOLD] or None
    there = [s for s in sentences if not _EARLIER.search(s.text)]
    toil = [s.span() for s in any_in(_TOIL, there)][:_TOLD]
    work = [s.span() for s in there if _WORK.search(s.text)]
    if not toil and any(_NO_WORK.search(s.text) for s in sentences):
        return None
    return [*toil, *work][:_TOLD] or roles.get(RoleName.EXPLOITER, [])


def _toiled(sentence: Sentence, persons: Persons) -> bool:
    return not _EARLIER.search(sentence.text) and any(
        alleged(sentence, match) and persons.about_declarant(sentence, match)
        for match in _TOIL.finditer(sentence.text)
    )
