"""How the declarant came into the United States, from the form's field or as told.

Of several entries told the last counts, as on the forms ("manner of last entry"). Sentences
about the entry of somebody else are told apart by who is named in them before the verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.language.circumstances.boxes import Forms
from extractor.language.circumstances.manners import (
    CODED_CLASS,
    COME,
    NAMED_CLASS,
    TOLD,
    manner_of_status,
)
from extractor.language.circumstances.persons import Persons, persons_of
from extractor.language.circumstances.sentences import Sentence, alleged
from extractor.record import FormName, MannerOfEntry, Record, Span

__all__ = ["Entry", "entry_of"]

_M = MannerOfEntry
_FIELD = re.compile(
    r"(?:^|[_.])(?:immigration)?(?:status|manner)(?:(?:at|of|on)?(?:your)?(?:last)?(?:entry|arrival))?$",
    re.IGNORECASE,
)
_CROSSED = re.compile(
    r"\bcross(?:ed|ing) (?:(?:with me|over|in|with \w+) )?(?:at|near|by|from|on)\b", re.IGNORECASE
)
"""A crossing of which nothing else is told: who had a visa may have crossed so as well."""
_NO_ENTRY = re.compile(
    r"\b(?:T|U)[- ](?:visa|1|nonimmigrant|status)|green card|asylum|expired|overstay|citizenship",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(rf"\b(?:he|she|they|who) {COME}\b", re.IGNORECASE)

_HELD = re.compile(r"\b(?:had|has|held|holds|won)\b.{0,40}\bvisas?\b", re.IGNORECASE)
"""A visa that somebody has, and not one that is got for somebody."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The manner, the class if the declarant was admitted on a visa, and the words for it."""

    manner: MannerOfEntry | None = None
    admitted_as: str | None = None
    evidence: tuple[Span, ...] = ()


def entry_of(
    record: Record,
    sentences: Sequence[Sentence],
    forms: Forms,
) -> Entry:
    """What a form answers; else the last entry told; else a visa of one's own, or a crossing."""
    written = _written(forms)
    if written is not None:
        return written
    persons = persons_of(record)
    told = [(manner, s) for s in sentences for manner in _manners(s, persons)]
    if told:
        return _last(told)
    visas = [s for s in sentences if _own_visa(s, persons)]
    if visas:
        return Entry(_M.INSPECTED, _class_in(visas), _spans(visas))
    crossed = [s for s in sentences if _says(_CROSSED, s, persons)]
    return Entry(_M.WITHOUT_INSPECTION, None, _spans(crossed)) if crossed else Entry()


def _written(forms: Forms) -> Entry | None:
    """The applicant's own forms only: an agency says nothing of entries."""
    own = [fields for form, fields in forms if form in {FormName.I_914, FormName.I_918}]
    for name, value in (pair for fields in own for pair in fields.items()):
        manner = manner_of_status(value) if _FIELD.search(name) else None
        if manner is not None:
            named = NAMED_CLASS.search(value) if manner is _M.INSPECTED else None
            return Entry(manner, named["class"] if named else None)
    return None


def _manners(sentence: Sentence, persons: Persons) -> list[MannerOfEntry]:
    """At most one. False papers are made and carried by others, whoever is named beside them."""
    for manner, words in TOLD.items():
        of_anybody = manner is _M.INSPECTED_FALSE_DOCUMENT
        if _says(words, sentence, None if of_anybody else persons):
            return [manner]
    return []


def _says(words: re.Pattern[str], sentence: Sentence, persons: Persons | None) -> bool:
    return any(
        alleged(sentence, match) and (persons is None or persons.about_declarant(sentence, match))
        for match in words.finditer(sentence.text)
    )


def _last(told: Sequence[tuple[MannerOfEntry, Sentence]]) -> Entry:
    """The last entry told; admission in a strange name is that, wherever the name is told."""
    manner = told[-1][0]
    if manner is _M.INSPECTED and _M.INSPECTED_FALSE_DOCUMENT in {one for one, _ in told}:
        manner = _M.INSPECTED_FALSE_DOCUMENT
    sentences = [sentence for one, sentence in told if one is manner]
    admitted_as = _class_in(sentences) if manner is _M.INSPECTED else None
    return Entry(manner, admitted_as, _spans(sentences))


def _own_visa(sentence: Sentence, persons: Persons) -> bool:
    """Whether it names a visa to come on; an entry told in it is another's, or was found."""
    if any(words.search(sentence.text) for words in (_NO_ENTRY, _OF_ANOTHER, TOLD[_M.INSPECTED])):
        return False
    if any(not persons.about_declarant(sentence, held) for held in _HELD.finditer(sentence.text)):
        return False
    return any(alleged(sentence, match) for match in NAMED_CLASS.finditer(sentence.text))


def _class_in(sentences: Sequence[Sentence]) -> str | None:
    """The first code, else the first common name: the code says more."""
    for words in (CODED_CLASS, NAMED_CLASS):
        for sentence in sentences:
            named = words.search(sentence.text)
            if named:
                return named["class"]
    return None


def _spans(sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    return tuple(sentence.span() for sentence in sentences)
