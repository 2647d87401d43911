"""Coreference measures: MUC, B-cubed, CEAF-phi4, their mean (CoNLL-2012, Pradhan et al. 2014)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import numpy as np
from scipy.optimize import linear_sum_assignment

__all__ = ["ChainScores"]

Chain = frozenset[tuple[int, int]]


@dataclasses.dataclass
class _Ratio:
    """Numerators and denominators of precision and recall."""

    right_p: float = 0.0
    total_p: float = 0.0
    right_r: float = 0.0
    total_r: float = 0.0

    @property
    def f1(self) -> float:
        precision = self.right_p / self.total_p if self.total_p else 0.0
        recall = self.right_r / self.total_r if self.total_r else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclasses.dataclass
class ChainScores:
    """Sums over files; singletons count in B-cubed and CEAF."""

    muc: _Ratio = dataclasses.field(default_factory=_Ratio)
    b_cubed: _Ratio = dataclasses.field(default_factory=_Ratio)
    ceaf: _Ratio = dataclasses.field(default_factory=_Ratio)

    def add(self, predicted: Iterable[Chain], gold: Iterable[Chain]) -> None:
        """Add one file's chains of mention spans."""
        system, key = list(predicted), list(gold)
        _add_muc(self.muc, system, key)
        _add_b_cubed(self.b_cubed, system, key)
        _add_ceaf(self.ceaf, system, key)

    @property
    def conll(self) -> float:
        """Mean F1 of the three."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf.f1) / 3


def _owners(chains: list[Chain]) -> dict[tuple[int, int], int]:
    return {mention: n for n, chain in enumerate(chains) for mention in chain}


def _links(chains: list[Chain], other: dict[tuple[int, int], int]) -> tuple[float, float]:
    right = total = 0
    for chain in chains:
        parts = {other[m] for m in chain if m in other}
        missing = sum(m not in other for m in chain)
        right += len(chain) - len(parts) - missing
        total += len(chain) - 1
    return right, total


def _add_muc(ratio: _Ratio, system: list[Chain], key: list[Chain]) -> None:
    right, total = _links(system, _owners(key))
    ratio.right_p, ratio.total_p = ratio.right_p + right, ratio.total_p + total
    right, total = _links(key, _owners(system))
    ratio.right_r, ratio.total_r = ratio.right_r + right, ratio.total_r + total


def _overlap_share(chains: list[Chain], others: list[Chain]) -> tuple[float, float]:
    owners = _owners(others)
    right = 0.0
    for chain in chains:
        for mention in chain:
            if mention in owners:
                right += len(chain & others[owners[mention]]) / len(chain)
    return right, float(sum(len(c) for c in chains))


def _add_b_cubed(ratio: _Ratio, system: list[Chain], key: list[Chain]) -> None:
    right, total = _overlap_share(system, key)
    ratio.right_p, ratio.total_p = ratio.right_p + right, ratio.total_p + total
    right, total = _overlap_share(key, system)
    ratio.right_r, ratio.total_r = ratio.right_r + right, ratio.total_r + total


def _add_ceaf(ratio: _Ratio, system: list[Chain], key: list[Chain]) -> None:
    similar = np.array(
        [[2 * len(s & k) / (len(s) + len(k)) for k in key] for s in system], dtype=float
    ).reshape(len(system), len(key))
    rows, columns = linear_sum_assignment(-similar)
    best = float(similar[rows, columns].sum())
    ratio.right_p, ratio.total_p = ratio.right_p + best, ratio.total_p + len(system)
    ratio.right_r, ratio.total_r = ratio.right_r + best, ratio.total_r + len(key)
