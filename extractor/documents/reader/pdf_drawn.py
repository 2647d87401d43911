"""What is drawn on a page beside its words: ruled lines, and pictures smaller than the page.

Rules come from lines, from the sides of frames and from bars too thin to be anything else.
A page with more strokes than a form or a table has is a drawing: it has no rules.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
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
_MOST_STROKES = 4_000
_LINE_TO, _MOVE_TO = 0, 2
_HUNDREDTHS = 100


@dataclass
class Drawn:
    """Boxes of rules and of pictures, as the page is shown."""

    rules: list[Corners] = field(default_factory=list)
    pictures: list[Corners] = field(default_factory=list)

    def message(self) -> dict[str, list[int]]:
        """The boxes in hundredths of a point, one after the other."""
        return {"rules": _flat(self.rules), "pictures": _flat(self.pictures)}


def read(page: object, frame: PageFrame) -> Drawn:
    """The rules and pictures of a page."""
    found, strokes = Drawn(), 0
    for kind, handle, matrix in objects(page):
        if kind == IMAGE:
            box = bounds(handle, matrix)
            if min(box[2] - box[0], box[3] - box[1]) > _SMALLEST_PICTURE:
                found.pictures.append(frame.shown(*box))
        elif kind == PATH and strokes <= _MOST_STROKES:
            strokes += max(1, int(pdfium.FPDFPath_CountSegments(handle)))
            if strokes <= _MOST_STROKES:
                found.rules += [frame.shown(*box) for box in _rules(handle, matrix)]
    most = max(strokes, len(found.rules), len(found.pictures))
    return found if most <= _MOST_STROKES else Drawn()


def _rules(handle: Any, matrix: Matrix) -> Iterator[Corners]:  # noqa: ANN401  (ctypes)
    box = bounds(handle, matrix)
    if _is_rule(box):
        yield box
    elif _is_stroked(handle):
        yield from filter(_is_rule, _sides(handle, times(matrix_of(handle), matrix)))


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
