"""How far two annotators of the same texts agree, on every measure of the contract.

One annotator's record stands as the answer, the other's as the gold; F1 is the same both
ways. The figures are the ceiling beside which a model's are read.
"""

from __future__ import annotations

from pathlib import Path

from extractor.errors import InputError
from models.corpora.annotated import AnnotatedText
from models.corpora.marked import read_marked_folder
from models.evaluation.gold import gold_record
from models.evaluation.measures import Measures

__all__ = ["TextsDifferError", "agreement"]


class TextsDifferError(InputError):
    """Two annotations are not of the same text."""

    code = "D211"
    advice = "Annotate the text as it stands; marks may be added, words may not be changed."


def agreement(first: Path, second: Path) -> tuple[Measures, int]:
    """Measures over the texts that two folders of marked files share, and their number.

    Raises:
        TextsDifferError: a text's words differ between the two, or they share none.
    """
    ours = {text.id: text for text in read_marked_folder(first)}
    theirs = {text.id: text for text in read_marked_folder(second)}
    shared = sorted(ours.keys() & theirs.keys())
    if not shared:
        raise TextsDifferError("The two folders share no text.")
    measures = Measures()
    for name in shared:
        _add(measures, ours[name], theirs[name])
    return measures, len(shared)


def _add(measures: Measures, ours: AnnotatedText, theirs: AnnotatedText) -> None:
    if ours.text.strip() != theirs.text.strip():
        raise TextsDifferError(f"{ours.id}: the words differ.")
    measures.add(gold_record(ours), gold_record(theirs))
