"""Marks carried over to another reading stay on the words that stand in their place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.corpora.marked import parse_marked
from models.evaluation.transfer import transferred

MARKED = """id: x-01
author: x
scenario: s
kind: DECLARATION
---
[I|d], [Ana Quispe|d], worked for [Luis Tello|l]. [He|l] took [my|d] passport.
---
d PERSON DECLARANT
l PERSON EXPLOITER
"""


def forms(text: str) -> list[str]:
    moved = transferred(parse_marked(MARKED), text)
    return [moved.surface(m) for m in moved.mentions]


def test_misread_names_and_lost_words() -> None:
    assert forms("I, Ana Qu1spe, worked for Luis Te1lo. He took my passport.") == [
        "I", "Ana Qu1spe", "Luis Te1lo", "He", "my",
    ]  # fmt: skip
    assert forms("Page 2\n\nI, Ana Quispe, worked for Luis Tello. took my passport.")[1] == (
        "Ana Quispe"
    )


@given(st.text(min_size=1, max_size=200).filter(lambda t: any(c.isalnum() for c in t)))
def test_every_mark_lies_within_whatever_was_read(text: str) -> None:
    moved = transferred(parse_marked(MARKED), text)
    assert all(0 <= m.start < m.end <= len(text) for m in moved.mentions)
