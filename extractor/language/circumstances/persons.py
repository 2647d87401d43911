"""Of whom a sentence speaks: of the declarant, or of somebody else.

Invariant: where the record knows no declarant its victims stand in; where it knows nobody, the
first person does. "My" in "my boss" is the boss: whose boss it is counts for nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.language.circumstances.manners import COME
from extractor.language.circumstances.sentences import Sentence
from extractor.record import EntityType, Record, RoleName

__all__ = ["Persons", "persons_of"]

_FIRST = re.compile(r"\b(?:I|me|my|we|us|our|i)\b")
_GROUP = re.compile(
    r"\b(?:we|us|our|they|them|both|the (?:two|three|four|brothers|sisters|men|women|girls|workers|"
    r"children|group)|victims?|applicant|petitioner|client|V-?1)\b",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"\b(?:my|our|\w+['’]s) "
    r"(?:(?:ex|old|older|younger|elder|little|big|new|own|late|first|then)[- ])?"
    r"(?:boss|employer|manager|supervisor|recruiter|trafficker|abuser|agent|sponsor|landlord|"
    r"landlady|husband|wife|spouse|boyfriend|girlfriend|partner|fianc[ée]e?|parents|uncle|aunt|"
    r"(?:step|grand)?(?:father|mother|brother|sister|son|daughter)s?(?:-in-law)?|cousins?|nephew|"
    r"niece|friends?|neighbou?rs?|child|children|co-?workers?|roommates?)\b",
    re.IGNORECASE,
)
"""Somebody else by what they are to the declarant, where no mention of them was found."""
_PRONOUN = re.compile(r"i|we|he|she|they|who", re.IGNORECASE)
_GOES = re.compile(
    r",?(?: (?:had|has|have|was|were|also|first|then|later|never|to))* "
    rf"(?:{COME}|cross|go|walk|swim|wade|fly|travel|arrive|return)\b",
    re.IGNORECASE,
)
"""What follows on the name of one who comes: "Tibor entered", "told Iva to come"."""

_Mention = tuple[int, int, bool]


@dataclass(frozen=True, slots=True)
class Persons:
    """Places of all mentions of persons: (start, end, whether it is the declarant)."""

    mentions: tuple[_Mention, ...]
    known: bool

    def about_declarant(self, sentence: Sentence, match: re.Match[str]) -> bool:
        """Whether the declarant is the one who does it or to whom it is done, or nobody is."""
        first, last = sentence.start + match.start(), sentence.start + match.end()
        mentions = self._of(sentence)
        inside = [own for start, _, own in mentions if first <= start < last]
        before = [mention for mention in mentions if mention[0] < first]
        if any(inside) or _of_group(sentence, match, mentions):
            return True
        if before:
            return _does(sentence, before)
        return not inside or (not self.known and _FIRST.search(sentence.text) is not None)

    def _of(self, sentence: Sentence) -> list[_Mention]:
        """Mentions in a sentence, without those that only say whose somebody else is."""
        reach = range(*(bisect_left(self.mentions, (n,)) for n in (sentence.start, sentence.end)))
        found = [self.mentions[n] for n in reach]
        for related in _RELATED.finditer(sentence.text):
            start, end = (sentence.start + n for n in related.span())
            if not any(at == start and (not own or to >= end) for at, to, own in found):
                found.append((start, end, False))
        if not self.known:
            first = re.finditer(r"\b(?:I|me)\b", sentence.text)
            found += [(sentence.start + m.start(), sentence.start + m.end(), True) for m in first]
        kept: list[_Mention] = []
        for start, end, own in sorted(found, key=lambda m: (m[0], -m[1])):
            if not (own and any(start < e and not other for _, e, other in kept[-3:])):
                kept.append((start, end, own))
        return kept


def _of_group(sentence: Sentence, match: re.Match[str], mentions: Sequence[_Mention]) -> bool:
    """Whether "we" or the like is named last before the words or in them."""
    others = [related.span() for related in _RELATED.finditer(sentence.text)]
    places = [group.start() for group in _GROUP.finditer(sentence.text, 0, match.end())]
    groups = [n for n in places if not any(start <= n < end for start, end in others)]
    before = [start - sentence.start for start, _, _ in mentions]
    named = max((n for n in before if n < match.start()), default=-1)
    return bool(groups) and groups[-1] > named


def _does(sentence: Sentence, before: Sequence[_Mention]) -> bool:
    """Whether the nearest subject before the words is the declarant, alone or beside others.

    Where no mention is seen to be a subject, any of the declarant counts.
    """
    subjects = [n for n, mention in enumerate(before) if _subject(sentence, mention)]
    if not subjects:
        return any(own for _, _, own in before)
    nearest = subjects[-1]
    return before[nearest][2] or any(
        own and _beside(sentence, before[n], before[nearest])
        for n, (_, _, own) in enumerate(before)
    )


def _subject(sentence: Sentence, mention: _Mention) -> bool:
    start, end = (place - sentence.start for place in mention[:2])
    text = sentence.text
    opens = not re.search(r"\w", text[:start])
    return bool(opens or _PRONOUN.fullmatch(text, start, end) or _GOES.match(text, end))


def _beside(sentence: Sentence, own: _Mention, subject: _Mention) -> bool:
    """Whether the declarant is named as one more who did it: "I and my sister", "with me"."""
    start, end = (place - sentence.start for place in own[:2])
    text = sentence.text
    joined = re.fullmatch(r",? and |, ", text[end : subject[0] - sentence.start])
    return joined is not None or (text[:start].endswith("with ") and text[start:end] != "my")


def persons_of(record: Record) -> Persons:
    """The mentions of the persons of a record."""
    people = [entity for entity in record.entities if entity.type is EntityType.PERSON]
    own = {entity.id for entity in people if RoleName.DECLARANT in entity.role_names()}
    own |= {record.case.declarant} if record.case.declarant else set()
    own = own or {entity.id for entity in people if RoleName.VICTIM in entity.role_names()}
    mentions = [(m.start, m.end, e.id in own) for e in people for m in e.mentions]
    return Persons(tuple(sorted(mentions)), bool(own))
