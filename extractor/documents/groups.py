"""Things that are near each other, by way of others or at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

Near = Callable[[int], NDArray[np.bool_]]
"""Which of all things are near one of them, by its number."""


def groups(count: int, near: Near) -> Iterator[list[int]]:
    """The numbers below `count` in groups, each in order; every number is in one."""
    left = set(range(count))
    while left:
        part, waiting = set[int](), {min(left)}
        while waiting:
            at = waiting.pop()
            part.add(at)
            left.discard(at)
            waiting |= left.intersection(np.flatnonzero(near(at)).tolist())
        yield sorted(part)
