"""Names and values end where a line was ended on purpose.

Invariant: a mention crosses the end of a line only where the line was full, that is where the
next word did not fit on it any more beside the longest lines around. A heading, a signature
or a list ends its lines on purpose, and no name goes on across those.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from extractor.record import MentionKind
from models.network.tags import ScoredSpan
from models.network.tokens import Words

__all__ = ["ended_on_purpose", "within_lines"]

_AROUND = 10
"""Lines before and after that show how wide the text is set."""
_FULL = 0.85
_WORD = re.compile(r"\S+")


def within_lines(words: Words, spans: list[ScoredSpan]) -> list[ScoredSpan]:
    """The spans, names and values cut at the lines that were ended on purpose."""
    return [part for span in spans for part in _parts(words, span)]


def _parts(words: Words, span: ScoredSpan) -> Iterator[ScoredSpan]:
    if span.kind is not MentionKind.NAM or "\n" not in _text(words, span.first, span.last):
        yield span
        return
    first = span.first
    for index in range(span.first + 1, span.last + 1):
        if index == span.last or ended_on_purpose(
            words.text, int(words.ends[index - 1]), int(words.starts[index])
        ):
            part = dataclasses.replace(span, first=first, last=index)
            if index == span.last and first == span.first:
                yield span
            elif any(c.isupper() or c.isdigit() for c in _text(words, first, index)):
                yield _bare(words, part)
            first = index


def _text(words: Words, first: int, last: int) -> str:
    return words.text[words.starts[first] : words.ends[last - 1]]


def _bare(words: Words, part: ScoredSpan) -> ScoredSpan:
    """Without the dash or comma at which the line was ended."""
    first, last = part.first, part.last
    while first < last - 1 and not words.form(first)[0].isalnum():
        first += 1
    while last - 1 > first and words.form(last - 1) in {",", "-", "–", "—", ";", ":"}:
        last -= 1
    return dataclasses.replace(part, first=first, last=last)


def ended_on_purpose(text: str, end: int, start: int) -> bool:
    """Whether the gap between a word's end and the next word's start is a deliberate break."""
    gap = text[end:start]
    if "\n" not in gap:
        return False
    before = text.rfind("\n", 0, end) + 1
    word = _WORD.match(text, start)
    following = len(word.group()) if word else 0
    return gap.count("\n") > 1 or end - before + 1 + following <= _FULL * _width(text, end)


def _width(text: str, place: int) -> int:
    """Characters of the longest line around a place."""
    begin = end = place
    for _ in range(_AROUND):
        begin = max(text.rfind("\n", 0, begin), 0)
        found = text.find("\n", end + 1)
        end = len(text) if found < 0 else found
    return max(len(line) for line in text[begin:end].split("\n"))
