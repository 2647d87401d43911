"""A quote ends where a reader would end it, and holds the mention it is for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.mentions import FoundMention
from extractor.language.sentences import sentence_span
from extractor.record import EntityType, MentionKind
from models.network.pairs import PlacedMention
from models.network.tokens import Words, split_words


def quoted(text: str, start: int, end: int) -> str:
    words = split_words(text)
    span = sentence_span(words, mention(words, start, end))
    return text[span.start : span.end]


def mention(words: Words, start: int, end: int) -> FoundMention:
    first, last = words.covering(start, end)
    sentence = int(words.sentences[first])
    form = words.text[start:end]
    placed = PlacedMention(first, last, sentence, EntityType.PERSON, MentionKind.NAM, form)
    return FoundMention(placed, start, end, 0.9)


@pytest.mark.parametrize(
    ("text", "name", "quote"),
    [
        ("He locked us in. Rosa kept our pay.", "Rosa", "Rosa kept our pay."),
        ("He locked us in. Rosa kept our pay.", "He", "He locked us in."),
        ("See case no. Rosa 12 today.", "Rosa", "See case no. Rosa 12 today."),
        ("Known:\n- Nacho: 555-0101\n- Rosa: 555-0102", "Rosa", "- Rosa: 555-0102"),
        ("Known:\n(1) Nacho, tall\n(2) Rosa, his wife", "Nacho", "(1) Nacho, tall"),
        ("He said that\nRosa kept our pay.", "Rosa", "He said that\nRosa kept our pay."),
    ],
)
def test_what_is_quoted(text: str, name: str, quote: str) -> None:
    start = text.index(name)
    assert quoted(text, start, start + len(name)) == quote


@given(st.text("ab AI.!-\n1)", max_size=60), st.data())
def test_a_quote_holds_its_mention_and_stays_in_its_sentence(
    text: str, data: st.DataObject
) -> None:
    words = split_words(text)
    if not len(words):
        return
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    if words.sentences[first] != words.sentences[last - 1]:
        return
    placed = mention(words, int(words.starts[first]), int(words.ends[last - 1]))
    span = sentence_span(words, placed)
    assert span.start <= placed.start < placed.end <= span.end
    inside, _ = words.covering(span.start, span.end)
    assert words.sentences[inside] == words.sentences[first]
