"""Fitting other corpora's noun phrases to the conventions of the hand-written corpus."""

from __future__ import annotations

import re

__all__ = ["PLURAL_PRONOUNS", "TITLES", "shortened", "without_title"]

PLURAL_PRONOUNS = frozenset(
    [
        "we",
        "us",
        "our",
        "ours",
        "ourselves",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
        "it",
        "its",
        "itself",
        "who",
        "whom",
        "whose",
    ]
)
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "mister",
        "sir",
        "lady",
        "lord",
        "madam",
        "madame",
        "mme",
        "monsieur",
        "captain",
        "colonel",
        "major",
        "general",
        "sergeant",
        "lieutenant",
        "inspector",
        "officer",
        "detective",
        "deputy",
        "sheriff",
        "judge",
        "justice",
        "reverend",
        "rev",
        "father",
        "sister",
        "brother",
        "deacon",
        "imam",
        "rabbi",
        "pastor",
        "professor",
        "prof",
        "president",
        "senator",
        "governor",
        "king",
        "queen",
        "prince",
        "princess",
        "saint",
        "st",
    ]
)
"""English titles and honorifics, which the contract keeps outside a name."""

_CUT = re.compile(r"\s(?:who|whom|whose|that|which|with|in|on|at|from|to|,|;|\(|—|--)\s")


def without_title(text: str, start: int, end: int) -> tuple[int, int]:
    """Move the start of a name behind its English titles, unless nothing else is there."""
    while match := re.match(r"(\w+)\s*\.?\s+", text[start:end]):
        if match[1].casefold() not in TITLES:
            break
        start += match.end()
    return start, end


def shortened(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut a noun phrase before its first clause or adjunct."""
    match = _CUT.search(text, start, end)
    return (start, match.start()) if match else (start, end)
