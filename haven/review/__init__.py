"""Review: what people decided about what the machine found, and the record they confirm."""

from __future__ import annotations

from haven.review.component import Review
from haven.review.model import (
    Accept,
    Add,
    Correct,
    Decision,
    DecisionEntry,
    Finding,
    Identifier,
    KeepApart,
    Merge,
    Passage,
    Reject,
    ReviewState,
    Split,
    Tie,
    Undo,
)

__all__ = [
    "Accept",
    "Add",
    "Correct",
    "Decision",
    "DecisionEntry",
    "Finding",
    "Identifier",
    "KeepApart",
    "Merge",
    "Passage",
    "Reject",
    "Review",
    "ReviewState",
    "Split",
    "Tie",
    "Undo",
]
