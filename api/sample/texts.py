"""The papers of the sample case file, each a marked text that is page text and gold in one."""

from __future__ import annotations

import functools
from pathlib import Path

from models.corpora.annotated import AnnotatedText
from models.corpora.marked import read_marked

__all__ = ["PAPERS", "paper", "paragraphs"]

FOLDER = Path(__file__).parent
# In the order of the packet.
PAPERS = ("application", "supplement_b", "declaration", "certificate", "police_report", "letter")


@functools.cache
def paper(name: str) -> AnnotatedText:
    """One paper with its marks."""
    return read_marked(FOLDER / f"{name}.txt")


def paragraphs(name: str) -> list[str]:
    """The paragraphs of a paper as they are printed, without marks."""
    return [" ".join(block.split()) for block in paper(name).text.split("\n\n")]
