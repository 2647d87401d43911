"""Marks carried over to another reading of the same text: printed, scanned and read back.

Words are aligned (difflib); a mark goes to the words that stand where its own stood, right
or misread, so what the reading loses counts against the answer.
"""

from __future__ import annotations

import dataclasses
from difflib import SequenceMatcher

from models.corpora.annotated import AnnotatedText
from models.network.pairs import plain
from models.network.tokens import split_words

__all__ = ["transferred"]


def transferred(annotated: AnnotatedText, text: str) -> AnnotatedText:
    """The same marks over `text`; a mark whose words are gone becomes the nearest word."""
    ours, theirs = split_words(annotated.text), split_words(text)
    places = _places([plain(f) or f for f in ours.forms()], [plain(f) or f for f in theirs.forms()])
    mentions = []
    for mention in annotated.mentions:
        first, last = ours.covering(mention.start, mention.end)
        start, end = places[first][0], max(places[first][0] + 1, places[last - 1][1])
        mentions.append(
            dataclasses.replace(
                mention, start=int(theirs.starts[start]), end=int(theirs.ends[end - 1])
            )
        )
    return dataclasses.replace(annotated, text=text, mentions=tuple(mentions))


def _places(ours: list[str], theirs: list[str]) -> list[tuple[int, int]]:
    """For each of our words the half-open range of theirs that stands in its place."""
    places: list[tuple[int, int]] = []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    most = max(len(theirs) - 1, 0)
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        count, there = i2 - i1, j2 - j1
        for n in range(count):
            start = min(j1 + n * there // max(count, 1), most)
            end = j1 + (n + 1) * there // max(count, 1)
            places.append((start, max(start + 1, min(end, most + 1))))
    return places
