"""How a server reads: no case file is opened outside confinement."""

from __future__ import annotations

import dataclasses

from extractor.documents.settings import ReadingSettings

__all__ = ["CONFINED"]

CONFINED = dataclasses.replace(ReadingSettings.from_environment(), require_confinement=True)
"""The settings of every reading and drawing that a server does."""
