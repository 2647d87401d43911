"""Mean hidden states of any stretch of words, from running sums made once a text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Averages"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_AT_ONCE = 4096


class Averages:
    """Of hidden states, words x H; the sums are kept in double precision."""

    def __init__(self, hidden: Floats) -> None:
        self.hidden = hidden
        self._sums = np.zeros((len(hidden) + 1, hidden.shape[1]))
        for at in range(0, len(hidden), _AT_ONCE):
            part = hidden[at : at + _AT_ONCE].cumsum(axis=0, dtype=np.float64)
            self._sums[at + 1 : at + 1 + len(part)] = part + self._sums[at]

    def between(self, starts: Ints, ends: Ints) -> Floats:
        """Means of the words `start:end`, one row a stretch."""
        sums = self._sums[ends] - self._sums[starts]
        means: Floats = (sums / (ends - starts)[:, None]).astype(np.float32)
        return means
