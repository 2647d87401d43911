"""Boxes to tick on pages whose words the file itself holds, as flattened forms are.

Where a box stands is told twice, by the page's squares or signs and by its picture; whether
it is ticked, by the picture. Since the words are exact, a letter or digit in a square makes it
the cell of a number, an X excepted. A sign that is a word of its own is believed, unless it is
an empty box that something is drawn over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from extractor.documents import order
from extractor.documents.assembly import PlacedWord
from extractor.documents.boxes import FRAMED, SIGNS, has_signs
from extractor.documents.checked import Raster, RawPage
from extractor.documents.ocr.boxed import placed
from extractor.documents.ocr.reading import OcrWord
from extractor.documents.ocr.ticks import TickBox, tick_boxes
from extractor.record import Box

_LEAST_DPI, _MOST_DPI = 100, 400
"""Outside these the reader drew another picture than it was asked for."""
_ALIKE = 1.35
_HALF = 0.5
_LEVEL = 0.3
_LONG = 2.0
_INNER = 0.15


def words_with_boxes(page: RawPage) -> list[PlacedWord]:
    """The words of a page with a sign for each box, in points."""
    words = _words(page)
    if page.raster is None:
        return words
    upright = _Upright(page)
    standing = upright.words(words)
    seen = [upright.doubted(box) for box in upright.seen(page.raster)]
    boxes = list(_told_twice(standing, upright.squares(), seen))
    return upright.filed(*placed(standing, boxes)) if boxes else words


def _words(page: RawPage) -> list[PlacedWord]:
    """The words, a sign at the head of one parted from it."""
    words = [
        PlacedWord(text, box, slant=page.slants.get(index, 0.0))
        for index, (text, box) in enumerate(zip(page.texts, page.boxes, strict=True))
    ]
    if not has_signs(page.texts):
        return words
    return [part for word in words for part in _parted(word)]


def _parted(word: PlacedWord) -> tuple[PlacedWord, ...]:
    if word.text[0] not in SIGNS or not word.text[1:].isalnum():
        return (word,)
    left, top, right, bottom = word.box
    middle = left + (right - left) / len(word.text)
    sign = replace(word, text=word.text[0], box=(left, top, middle, bottom))
    return sign, replace(word, text=word.text[1:], box=(middle, top, right, bottom))


@dataclass(frozen=True)
class _Upright:
    """A page turned until its text stands upright, and back."""

    page: RawPage

    def _turned(self, boxes: Sequence[Box]) -> list[Box]:
        return order.upright(boxes, self.page.turn, self.page.width, self.page.height)

    def words(self, words: Sequence[PlacedWord]) -> list[OcrWord]:
        """The words as OCR would have read them."""
        places = self._turned([word.box for word in words])
        pairs = zip(words, places, strict=True)
        return [OcrWord(word.text, box, 1.0, slant=word.slant) for word, box in pairs]

    def squares(self) -> list[Box]:
        """Small squares that the page draws, without the cells of numbers and names."""
        squares = self._turned(self.page.squares)
        return [one for one in squares if not any(_are_cells(one, other) for other in squares)]

    def seen(self, raster: Raster) -> list[TickBox]:
        """The boxes of the picture, in points."""
        across, down = self.page.width / raster.width, self.page.height / raster.height
        dots = 72 / across, 72 / down
        if raster.channels != 1 or not all(_LEAST_DPI < one < _MOST_DPI for one in dots):
            return []
        pixels = np.frombuffer(raster.pixels, np.uint8).reshape(raster.height, raster.width)
        seen = tick_boxes(pixels, round(dots[0]), exact=True)
        corners = [box.box for box in seen]
        points = [(x0 * across, y0 * down, x1 * across, y1 * down) for x0, y0, x1, y1 in corners]
        pairs = zip(seen, self._turned(points), strict=True)
        return [replace(box, box=place) for box, place in pairs]

    def doubted(self, box: TickBox) -> TickBox:
        """A ticked box that a long rule goes through may be ticked by nobody."""
        long = _LONG * (box.box[2] - box.box[0])
        rules = [rule for rule in self._turned(self.page.rules) if _length(rule) > long]
        crossed = box.ticked >= _HALF and any(_crosses(rule, box.box) for rule in rules)
        return replace(box, ticked=_HALF) if crossed else box

    def filed(self, kept: Sequence[OcrWord], signs: Sequence[OcrWord]) -> list[PlacedWord]:
        """Words and signs as they lie on the page as filed."""
        return [
            *(PlacedWord(word.text, self._back(word.box), slant=word.slant) for word in kept),
            *(PlacedWord(s.text, self._back(s.box), s.confidence, s.other) for s in signs),
        ]

    def _back(self, box: Box) -> Box:
        width, height = self.page.width, self.page.height
        return order.clipped(order.as_filed([box], self.page.turn, width, height)[0], width, height)


def _length(rule: Box) -> float:
    return max(rule[2] - rule[0], rule[3] - rule[1])


def _crosses(rule: Box, box: Box) -> bool:
    inset = _INNER * (box[2] - box[0])
    across = min(rule[2], box[2] - inset) - max(rule[0], box[0] + inset)
    return across >= 0 and min(rule[3], box[3] - inset) - max(rule[1], box[1] + inset) >= 0


def _are_cells(one: Box, other: Box) -> bool:
    """Whether two squares stand so close side by side that no option has room between them."""
    side = one[2] - one[0]
    apart = max(one[0] - other[2], other[0] - one[2])
    level = abs(one[1] - other[1]) < _LEVEL * side
    return level and -_LEVEL * side < apart < side


def _told_twice(
    words: Sequence[OcrWord], squares: Sequence[Box], seen: Sequence[TickBox]
) -> Iterator[TickBox]:
    """Boxes of the picture that the page draws too, as far as its words leave them boxes."""
    held = [(box, [word.text for word in words if _holds(box.box, word.box)]) for box in seen]
    shown = {text for box, inside in held if box.ticked == 0 for text in inside}
    for box, inside in held:
        drawn = any(_is_same(box.box, square) for square in squares)
        if (drawn or any(text in FRAMED for text in inside)) and not _is_cell(inside):
            yield from _believed(box, inside, shown)


def _is_cell(inside: Sequence[str]) -> bool:
    return any(letter.isalnum() and letter not in "xX" for text in inside for letter in text)


def _believed(box: TickBox, inside: Sequence[str], shown: Collection[str]) -> Iterator[TickBox]:
    """Nothing where a sign tells by itself; doubt where picture and words gainsay each other.

    `shown` are signs that the picture shows empty somewhere: their face is there, so that one
    with ink in it is drawn over, and not the cross that stands for a sign that a face lacks.
    """
    drawn_over = box.ticked >= _HALF
    if len(inside) == 1 and inside[0] in FRAMED:
        if drawn_over and not FRAMED[inside[0]]:
            yield box if inside[0] in shown else replace(box, ticked=_HALF)
    elif not drawn_over and any(text not in FRAMED for text in inside):
        yield replace(box, ticked=_HALF)
    else:
        yield box


def _holds(box: Box, word: Box) -> bool:
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return box[0] < x < box[2] and box[1] < y < box[3]


def _is_same(box: Box, square: Box) -> bool:
    ratio = (box[2] - box[0]) / max(square[2] - square[0], 1.0)
    return _holds(square, box) and 1 / _ALIKE < ratio < _ALIKE
