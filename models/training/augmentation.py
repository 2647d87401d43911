"""Texts made a little different every epoch, so that no name or letter case is learned by heart.

Names of persons are swapped for others of the training corpora, the same way everywhere
in a text; letters are changed as OCR would; a text is put in capitals or in lower case.
"""

from __future__ import annotations

import dataclasses
import random
import re

from extractor.record import EntityType, MentionKind
from models.corpora.annotated import AnnotatedText

__all__ = ["Augmentation", "name_words"]

_CONFUSED = {"l": "1", "1": "l", "O": "0", "0": "O", "e": "c", "c": "e", "h": "b", "n": "u",
             "u": "n", "i": "l", "S": "5", "B": "8", "a": "o", "t": "f", "I": "l"}  # fmt: skip
_NAME_WORD = re.compile(r"[A-ZÀ-Þ][\w’'-]+")


def name_words(texts: list[AnnotatedText]) -> list[str]:
    """Capitalised words of the names of persons in these texts."""
    words = set()
    for text in texts:
        for mention in text.mentions:
            person = text.entities[mention.entity].type is EntityType.PERSON
            if person and mention.kind is MentionKind.NAM:
                words |= set(_NAME_WORD.findall(text.surface(mention)))
    return sorted(w for w in words if w[1:].islower())


@dataclasses.dataclass
class Augmentation:
    """Chances of each change; `names` is the pool that names are swapped from."""

    names: list[str]
    swap: float = 0.5
    upper: float = 0.10
    lower: float = 0.07
    noise: float = 0.12

    def varied(self, text: AnnotatedText, chance: random.Random) -> AnnotatedText:
        """The text, or a variant of it; offsets fit the variant."""
        if chance.random() < self.swap:
            text = self._swapped(text, chance)
        draw = chance.random()
        if draw < self.upper:
            return _recased(text, text.text.upper())
        if draw < self.upper + self.lower:
            return _recased(text, text.text.lower())
        if draw < self.upper + self.lower + self.noise:
            return _recased(text, _misread(text.text, chance))
        return text

    def _swapped(self, text: AnnotatedText, chance: random.Random) -> AnnotatedText:
        swaps: dict[str, str] = {}
        edits: list[tuple[int, int, str]] = []
        for mention in text.mentions:
            person = text.entities[mention.entity].type is EntityType.PERSON
            if not person or mention.kind is not MentionKind.NAM:
                continue
            for match in _NAME_WORD.finditer(text.surface(mention)):
                if match.group()[1:].islower():
                    new = swaps.setdefault(match.group(), chance.choice(self.names))
                    start = mention.start + match.start()
                    edits.append((start, start + len(match.group()), new))
        return _edited(text, sorted(set(edits)))


def _recased(text: AnnotatedText, changed: str) -> AnnotatedText:
    return dataclasses.replace(text, text=changed) if len(changed) == len(text.text) else text


def _misread(text: str, chance: random.Random) -> str:
    rate = chance.uniform(0.002, 0.02)
    return "".join(_CONFUSED.get(c, c) if chance.random() < rate else c for c in text)


def _edited(text: AnnotatedText, edits: list[tuple[int, int, str]]) -> AnnotatedText:
    """Apply replacements and shift every mention by what was inserted before it."""
    pieces, last = [], 0
    shifts: list[tuple[int, int]] = []
    moved = 0
    for start, end, new in edits:
        pieces += [text.text[last:start], new]
        moved += len(new) - (end - start)
        shifts.append((end, moved))
        last = end
    pieces.append(text.text[last:])

    def shifted(position: int) -> int:
        return position + next((m for end, m in reversed(shifts) if end <= position), 0)

    mentions = tuple(
        dataclasses.replace(m, start=shifted(m.start), end=shifted(m.end)) for m in text.mentions
    )
    return dataclasses.replace(text, text="".join(pieces), mentions=mentions)
