"""Boxes to tick on pages whose words the file itself holds, as flattened forms are.

Where a box stands is told twice, by the page's squares or signs and by its picture; whether
it is ticked, by the picture. Since the words are exact, a letter or digit in a square makes it
the cell of a number, an X excepted. A sign that is a word of its own is believed, unless it is
an empty box that something is drawn over: that one is doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from extractor.documents import order
from extractor.documents.assembly import PlacedWord
from extractor.documents.boxes import FRAMED, SIGNS
from extractor.documents.checked import Raster, RawPage
from extractor.documents.ocr.boxed import placed
from extractor.documents.ocr.reading import OcrWord
from extractor.documents.ocr.ticks import TickBox, tick_boxes
from extractor.record import Box

_LEAST_DPI, _MOST_DPI = 100, 400
"""Outside these the reader drew another picture than it was asked for."""
_ALIKE = 1.35
_HALF = 0.5


def words_with_boxes(page: RawPage) -> list[PlacedWord]:
    """The words of a page with a sign for each box, in points."""
    words = list(_words(page))
    if page.raster is None:
        return words
    boxes = list(_told_twice(page, words, _seen(page, page.raster)))
    return _with(page, words, boxes) if boxes else words


def _words(page: RawPage) -> Iterator[PlacedWord]:
    """The words, a sign at the head of one parted from it."""
    for index, (text, box) in enumerate(zip(page.texts, page.boxes, strict=True)):
        word = PlacedWord(text, box, slant=page.slants.get(index, 0.0))
        yield from _parted(word) if text[0] in SIGNS and text[1:].isalnum() else (word,)


def _parted(word: PlacedWord) -> tuple[PlacedWord, PlacedWord]:
    left, top, right, bottom = word.box
    middle = left + (right - left) / len(word.text)
    sign = replace(word, text=word.text[0], box=(left, top, middle, bottom))
    return sign, replace(word, text=word.text[1:], box=(middle, top, right, bottom))


def _seen(page: RawPage, raster: Raster) -> list[TickBox]:
    """The boxes of the picture, in points."""
    across, down = page.width / raster.width, page.height / raster.height
    if raster.channels != 1 or not all(
        _LEAST_DPI < 72 / points < _MOST_DPI for points in (across, down)
    ):
        return []
    pixels = np.frombuffer(raster.pixels, np.uint8).reshape(raster.height, raster.width)
    return [
        TickBox((x0 * across, y0 * down, x1 * across, y1 * down), box.ticked)
        for box in tick_boxes(pixels, round(72 / across))
        for x0, y0, x1, y1 in (box.box,)
    ]


def _told_twice(
    page: RawPage, words: Sequence[PlacedWord], seen: Sequence[TickBox]
) -> Iterator[TickBox]:
    """Boxes of the picture that the page draws too, as far as its words leave them boxes."""
    for box in seen:
        inside = [word.text for word in words if _holds(box.box, word.box)]
        drawn = any(_is_same(box.box, square) for square in page.squares)
        if (drawn or any(text in FRAMED for text in inside)) and not _is_cell(inside):
            yield from _believed(box, inside)


def _is_cell(inside: Sequence[str]) -> bool:
    return any(letter.isalnum() and letter not in "xX" for text in inside for letter in text)


def _believed(box: TickBox, inside: Sequence[str]) -> Iterator[TickBox]:
    """Nothing where a sign tells by itself; doubt where the picture or the words gainsay it."""
    if len(inside) == 1 and inside[0] in FRAMED:
        if not FRAMED[inside[0]] and box.ticked >= _HALF:
            yield replace(box, ticked=_HALF)
    elif box.ticked < _HALF and any(text not in FRAMED for text in inside):
        yield replace(box, ticked=_HALF)
    else:
        yield box


def _holds(box: Box, word: Box) -> bool:
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return box[0] < x < box[2] and box[1] < y < box[3]


def _is_same(box: Box, square: Box) -> bool:
    ratio = (box[2] - box[0]) / max(square[2] - square[0], 1.0)
    return _holds(square, box) and 1 / _ALIKE < ratio < _ALIKE


def _with(page: RawPage, words: Sequence[PlacedWord], boxes: Sequence[TickBox]) -> list[PlacedWord]:
    """The words with the boxes among them, put together as the page is read."""
    size = page.width, page.height
    standing = order.upright([word.box for word in words], page.turn, *size)
    pairs = zip(words, standing, strict=True)
    read = [OcrWord(word.text, box, 1.0, slant=word.slant) for word, box in pairs]
    places = order.upright([box.box for box in boxes], page.turn, *size)
    found = [replace(box, box=place) for box, place in zip(boxes, places, strict=True)]
    kept, signs = placed(read, found)
    return [
        *(PlacedWord(word.text, _filed(page, word.box), slant=word.slant) for word in kept),
        *(PlacedWord(s.text, _filed(page, s.box), s.confidence, s.other) for s in signs),
    ]


def _filed(page: RawPage, box: Box) -> Box:
    """A box as it lies on the page as filed."""
    (filed,) = order.as_filed([box], page.turn, page.width, page.height)
    return order.clipped(filed, page.width, page.height)
