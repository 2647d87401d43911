"""Text -> words -> word pieces -> overlapping windows.

Invariants: words cover every character of the text that is not white space, in order;
every word has at least one piece; every word is read in at least one window, and is taken
from the window in which it stands farthest from an edge, so nothing is cut silently.
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

__all__ = [
    "CASES",
    "Pieces",
    "Window",
    "WordPieces",
    "Words",
    "padded",
    "split_words",
    "windows_of",
    "word_places",
]

Ints = NDArray[np.int64]

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_SENTENCE_END = frozenset(".!?")
CASES = 8
"""Case classes: 0 lower, 1 title, 2 upper, 3 one capital, 4 mixed, 5 digits, 6 other, 7 special."""


@dataclasses.dataclass(frozen=True)
class Words:
    """The words of a text; `starts`, `ends`, `sentences` have one row a word."""

    text: str
    starts: Ints
    ends: Ints
    sentences: Ints

    def __len__(self) -> int:
        return len(self.starts)

    def form(self, index: int) -> str:
        """The word as written."""
        return self.text[self.starts[index] : self.ends[index]]

    def forms(self) -> list[str]:
        """All words as written."""
        return [self.text[s:e] for s, e in zip(self.starts, self.ends, strict=True)]

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """Half-open range of the words that overlap a range of characters."""
        first = int(np.searchsorted(self.ends, start, side="right"))
        last = int(np.searchsorted(self.starts, end, side="left"))
        return first, max(first, last)


def split_words(text: str) -> Words:
    """Split at white space and around every mark of punctuation; number the sentences."""
    matches = list(_WORD.finditer(text))
    starts = np.array([m.start() for m in matches], dtype=np.int64)
    ends = np.array([m.end() for m in matches], dtype=np.int64)
    return Words(text, starts, ends, _sentences(text, matches))


def _sentences(text: str, matches: list[re.Match[str]]) -> Ints:
    numbers = np.zeros(len(matches), dtype=np.int64)
    number = 0
    for index, match in enumerate(matches):
        if index and _breaks(text, matches, index):
            number += 1
        numbers[index] = number
        del match
    return numbers


def _breaks(text: str, matches: list[re.Match[str]], index: int) -> bool:
    """Whether a sentence begins at this word: after a full stop, or after a blank line."""
    before, here = matches[index - 1], matches[index]
    gap = text[before.end() : here.start()]
    if gap.count("\n") > 1:
        return True
    if before.group() not in _SENTENCE_END or not gap:
        return False
    abbreviated = index > 1 and len(matches[index - 2].group()) <= 2 and before.group() == "."
    return not abbreviated


def _case(form: str) -> int:
    if form.isdigit():
        return 5
    if not form[0].isalpha():
        return 6
    if form.islower():
        return 0
    if len(form) == 1:
        return 3
    if form.isupper():
        return 2
    return 1 if form[0].isupper() and form[1:].islower() else 4


@dataclasses.dataclass(frozen=True)
class Pieces:
    """Word pieces of a text; `firsts` is the first piece of each word."""

    ids: Ints
    cases: Ints
    firsts: Ints


@dataclasses.dataclass(frozen=True)
class Window:
    """A range of pieces read in one pass, and the words taken from it."""

    start: int
    end: int
    first_word: int
    last_word: int


class WordPieces:
    """The word-piece vocabulary of the encoder."""

    def __init__(self, vocabulary: Path | bytes) -> None:
        data = vocabulary if isinstance(vocabulary, bytes) else vocabulary.read_bytes()
        self._tokenizer = Tokenizer.from_str(data.decode("utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.start_id = self._id("[CLS]", "<s>")
        self.end_id = self._id("[SEP]", "</s>")
        self.pad_id = self._id("[PAD]", "<pad>")

    def _id(self, *pieces: str) -> int:
        """Number of the first of these pieces that the vocabulary has (BERT's, MPNet's name)."""
        numbers = [self._tokenizer.token_to_id(piece) for piece in pieces]
        known = [int(number) for number in numbers if number is not None]
        if not known:
            raise ValueError(f"the vocabulary lacks {pieces[0]}")
        return known[0]

    def split(self, words: Words) -> Pieces:
        """Split every word; a word the vocabulary cannot spell becomes one unknown piece."""
        forms = words.forms()
        encoding = self._tokenizer.encode(forms, is_pretokenized=True, add_special_tokens=False)
        owners = np.array(encoding.word_ids, dtype=np.int64)
        ids = np.array(encoding.ids, dtype=np.int64)
        ids, owners = self._without_gaps(ids, owners, len(forms))
        cases = np.array([_case(form) for form in forms], dtype=np.int64)
        firsts = np.searchsorted(owners, np.arange(len(forms)), side="left").astype(np.int64)
        return Pieces(ids, cases[owners] if len(forms) else cases, firsts)

    def _without_gaps(self, ids: Ints, owners: Ints, count: int) -> tuple[Ints, Ints]:
        """Give words that normalise to nothing (a lone accent) an unknown piece."""
        missing = np.setdiff1d(np.arange(count), owners)
        if not len(missing):
            return ids, owners
        positions = np.searchsorted(owners, missing)
        unknown = self._id("[UNK]")
        return np.insert(ids, positions, unknown), np.insert(owners, positions, missing)


def windows_of(pieces: Pieces, size: int = 510, overlap: int = 96) -> list[Window]:
    """Cut the pieces into windows of at most `size` that overlap by about `overlap`.

    Windows of one text are about equally long, so that little is padded. Every word belongs
    to exactly one window's `first_word:last_word`: where two windows overlap, the border
    runs through the middle.
    """
    total = len(pieces.ids)
    if not total:
        return []
    starts = _starts(pieces, total, size, overlap)
    ends = [*(min(start + overlap, total) for start in starts[1:]), total]
    borders = [(start + end) // 2 for start, end in zip(starts[1:], ends[:-1], strict=True)]
    cuts = [
        0,
        *(int(np.searchsorted(pieces.firsts, b, side="left")) for b in borders),
        len(pieces.firsts),
    ]
    return [
        Window(s, e, cuts[n], cuts[n + 1])
        for n, (s, e) in enumerate(zip(starts, ends, strict=True))
    ]


def _starts(pieces: Pieces, total: int, size: int, overlap: int) -> list[int]:
    """First piece of every window, evenly spaced, each at the begin of a word if it can."""
    starts = [0]
    while starts[-1] + size < total:
        left = -(-(total - starts[-1] - overlap) // (size - overlap))
        step = -(-(total - starts[-1] - overlap) // left)
        word = int(np.searchsorted(pieces.firsts, starts[-1] + step, side="right")) - 1
        start = int(pieces.firsts[word])
        starts.append(start if start > starts[-1] else starts[-1] + step)
    return starts


def padded(
    pieces: Pieces, windows: list[Window], wordpieces: WordPieces
) -> tuple[Ints, Ints, Ints]:
    """Ids, mask and cases of some windows, each windows x longest, with start and end pieces."""
    shape = (len(windows), max(w.end - w.start for w in windows) + 2)
    ids = np.full(shape, wordpieces.pad_id, dtype=np.int64)
    cases, mask = np.full(shape, CASES - 1, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for row, window in enumerate(windows):
        length = window.end - window.start
        ids[row, 0], ids[row, length + 1] = wordpieces.start_id, wordpieces.end_id
        ids[row, 1 : length + 1] = pieces.ids[window.start : window.end]
        cases[row, 1 : length + 1] = pieces.cases[window.start : window.end]
        mask[row, : length + 2] = 1
    return ids, mask, cases


def word_places(pieces: Pieces, windows: list[Window]) -> tuple[Ints, Ints]:
    """Row and column, in `padded`, of the first piece of every word that the windows own."""
    firsts = [pieces.firsts[w.first_word : w.last_word] - w.start + 1 for w in windows]
    rows = np.repeat(np.arange(len(windows)), [len(f) for f in firsts])
    return rows, np.concatenate(firsts)
