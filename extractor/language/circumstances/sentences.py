"""Sentences of a case file, and whether what they hold is alleged at all.

Invariant: a sentence is as long as its range of the text; only line breaks became blanks.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.language.sentences import LIST_ITEM
from extractor.record import Record, Span

__all__ = ["Sentence", "alleged", "any_in", "sentences_of", "ticked"]

_ABBREVIATED = (
    r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<!\b[A-Z])"
    r"(?i:(?<!\bsusp)(?<!\bposs))"
)
_LABEL = r"[A-Z][\w&'().-]*(?:[ /][\w&'().-]+){0,4}:"
"""No slash within a word: what may be read in two ways is tried in all of them."""
_END = re.compile(
    rf"{_ABBREVIATED}[.!?][\"'”’)]*\s+(?=[\"'“‘(\[—-]?[A-Za-z0-9À-ÿ])"
    rf"|\n[ \t]*\n\s*|\n(?=[ \t]*(?:{_LABEL}|{LIST_ITEM}))"
)
_TICK = r"(?:[\[(] ?[xX✓✔] ?[\])]|[☒☑✓✔■])"
_EMPTY = r"(?:[\[(] {0,3}[\])]|[☐□])"
_BOX = re.compile(rf"(?P<tick>{_TICK})|(?P<empty>{_EMPTY})")
_ENDS_BOXED = re.compile(rf"(?:{_TICK}|{_EMPTY})[ .;,]?$")
_DENIAL = re.compile(
    r"\b(?:no(?!\.)|not|never|neither|nor|nobody|none|cannot|without|deny|denies|denied|"
    r"denying|dismissed|acquitted|cleared|unfounded|nothing|instead of|rather than)\b|n['’]t\b",
    re.IGNORECASE,
)
_SUPPOSITION = re.compile(
    r"\b(?:if|whether|would|could|might|(?-i:may)|should|unless|fear\w*|afraid|threaten\w*|"
    r"as though|ask(?:ed|s)? (?:me |her |him |us )?(?:how|if|why|whether|about)|"
    r"(?:wrote|writes|believed|thought) that|suspected of being|promis\w+|such as|including but|"
    r"risk of)\b|['’](?:d|ll)\b",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"^[^.;]{0,30}\b(?:(?:was|were) (?:never|not|dismissed|dropped)|(?:is|are|was|were) denied|"
    r"did not happen|unfounded)",
    re.IGNORECASE,
)
_RECITED = re.compile(
    r"induced by force, fraud|the term\b|is defined|as defined|as used in|"
    r"\bmeans (?:the|any|a)\b|"
    r"recruitment, harboring|peonage, debt bondage|not attained 18|do you intend|"
    r"have you (?:ever|engaged|been)|any similar activity|following (?:federal|offenses|criminal)|"
    r"attempt, conspiracy,? or solicitation",
    re.IGNORECASE,
)
_REAL = re.compile(
    r"\btold \w+ (?:that )?\w+ would\b(?! be\b)|\bso that \w+ (?:could|might)\b", re.IGNORECASE
)
"""An order or an aim, which only sounds like a supposition."""
_TOLD_NOBODY = re.compile(
    r"(?:\b(?:never|not|nobody|no one|without)|n['’]t) (?:\w+ )?(?:tell|told|telling|knew|know|"
    r"report(?:ed)?|reporting) (?:\w+ ){0,3}that\b|"
    r"\bcould(?: not|n['’]t) believe (?:that\b)?|"
    r"\bwithout (?:my |her |his |our |their )?(?:consent|permission)\b",
    re.IGNORECASE,
)
"""What was kept secret, or done without consent, was done: "I never told anyone that he ..."."""
_CLAUSE = re.compile(
    r"[,;:—()]| - | but | and then |"
    r" (?:because|when|after|before|until|while|since) (?!.*\bthat\b)"
)
"""A new clause, on which a denial before it no longer bears; "denied when asked that" goes on."""
_LONGEST = 2_000
"""No sentence is longer; so a page of nonsense costs no more time than it is long."""
_SCOPE = 60
"""Characters to the left in which a word of denial or doubt still bears on what follows."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place; `text` has blanks for line breaks."""

    start: int
    end: int
    text: str
    head: str = ""
    """The sentence above it, which may be its heading."""

    def span(self) -> Span:
        """Its place in the record's text."""
        return Span(start=self.start, end=self.end)


def sentences_of(record: Record) -> list[Sentence]:
    """All sentences, in order; headings and lines with a label are sentences of their own."""
    found: list[Sentence] = []
    for first, last in itertools.pairwise(_cuts(record.text)):
        piece = record.text[first:last]
        words = piece.strip()
        if words:
            start = first + piece.index(words)
            head = found[-1].text if found else ""
            flat = re.sub(r"\s", " ", words)
            found.append(Sentence(start, start + len(words), flat, head))
    return found


def _cuts(text: str) -> list[int]:
    """Where sentences begin, and the end of the text."""
    cuts = [0]
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        cuts.extend(range(cuts[-1] + _LONGEST, end, _LONGEST))
        cuts.append(end)
    return cuts


def alleged(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the sentence says that what was matched is so."""
    before, after = sentence.text[: match.start()], sentence.text[match.end() :]
    if _RECITED.search(sentence.text) or (after or before).rstrip("\"' ”").endswith("?"):
        return False
    if ticked(sentence, match) is False or _UNDONE.search(after):
        return False
    near = _CLAUSE.split(_TOLD_NOBODY.sub(" ", before[-_SCOPE:]))[-1]
    near = _REAL.sub(" ", near)
    return not (_DENIAL.search(near) or _SUPPOSITION.search(near))


def ticked(sentence: Sentence, match: re.Match[str]) -> bool | None:
    """Whether the box of the words is ticked; None where they have no box.

    It stands before them, but after them in a row that begins with words and ends with a box.
    """
    text = sentence.text
    if _ENDS_BOXED.search(text) and not _BOX.match(text):
        box = _BOX.search(text, match.end(), match.end() + _SCOPE)
    else:
        boxes = _BOX.finditer(text, max(match.start() - _SCOPE, 0), match.start())
        box = next(reversed(list(boxes)), None)
    return None if box is None else box["tick"] is not None


def any_in(pattern: re.Pattern[str], sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that allege what a pattern names."""
    return [s for s in sentences if any(alleged(s, match) for match in pattern.finditer(s.text))]
