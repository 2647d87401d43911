"""What is drawn on a page beside its words: ruled lines, small squares, pictures.

Rules come from lines, from the sides of frames and from bars too thin to be anything else.
Squares are of the size of boxes to tick: four strokes one after the other, or a small filled
shape. A page with more strokes than a form or a table has is a drawing: it has none of these.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from extractor.documents.reader.geometry import PageFrame
from extractor.documents.reader.pdf_visible import (
    IMAGE,
    PATH,
    Corners,
    Matrix,
    bounds,
    matrix_of,
    objects,
    times,
)

_THIN = 3.0
_SHORTEST = 8.0
_SMALLEST_PICTURE = 24.0
_SMALLEST_BOX, _LARGEST_BOX = 6.0, 17.0
"""Sides of boxes to tick, their line included."""
_SQUARE = 1.25
_HALF_OF_FOUR = 2
_FEW_SEGMENTS = 10
"""A filled frame has two outlines of five; letters drawn as shapes have more."""
_MOST_STROKES = 4_000
_LINE_TO, _MOVE_TO = 0, 2
_HUNDREDTHS = 100


@dataclass
class Drawn:
    """Boxes around rules, pictures and small squares, as the page is shown."""

    rules: list[Corners] = field(default_factory=list)
    squares: list[Corners] = field(default_factory=list)
    pictures: list[Corners] = field(default_factory=list)

    def message(self) -> dict[str, list[int]]:
        """The boxes in hundredths of a point, one after the other."""
        return {
            "rules": _flat(self.rules),
            "squares": _flat(self.squares),
            "pictures": _flat(self.pictures),
        }


def read(page: object, frame: PageFrame) -> Drawn:
    """The rules, squares and pictures of a page."""
    found, strokes = _Strokes(), 0
    pictures: list[Corners] = []
    for kind, handle, matrix in objects(page):
        if kind == IMAGE:
            box = bounds(handle, matrix)
            if min(box[2] - box[0], box[3] - box[1]) > _SMALLEST_PICTURE:
                pictures.append(box)
        elif kind == PATH and strokes <= _MOST_STROKES:
            strokes += max(1, int(pdfium.FPDFPath_CountSegments(handle)))
            if strokes <= _MOST_STROKES:
                found.take(handle, matrix)
    if max(strokes, len(found.rules), len(pictures)) > _MOST_STROKES:
        return Drawn()
    parts = found.rules, [*found.filled, *_closed(found.short)], pictures
    return Drawn(*([frame.shown(*box) for box in boxes] for boxes in parts))


@dataclass
class _Strokes:
    """Boxes in page space: long strokes, strokes as short as sides of boxes, filled squares."""

    rules: list[Corners] = field(default_factory=list)
    short: list[Corners] = field(default_factory=list)
    filled: list[Corners] = field(default_factory=list)

    def take(self, handle: Any, matrix: Matrix) -> None:  # noqa: ANN401  (ctypes)
        """One more path."""
        box = bounds(handle, matrix)
        if min(box[2] - box[0], box[3] - box[1]) < _THIN:
            self._take_stroke(box)
        elif _is_stroked(handle):
            for side in _sides(handle, times(matrix_of(handle), matrix)):
                self._take_stroke(side)
        elif _is_square(box) and pdfium.FPDFPath_CountSegments(handle) <= _FEW_SEGMENTS:
            self.filled.append(box)

    def _take_stroke(self, box: Corners) -> None:
        if _is_rule(box):
            self.rules.append(box)
        wide, high = box[2] - box[0], box[3] - box[1]
        if min(wide, high) < _THIN and _SMALLEST_BOX - _THIN <= max(wide, high) <= _LARGEST_BOX:
            self.short.append(box)


def _closed(strokes: Sequence[Corners]) -> Iterator[Corners]:
    """The squares that four strokes in a row close, two of them upright."""
    index = 0
    while index + 4 <= len(strokes):
        four = strokes[index : index + 4]
        around = _union(four)
        upright = sum(box[3] - box[1] > box[2] - box[0] for box in four)
        closed = _is_square(around) and upright == _HALF_OF_FOUR
        if closed:
            yield around
        index += 4 if closed else 1


def _union(boxes: Sequence[Corners]) -> Corners:
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _is_square(box: Corners) -> bool:
    short, long = sorted((box[2] - box[0], box[3] - box[1]))
    return short >= _SMALLEST_BOX and long <= min(_LARGEST_BOX, _SQUARE * short)


def _is_rule(box: Corners) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return min(wide, high) < _THIN and max(wide, high) > _SHORTEST


def _is_stroked(handle: object) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value)


def _sides(handle: object, matrix: Matrix) -> Iterator[Corners]:
    """A box around each straight stroke of a path, the closing ones included."""
    begin = at = (0.0, 0.0)
    for index in range(pdfium.FPDFPath_CountSegments(handle)):
        segment = pdfium.FPDFPath_GetPathSegment(handle, index)
        kind, point = int(pdfium.FPDFPathSegment_GetType(segment)), _point(segment, matrix)
        if kind == _MOVE_TO:
            begin = point
        elif kind == _LINE_TO:
            yield _around(at, point)
        at = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield _around(at, begin)
            at = begin


def _point(segment: object, matrix: Matrix) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
    a, b, c, d, e, f = matrix
    return a * x.value + c * y.value + e, b * x.value + d * y.value + f


def _around(first: tuple[float, float], last: tuple[float, float]) -> Corners:
    (x0, y0), (x1, y1) = first, last
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _flat(boxes: list[Corners]) -> list[int]:
    return [round(_HUNDREDTHS * number) for box in boxes for number in box]
