"""How a reading is weighed against the truth: characters, accents, key fields, doubt."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Self

import numpy as np
from rapidfuzz.distance import Levenshtein

from benchmarks.pages.layouts import Laid
from benchmarks.pages.ticks import Asked, TickedPage
from extractor.documents.boxes import is_box, is_ticked
from extractor.documents.words import CaseText, Word

__all__ = ["Doubt", "accents", "answers", "boxes", "error", "fields"]


def _folded(text: str) -> str:
    return " ".join(text.split())


def error(read: str, truth: str) -> float:
    """Character errors in percent of the truth."""
    return 100 * Levenshtein.distance(_folded(read), _folded(truth)) / len(_folded(truth))


def accents(read: str, truth: str) -> tuple[int, int]:
    """How many letters beyond ASCII were read right, of how many."""
    read, truth = _folded(read), _folded(truth)
    beyond = [not letter.isascii() for letter in truth]
    right = sum(
        sum(beyond[start:end])
        for tag, _, _, start, end in Levenshtein.opcodes(read, truth).as_list()
        if tag == "equal"
    )
    return right, sum(beyond)


def fields(read: str, laid: Laid) -> tuple[int, int]:
    """How many key fields were found exactly, of those on the page."""
    present = [field for field in laid.fields if field in _folded(laid.text)]
    return sum(field in _folded(read) for field in present), len(present)


@dataclass(frozen=True)
class Doubt:
    """Words counted: wrong and right, and how many of each were flagged."""

    wrong: int = 0
    wrong_flagged: int = 0
    right: int = 0
    right_flagged: int = 0

    @classmethod
    def of(cls, case: CaseText, truth: str) -> Self:
        """The words of a reading beside those of the truth."""
        words = [word for page in case.pages for word in page.words]
        right = np.zeros(len(words), dtype=bool)
        opcodes = Levenshtein.opcodes([word.text for word in words], truth.split())
        for tag, start, end, _, _ in opcodes.as_list():
            right[start:end] = tag == "equal"
        flagged = np.array([word.doubtful for word in words])
        counts = (~right, ~right & flagged, right, right & flagged)
        return cls(*(int(count.sum()) for count in counts))

    def __add__(self, other: Doubt) -> Doubt:
        return Doubt(
            self.wrong + other.wrong,
            self.wrong_flagged + other.wrong_flagged,
            self.right + other.right,
            self.right_flagged + other.right_flagged,
        )

    def __str__(self) -> str:
        unflagged = self.wrong + self.right - self.wrong_flagged - self.right_flagged
        missed = (self.wrong - self.wrong_flagged) / max(unflagged, 1)
        flagged = self.right_flagged / max(self.right, 1)
        return f"{self.wrong_flagged:4d}/{self.wrong:4d} {flagged:13.2%} {missed:15.2%}"


def boxes(case: CaseText, page: TickedPage) -> Counter[str]:
    """Boxes by what they are and were called, and `stray` ones where there are none."""
    signs = [word for read in case.pages for word in read.words if is_box(word.text)]
    counts: Counter[str] = Counter()
    for asked in page.asked:
        hit = next((word for word in signs if _is_on(word, asked, page)), None)
        signs = [word for word in signs if word is not hit]
        counts[f"{'ticked' if asked.ticked else 'empty'} {_called(hit)}"] += 1
    counts["stray ticked"] += sum(is_ticked(word) is True for word in signs)
    counts["stray"] += len(signs)
    return counts


def answers(case: CaseText, page: TickedPage) -> tuple[int, int, int]:
    """Answers by box that were read right, that were to be read, and that are wrong."""
    read = {name: value for name, value in case.fields.items() if name.count("_") == 1}
    right = sum(read.get(name) == value for name, value in page.answers.items())
    return right, len(page.answers), len(read) - right


def _called(word: Word | None) -> str:
    if word is None:
        return "missed"
    return {True: "ticked", False: "empty", None: "doubtful"}[is_ticked(word)]


def _is_on(word: Word, asked: Asked, page: TickedPage) -> bool:
    """Whether a word lies where a box is drawn, on a sheet that may lie askew."""
    height, width = (side * 72 / page.dpi for side in page.pixels.shape)
    turn = math.radians(page.turned)
    right, down = asked.x - width / 2, asked.y - height / 2
    x = width / 2 + right * math.cos(turn) + down * math.sin(turn)
    y = height / 2 - right * math.sin(turn) + down * math.cos(turn)
    return word.box[0] < x < word.box[2] and word.box[1] < y < word.box[3]
