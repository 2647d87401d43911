"""The language of a page."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_FEWEST_WORDS = 12
_ENOUGH = 600
_SURE = 0.9
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _identifier() -> Any:  # noqa: ANN401  (py3langid has no types)
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  (slow)

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """The language as ISO 639-1, or None where there is too little running text to be sure.

    Names and the cells of tables begin with capitals; they tell nothing about the language.
    """
    text = text[:_ENOUGH]
    running = [word for word in _WORD.findall(text) if word.islower() or word.isupper()]
    if len(running) < _FEWEST_WORDS:
        return None
    code, probability = _identifier().classify(text)
    return str(code) if probability >= _SURE else None
