"""Where confirmed records live: cases, files, extractions, review, subjects and the audit log."""

from __future__ import annotations

from haven.migrating import migrate
from haven.opening import Haven, open_haven
from haven.settings import Settings

__all__ = ["Haven", "Settings", "migrate", "open_haven"]
