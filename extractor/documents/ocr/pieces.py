"""The ink of one line of print as pieces that hang together, and which of them are letters.

A line is laid level first and each word cut from its own paper by its own ink, so that a
shadow, a faint ribbon or the back of the sheet changes nothing. Letters are the pieces that
cross the middle of the line; dots, accents, quotes and commas are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractor.documents.ocr.pixels import Pixels
from extractor.documents.ocr.reading import OcrWord

Floats = NDArray[np.float64]
_ABOVE, _BELOW = 0.3, 0.2
"""How far beyond the boxes of its words a line is looked at, in their height: two accents
stand on a capital, and what touches the edge belongs to another line."""
_PAPER, _INK = 75, 2
_SHARE = 0.45
"""Of the way from paper to ink: thin accents are paler than stems."""
_MIDDLE = 0.3
_DUST = 0.1
_BROAD = 0.5
_FEWEST, _LONG = 5, 8.0
_SIDE = 4


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of ink as rows of left, top, right, bottom; `left` and `sink` lead to the page.

    `area` is in squares of the breadth of a stem; `letter` tells the bodies of letters and
    `edge` what runs out of the picture.
    """

    boxes: Floats
    area: Floats
    letter: NDArray[np.bool_]
    edge: NDArray[np.bool_]
    left: float

    def centres(self) -> Floats:
        """The middle of each piece across the page."""
        middle: Floats = self.left + (self.boxes[:, 0] + self.boxes[:, 2]) / 2
        return middle


def pieces(pixels: Pixels, words: Sequence[OcrWord], slope: float) -> Pieces | None:
    """The pieces of a line of words on a page whose lines sink by `slope`; None without ink."""
    from scipy import ndimage  # noqa: PLC0415  (only scans need it)

    grey, left, height = _level(pixels, words, _slope(words, slope))
    if min(grey.shape) < 8:
        return None
    ink = grey < _threshold(grey, words, left)
    labels, count = ndimage.label(ink, np.ones((3, 3)))
    if not count:
        return None
    places = ndimage.find_objects(labels)
    boxes = np.array([(x.start, y.start, x.stop, y.stop) for y, x in places], np.float64)
    area = np.bincount(labels.ravel(), minlength=count + 1)[1:].astype(np.float64)
    middle = _middle(ink, height)
    stroke = _stroke(ink, middle)
    seen = area >= _DUST * stroke**2
    boxes, area = boxes[seen], area[seen]
    edge = (boxes[:, 1] <= 0) | (boxes[:, 3] >= grey.shape[0])
    return Pieces(boxes, area / stroke**2, _letters(boxes, middle), edge, float(left))


def _slope(words: Sequence[OcrWord], slope: float) -> float:
    """How far this line sinks, if it is long enough to tell; else as the page does."""
    boxes = np.array([word.box for word in words])
    across, down = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    if len(words) < _FEWEST or np.ptp(across) <= _LONG * np.median(boxes[:, 3] - boxes[:, 1]):
        return slope
    return float(np.polyfit(across, down, 1)[0])


def _level(
    pixels: Pixels, words: Sequence[OcrWord], slope: float
) -> tuple[NDArray[np.int16], int, float]:
    """The line laid level, where it begins across the page, and how high its words are."""
    boxes = np.array([word.box for word in words])
    left = max(0, int(boxes[:, 0].min()) - _SIDE)
    columns = np.arange(left, min(pixels.shape[1], int(boxes[:, 2].max()) + _SIDE + 1))
    sunk = slope * ((boxes[:, 0] + boxes[:, 2]) / 2 - left)
    top, bottom = np.median(boxes[:, 1] - sunk), np.median(boxes[:, 3] - sunk)
    height = float(bottom - top)
    rows = np.arange(int(top - _ABOVE * height), int(bottom + _BELOW * height))
    sink = np.round(slope * (columns - left)).astype(int)
    places = np.clip(rows[:, None] + sink, 0, pixels.shape[0] - 1)
    return pixels[places, columns].astype(np.int16), left, height


def _threshold(grey: NDArray[np.int16], words: Sequence[OcrWord], left: int) -> Floats:
    """For each column the grey at which ink begins in the word that stands there."""
    levels = np.zeros(grey.shape[1])
    done = 0
    for word in sorted(words, key=lambda word: word.box[0]):
        start, end = max(int(word.box[0]) - left, 0), int(word.box[2]) - left + 1
        if grey[:, start:end].size == 0:
            continue
        ink, paper = np.percentile(grey[:, start:end], (_INK, _PAPER))
        levels[done:] = paper - _SHARE * (paper - ink)
        done = max(done, end)
    return levels


def _middle(ink: NDArray[np.bool_], height: float) -> float:
    """The row through the middle of small letters: where most ink is, near that of the boxes."""
    rows = np.arange(ink.shape[0])
    amount = np.convolve(ink.sum(axis=1), np.ones(3) / 3, "same")
    amount[np.abs(rows - (_ABOVE + 0.5) * height) > _MIDDLE * height] = 0
    most = amount > 0.5 * amount.max()
    return float(np.average(rows[most], weights=amount[most])) if most.any() else ink.shape[0] / 2


def _letters(boxes: Floats, middle: float) -> NDArray[np.bool_]:
    """Which pieces cross the middle and are not much lower than the others that do."""
    crosses = (boxes[:, 1] < middle - 0.5) & (boxes[:, 3] > middle + 0.5)
    high = boxes[:, 3] - boxes[:, 1]
    usual = float(np.median(high[crosses])) if crosses.any() else 0.0
    letters: NDArray[np.bool_] = crosses & (high >= _BROAD * usual)
    return letters


def _stroke(ink: NDArray[np.bool_], middle: float) -> float:
    """How broad strokes are that cross the middle of the line, in pixels."""
    band = ink[max(0, int(middle) - 2) : int(middle) + 3].astype(np.int8)
    begun = int((np.diff(band, axis=1) == 1).sum())
    return max(1.0, float(band.sum()) / max(1, begun))
