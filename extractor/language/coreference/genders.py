"""Whether words speak of a man or a woman: pronouns, nouns of kin, forms of address.

In the marked texts one in two thousand persons is spoken of as both; so two entities of which
the words say different are two persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.language.mentions import FoundMention
from extractor.record import EntityType, MentionKind

__all__ = ["manliness"]

_HE = frozenset({
    "he", "him", "his", "himself", "man", "boy", "guy", "gentleman", "husband", "father",
    "brother", "son", "uncle", "nephew", "grandfather", "boyfriend", "stepfather", "stepson",
    "stepbrother", "waiter", "dad", "papa", "grandson", "godfather", "lad", "male",
})  # fmt: skip
_SHE = frozenset({
    "she", "her", "hers", "herself", "woman", "girl", "lady", "wife", "mother", "sister",
    "daughter", "aunt", "auntie", "niece", "grandmother", "girlfriend", "stepmother",
    "stepdaughter", "stepsister", "waitress", "mom", "mama", "mum", "granddaughter", "godmother",
    "widow", "hostess", "female",
})  # fmt: skip
_MR = r"mr|mister|don|señor|sir|uncle|t[íi]o|kuya|tito|monsieur|tonton|pak|ông"
_MRS = (
    r"mrs|ms|(?-i:Miss|MISS|Ate|ATE)|do[ñn]a|señora|madam|madame|mme|aunt|auntie|t[íi]a|tita|mama"
    r"|maman|tantie|matant|nanay|lola|chị|bu|ibu"
)
"""`miss` and `ate` only with a capital: `I miss Carlos` makes no woman of him."""
_BEFORE = re.compile(rf"\b(?:({_MR})|({_MRS}))\.?\s$", re.IGNORECASE)
_WITHIN = re.compile(rf"(?:({_MR})|({_MRS}))\b", re.IGNORECASE)
_LONGEST_TITLE = 10
_END_OF_NOUN = re.compile(r",|\b(?:of|with|who|in|at|from|on|named|called|for|behind|that)\b")


def manliness(text: str, mentions: Iterable[FoundMention]) -> int:
    """How many more mentions of a person speak of a man than of a woman."""
    return sum(_spoken_of(text, mention) for mention in mentions)


def _spoken_of(text: str, mention: FoundMention) -> int:
    """1 for a man, -1 for a woman, 0 where the words do not say."""
    placed = mention.placed
    if placed.type is not EntityType.PERSON:
        return 0
    if placed.kind is MentionKind.NAM:
        before = text[max(0, mention.start - _LONGEST_TITLE) : mention.start]
        title = _BEFORE.search(before) or _WITHIN.match(placed.form)
        return 0 if title is None else 1 if title.group(1) else -1
    words = _END_OF_NOUN.split(placed.form.casefold())[0].split()
    last = words[-1].strip('"”') if words else ""
    kin = last.removesuffix("-in-law")
    return int(kin in _HE) - int(kin in _SHE)
