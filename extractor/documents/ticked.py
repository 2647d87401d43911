"""Answers given by box on the print of a form: the options that are ticked under each question.

A question is an item of the form; its answer is named like its item, or like its label where
the form has one. What is ticked doubtfully is no answer, and where Yes or No is asked, neither
is what is ticked beside a doubtful box, nor both at once. An item under which the same option
stands twice asks more than one thing, and nothing is given for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractor.documents import labels, options
from extractor.documents.form_rows import Row
from extractor.documents.options import OPPOSITE, Option
from extractor.documents.words import Word
from extractor.record import FormName

_ITEM = re.compile(r"^\W*(\d{1,2})[.,](?: ?([a-z])\.)?(?=\s|$)", re.IGNORECASE)
_LETTER = re.compile(r"^\W*([a-z])\.\s", re.IGNORECASE)
_LABELLED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"^\W*(?:\d{{1,2}}\.\s?(?:[a-z]\.)?\s*)?(?:{words})\b", re.IGNORECASE), asks)
    for words, asks in (
        (r"sex|gender", "Sex"),
        (r"(?:current )?marital status", "MaritalStatus"),
        (r"agency type|type of agency", "AgencyType"),
        (r"case status|(?:current )?status of case", "CaseStatus"),
        (r"(?:your )?relationship", "Relationship"),
    )
)


@dataclass
class _Question:
    """An item with the options under it."""

    item: str = ""
    asks: str = ""
    options: list[Option] = field(default_factory=list)
    repeats: bool = False
    """Whether an option comes twice: then more than one thing is asked under the item."""

    def take(self, option: Option) -> None:
        """One more option."""
        self.repeats |= option.text in [known.text for known in self.options]
        self.options.append(option)


@dataclass
class TickedAnswers:
    """The answers of a form as its rows come in."""

    form: FormName | None
    question: _Question = field(default_factory=_Question)
    found: list[tuple[str, str]] = field(default_factory=list)
    part: str = ""

    def take(self, row: Row, part: str) -> None:
        """Go on with the next row, which stands in this part of the form."""
        if part != self.part:
            self._close(_Question())
            self.part = part
        for piece in options.parts(row.words):
            if isinstance(piece, Option):
                self.question.take(piece)
            else:
                self._ask(piece)

    def _ask(self, words: Sequence[Word]) -> None:
        """Words open a question if they begin with an item or a label."""
        text = " ".join(word.text for word in words)
        asks = next((asks for label, asks in _LABELLED if label.match(text)), "")
        item, letter = _ITEM.match(text), _LETTER.match(text)
        if item is not None:
            self._close(_Question(item[1] + (item[2] or "").lower(), asks))
        elif letter is not None and self.question.item:
            self._close(_Question(self.question.item.rstrip(_LETTERS) + letter[1].lower()))
        elif asks:
            self._close(_Question(self.question.item, asks))

    def _close(self, following: _Question) -> None:
        self.found += self._answered()
        self.question = following

    def _answered(self) -> Iterator[tuple[str, str]]:
        question = self.question
        if not (question.item or question.asks):
            return
        value = "" if question.repeats else _value(question.options)
        if value:
            name = labels.field_name(self.form, self.part, question.item, question.asks)
            yield name, value

    def answers(self) -> list[tuple[str, str]]:
        """Names and values, once all rows have come."""
        self._close(_Question())
        return self.found


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _value(asked: Sequence[Option]) -> str:
    ticked = [option.text for option in asked if option.ticked]
    opposite = [option for option in asked if option.text.lower() in OPPOSITE]
    doubtful = any(option.ticked is None for option in opposite)
    if doubtful or sum(bool(option.ticked) for option in opposite) > 1:
        return ""
    return "; ".join(ticked)
