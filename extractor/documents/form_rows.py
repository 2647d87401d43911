"""Rows of print on a form: words side by side, with the labels that a row begins with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.documents import labels
from extractor.documents.labels import Label
from extractor.documents.legible import legible
from extractor.documents.words import Word


@dataclass(frozen=True)
class Row:
    """A line of print with its labels; a line of labels begins with one."""

    words: tuple[Word, ...]
    offsets: tuple[int, ...]
    text: str
    labels: tuple[Label, ...]

    def among(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that lie between two places of the line."""
        pairs = zip(self.words, self.offsets, strict=True)
        return tuple(word for word, offset in pairs if start <= offset < end)

    def left(self, label: Label) -> float:
        """How far right a label begins."""
        return min(word.box[0] for word in self.among(label.start, label.end))


def rows(words: Sequence[Word]) -> Iterator[Row]:
    """The rows of a page, its words in reading order."""
    line: list[Word] = []
    for word in words:
        if line and not _on(line, word):
            yield _row(line)
            line = []
        line.append(word)
    if line:
        yield _row(line)


def _on(line: Sequence[Word], word: Word) -> bool:
    """Words of a line lie one blank apart in the text and overlap in height."""
    last = line[-1]
    overlap = min(last.box[3], word.box[3]) - max(last.box[1], word.box[1])
    return word.start - last.end <= 1 and overlap > 0 and word.box[0] >= last.box[0]


def _row(words: Sequence[Word]) -> Row:
    offsets, parts, at = [], [], 0
    for word in words:
        offsets.append(at)
        parts.append(legible(word.text))
        at += len(parts[-1]) + 1
    text = " ".join(parts)
    found = tuple(labels.labels_in(text))
    begins = bool(found) and found[0].start <= 1
    return Row(tuple(words), tuple(offsets), text, found if begins else ())
