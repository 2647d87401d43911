"""Lines on which the engines disagree are read once more, from every pixel of the page.

The reading engine is shown a page of at most 1280 pixels, on which the strokes of a hand run
together; cut from the whole picture a line keeps them, so lines are read again that were shown
smaller than the engine takes them. It also looks at a line only every eighth pixel and needs a
look between two letters, so that letters written closely fall out: such lines are stretched.
Its own confidence does not tell the better of two readings (on seven faces drawn after
handwriting it chose worse than always taking the second). The first reading stays beside the
second, and whatever differs is doubtful.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from statistics import median

import numpy as np
from PIL import Image

from extractor.documents.ocr.pixels import Pixels
from extractor.documents.ocr.rapid import LONGEST_SIDE
from extractor.documents.ocr.reading import OcrLine, OcrWord, Spelt, mean

ReadWords = Callable[[Sequence[Pixels]], list[list[Spelt]]]
"""The words of pictures that are one line each."""

_HEIGHT = 48
"""Pixels to which the engine scales the height of a line."""
_LETTER = 14
"""Pixels that a letter needs at that height, nearly two looks; 16 and none read worse."""
_MOST_STRETCHED = 1.6
_WIDER = 2.0
_LEAST_SURE = 0.3
"""Below this the engine itself does not believe a line."""


def read_again(
    pixels: Pixels, lines: Sequence[OcrLine], doubted: Collection[int], read: ReadWords
) -> list[OcrLine]:
    """The lines, those at the doubted places with the words of a second reading."""
    shown = min(LONGEST_SIDE / max(pixels.shape), 1.0)
    places = [i for i in sorted(doubted) if _lost_pixels(lines[i], shown)]
    if not places:
        return list(lines)
    stretch = _stretch([lines[i] for i in places])
    readings = read([_cut(pixels, lines[i], stretch) for i in places])
    second = {i: _with(lines[i], spelt) for i, spelt in zip(places, readings, strict=True)}
    return [second.get(i, line) for i, line in enumerate(lines)]


def _lost_pixels(line: OcrLine, shown: float) -> bool:
    """Whether the engine saw a line smaller than it wants it; a line on end is left alone."""
    width, height = line.box[2] - line.box[0], _height(line)
    return shown < 1 <= height < min(_HEIGHT / shown, width / _WIDER)


def _height(line: OcrLine) -> float:
    """The height of a line without its slope."""
    left, top, right, bottom = line.box
    return bottom - top - abs(line.slope) * (right - left)


def _stretch(lines: Sequence[OcrLine]) -> float:
    """How far lines must be stretched until a letter has room; one hand writes all of them."""
    room = median(_room(line) for line in lines)
    return min(max(_LETTER / room, 1.0), _MOST_STRETCHED)


def _room(line: OcrLine) -> float:
    """Pixels a letter, blanks included, in a line as high as the engine wants it."""
    letters = sum(len(word.text) + 1 for word in line.words)
    return _HEIGHT * (line.box[2] - line.box[0]) / _height(line) / letters


def _cut(pixels: Pixels, line: OcrLine, stretch: float) -> Pixels:
    """The line straightened, in the page's own pixels, stretched along."""
    left, top, right, _ = line.box
    width, height = right - left, _height(line)
    start = top - min(line.slope, 0.0) * width
    size = max(1, round(width * stretch)), max(1, round(height))
    map_back = (1 / stretch, 0.0, left, line.slope / stretch, 1.0, start)
    part = Image.fromarray(pixels).transform(
        size, Image.Transform.AFFINE, map_back, Image.Resampling.BICUBIC
    )
    return np.asarray(part)


def _with(line: OcrLine, spelt: Sequence[Spelt]) -> OcrLine:
    """The line with the second reading and the first beside it, or as it was if that failed."""
    if not spelt:
        return line
    if mean([word.confidence for word in spelt], [len(word.text) for word in spelt]) < _LEAST_SURE:
        return line
    return replace(line, words=tuple(_placed(word, line) for word in spelt), before=line.words)


def _placed(word: Spelt, line: OcrLine) -> OcrWord:
    """The word in the pixels of the page, as high as its line."""
    left, top, right, _ = line.box
    start, end = (left + side * (right - left) for side in (word.start, word.end))
    begin = top - min(line.slope, 0.0) * (right - left)
    sinks = [begin + line.slope * (side - left) for side in (start, end)]
    box = (start, min(sinks), end, max(sinks) + _height(line))
    slant = line.words[0].slant if line.words else 0.0
    return OcrWord(word.text, box, word.confidence, slant=slant)
