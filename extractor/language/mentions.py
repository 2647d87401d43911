"""Mentions of a text: the network's tags, with values of a known grammar set right by rule."""

from __future__ import annotations

import dataclasses
import re

import numpy as np
from numpy.typing import NDArray

from extractor.language.line_breaks import within_lines
from extractor.language.names import whole_names
from extractor.language.values import set_right
from extractor.record import EntityType, MentionKind
from models.network.pairs import PlacedMention
from models.network.quotes import quoted_words
from models.network.tags import LAYERS, ScoredSpan, decode_layer
from models.network.tokens import Words

__all__ = ["FoundMention", "find_mentions"]

_GRAMMARS: tuple[tuple[EntityType, re.Pattern[str]], ...] = (
    (EntityType.EMAIL, re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")),
    (EntityType.A_NUMBER, re.compile(r"\bA[ -]?#?\d{3}[ -]?\d{3}[ -]?\d{3}\b|\bA\d{7,9}\b")),
    (
        EntityType.RECEIPT_NUMBER,
        re.compile(r"\b(?:EAC|WAC|LIN|SRC|MSC|NBC|YSC|IOE)[ -]?\d{2}[ -]?\d{3}[ -]?\d{5}\b"),
    ),
    (EntityType.SSN, re.compile(r"\b\d{3}-\d{2}-\d{4}\b")),
    (
        EntityType.PHONE,
        re.compile(
            r"\+\d{1,3}[ .-]?(?:\(?\d{1,4}\)?[ .-]?){0,3}\d{3}[ .-]?\d{4}(?![\w-])"
            r"|(?<![\w-])(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])\d{3}[ .-]\d{4}(?![\w-])"
            r"|(?<![\w-])555-01\d\d(?![\w-])"
        ),
    ),
)
"""8 CFR and USCIS forms for A-numbers and receipts; SSA POMS RM 10201.035; NANP."""


_NEVER_LAST = frozenset(
    {"a", "and", "at", "by", "for", "from", "in", "of", "on", "or", "that", "the", "to", "who"}
) | {"whom", "whose", "with", ",", "("}


@dataclasses.dataclass(frozen=True)
class FoundMention:
    """A mention with its place in words and characters."""

    placed: PlacedMention
    start: int
    end: int
    score: float


def find_mentions(words: Words, tags: NDArray[np.float32]) -> list[FoundMention]:
    """All mentions in text order; `tags` are the network's scores, words x tags."""
    spans = [
        span
        for layer in LAYERS
        for span in decode_layer(
            _log_softmax(tags[:, layer.offset : layer.offset + layer.width]), layer
        )
    ]
    by_rule = _by_grammar(words)
    taken = [(s.first, s.last) for s in by_rule]
    spans = within_lines(words, [_trimmed(words, span) for span in spans])
    spans = whole_names(words, spans)
    kept = [
        s for s in spans
        if s.kind is not MentionKind.NAM or not any(s.first < e and b < s.last for b, e in taken)
    ]  # fmt: skip
    quoted = quoted_words(words)
    found = set_right(words, kept + by_rule)
    unique = {(s.first, s.last, s.type): s for s in sorted(found, key=lambda s: s.score)}
    ordered = sorted(unique.values(), key=lambda s: (s.first, s.last))
    return [_found(words, span, bool(quoted[span.first])) for span in ordered]


def _trimmed(words: Words, span: ScoredSpan) -> ScoredSpan:
    """A description without a function word left at its end (`a man with`)."""
    last = span.last
    while last - 1 > span.first and words.form(last - 1).casefold() in _NEVER_LAST:
        last -= 1
    return span if span.kind is not MentionKind.NOM else dataclasses.replace(span, last=last)


def _found(words: Words, span: ScoredSpan, quoted: bool) -> FoundMention:
    start, end = int(words.starts[span.first]), int(words.ends[span.last - 1])
    sentence = int(words.sentences[span.first])
    placed = PlacedMention(
        span.first, span.last, sentence, span.type, span.kind, words.text[start:end], quoted
    )
    return FoundMention(placed, start, end, span.score)


def _by_grammar(words: Words) -> list[ScoredSpan]:
    spans: list[ScoredSpan] = []
    for entity_type, pattern in _GRAMMARS:
        for match in pattern.finditer(words.text):
            first, last = words.covering(*match.span())
            if not any(s.first < last and first < s.last for s in spans):
                spans.append(ScoredSpan(first, last, entity_type, MentionKind.NAM, 0.99))
    return spans


def _log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return logs
