"""True positives, false positives and misses, added up over files."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Set

__all__ = ["Counts"]


@dataclasses.dataclass
class Counts:
    """Micro-averaged counts; add them with `+=`."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @classmethod
    def of_sets(cls, predicted: Set[Hashable], gold: Set[Hashable]) -> Counts:
        """Counts of two sets of the same kind of thing."""
        return cls(len(predicted & gold), len(predicted), len(gold))

    def __iadd__(self, other: Counts) -> Counts:
        self.right += other.right
        self.predicted += other.predicted
        self.gold += other.gold
        return self

    @property
    def precision(self) -> float:
        """Share of the predicted that are right; 0 if nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 if there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.predicted + self.gold
        return 2 * self.right / total if total else 0.0
