"""`spacy.load("declarant_en")`: a blank English pipeline with the declarant component."""

from __future__ import annotations

from typing import Any

import spacy

import extractor.language.display  # noqa: F401 - registers the component

__all__ = ["load"]


def load(**overrides: Any) -> spacy.language.Language:  # noqa: ANN401 - spaCy's protocol
    """What `spacy.load` calls; overrides are those of `spacy.blank`."""
    nlp = spacy.blank("en", vocab=overrides.get("vocab", True))
    nlp.add_pipe("declarant")
    return nlp
