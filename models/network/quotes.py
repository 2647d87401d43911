"""Which words stand inside quotation marks: there `I` is the speaker, not the declarant."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.network.tokens import Words

__all__ = ["quoted_words"]


def quoted_words(words: Words) -> NDArray[np.bool_]:
    """One flag a word; a quotation never runs past a blank line."""
    quoted = np.zeros(len(words), dtype=bool)
    inside = False
    for index, form in enumerate(words.forms()):
        gap = words.text[words.ends[index - 1] if index else 0 : words.starts[index]]
        inside = inside and "\n\n" not in gap
        if form in {"“", "«"}:
            inside = True
        elif form in {"”", "»"}:
            inside = False
        elif form == '"':
            inside = not inside
        quoted[index] = inside
    return quoted
