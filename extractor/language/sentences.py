"""The sentence that is quoted as evidence: narrower than the network's own.

The network counts sentences coarsely (no full stop after a word of two letters ends one, and
no line). A quote ends where a reader would end it.

Invariant: the quote lies within the network's sentence and holds the whole mention.
"""

from __future__ import annotations

import re

from extractor.language.mentions import FoundMention
from extractor.record import Span
from models.network.tokens import Words

__all__ = ["LIST_ITEM", "sentence_span"]

LIST_ITEM = r"[-•*—–]\s|\(?\d{1,2}(?:\.\d)?[.)]\s|\["
"""How an entry of a list begins: a bullet, a number, a box to tick."""
_ENTRY = re.compile(rf"[ \t]*\n\s*(?:{LIST_ITEM})")
"""The end of a line before an entry of a list."""
_STOPS = frozenset({".", "!", "?"})
_SHORT_WORDS = frozenset({
    "am", "an", "as", "at", "be", "by", "do", "go", "he", "i", "if", "in", "is", "it", "me", "my",
    "of", "on", "or", "so", "to", "up", "us", "we",
})  # fmt: skip
"""Words of at most two letters that are no abbreviation before a full stop."""


def sentence_span(words: Words, mention: FoundMention) -> Span:
    """The sentence, or the entry of a list, in which a mention stands."""
    sentence = int(words.sentences[mention.placed.first])
    first = int(words.sentences.searchsorted(sentence, side="left"))
    last = int(words.sentences.searchsorted(sentence, side="right"))
    begin = next((n for n in range(mention.placed.first, first, -1) if _begins(words, n)), first)
    end = next((n for n in range(mention.placed.last, last) if _begins(words, n)), last)
    return Span(start=int(words.starts[begin]), end=int(words.ends[end - 1]))


def _begins(words: Words, index: int) -> bool:
    """Whether a sentence or an entry begins at a word that is not the first of its sentence."""
    between = words.text[words.ends[index - 1] : words.starts[index] + 4]
    if _ENTRY.match(between):
        return True
    stop = index > 1 and words.form(index - 1) in _STOPS and between[:1].isspace()
    return stop and words.form(index)[0].isupper() and words.form(index - 2) in _SHORT_WORDS
