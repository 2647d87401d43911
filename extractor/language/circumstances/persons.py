"""Of whom a sentence speaks: of the declarant, or of somebody else.

Invariant: where the record knows no declarant its victims stand in; where it knows nobody, the
first person does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.language.circumstances.sentences import Sentence
from extractor.record import EntityType, Record, RoleName

__all__ = ["Persons", "persons_of"]

_FIRST = re.compile(r"\b(?:I|me|my|we|us|our|i)\b")
_GROUP = re.compile(
    r"\b(?:we|us|our|they|them|both|the (?:two|three|four|brothers|sisters|men|women|girls|workers|"
    r"children|group)|victims?|applicant|petitioner|client|V-?1)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Persons:
    """Places of all mentions of persons: (start, end, whether it is the declarant)."""

    mentions: tuple[tuple[int, int, bool], ...]
    known: bool

    def about_declarant(self, sentence: Sentence, match: re.Match[str]) -> bool:
        """Whether the declarant is the one named before the words or in them, or nobody."""
        first, last = sentence.start + match.start(), sentence.start + match.end()
        inside = [own for start, _, own in self.mentions if first <= start < last]
        before = [
            (start, own) for start, _, own in self.mentions if sentence.start <= start < first
        ]
        groups = [
            sentence.start + m.start() for m in _GROUP.finditer(sentence.text, 0, match.end())
        ]
        if any(inside) or (groups and (not before or groups[-1] > before[-1][0])):
            return True
        if before:
            return any(own for _, own in before)
        return not inside or (not self.known and _FIRST.search(sentence.text) is not None)


def persons_of(record: Record) -> Persons:
    """The mentions of the persons of a record."""
    people = [entity for entity in record.entities if entity.type is EntityType.PERSON]
    own = {entity.id for entity in people if RoleName.DECLARANT in entity.role_names()}
    own |= {record.case.declarant} if record.case.declarant else set()
    own = own or {entity.id for entity in people if RoleName.VICTIM in entity.role_names()}
    mentions = [(m.start, m.end, e.id in own) for e in people for m in e.mentions]
    return Persons(tuple(sorted(mentions)), bool(own))
