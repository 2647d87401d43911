"""Whether a page has ink in colours, as of a stamp: seen in a small picture, at little cost.

It is sent in colour then, so that print and ink can be told apart; all other pages are grey.
"""

from __future__ import annotations

SMALL_DPI, SMALL_PIXELS = 36, 200_000
MOST_PIXELS = 20_000_000
"""Pixels of the largest page sent in colour, which takes three times the memory: a double sheet."""
_TINT = 20
"""By how much channels differ where ink is; in so small a picture its strokes are pale."""
_SHARE = 0.0004
"""Of the page: the least stamp covers twice as much."""


def has_ink(colours: bytes) -> bool:
    """Whether a small picture, in bytes of red, green and blue, has colours beside its paper's."""
    reds, greens, blues = colours[::3], colours[1::3], colours[2::3]
    red, green, blue = (sorted(part)[len(part) // 2] for part in (reds, greens, blues))
    found = sum(
        abs(r - g - red + green) > _TINT or abs(g - b - green + blue) > _TINT
        for r, g, b in zip(reds, greens, blues, strict=True)
    )
    return found > _SHARE * len(reds)
