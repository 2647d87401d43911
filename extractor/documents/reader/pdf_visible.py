"""What of a page's text a reader of paper would see.

A scanner's own text layer lies hidden over or under the picture, and is often wrong: text
in render mode 3, transparent, or painted before a picture that covers it does not count.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

Corners = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

_TEXT, PATH, IMAGE, _FORM = 1, 2, 3, 5
_INVISIBLE_MODE = 3
_COVERING_SHARE = 0.5
_MOST_OBJECTS = 200_000
_DEEPEST = 12
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class View:
    """Whether pictures cover most of the page, and how much of the text is seen."""

    image_covers: bool
    visible_words: int
    all_hidden: bool


def look(page: object) -> View:
    """What is seen of the text of a page."""
    width = float(pdfium.FPDF_GetPageWidthF(page))
    height = float(pdfium.FPDF_GetPageHeightF(page))
    covered = 0.0
    shown: list[int] = []
    texts = 0
    for kind, handle, matrix in objects(page):
        if kind == IMAGE:
            share = _area(bounds(handle, matrix)) / (width * height)
            covered += share
            if share > _COVERING_SHARE:
                shown = []  # all that was painted before lies under the picture
        elif kind == _TEXT:
            texts += 1
            if _is_seen(handle):
                shown.append(_words(handle))
    return View(covered > _COVERING_SHARE, sum(shown), texts > 0 and not shown)


def has_picture(page: object) -> bool:
    """Whether any picture is painted on a page."""
    return any(kind == IMAGE for kind, _, _ in objects(page))


def largest_picture(page: object) -> int:
    """Pixels that the largest picture of a page claims; nothing is decoded to find out."""
    sizes = (_pixels(handle) for kind, handle, _ in objects(page) if kind == IMAGE)
    return max(sizes, default=0)


def undrawn_pixels(page: object) -> int:
    """Pixels that the first picture of a page claims, if it cannot be decoded; 0 if it can."""
    for kind, handle, _ in objects(page):
        if kind == IMAGE:
            bitmap = pdfium.FPDFImageObj_GetBitmap(handle)
            if bitmap:
                pdfium.FPDFBitmap_Destroy(bitmap)
            return 0 if bitmap else max(1, _pixels(handle))
    return 0


def _pixels(handle: object) -> int:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(handle, ctypes.byref(width), ctypes.byref(height))
    return width.value * height.value


def objects(page: object) -> Iterator[tuple[int, Any, Matrix]]:
    """What is painted on a page, in that order, with what lies inside forms and their matrix."""
    budget = [_MOST_OBJECTS]
    count = pdfium.FPDFPage_CountObjects(page)
    for index in range(count):
        handle = pdfium.FPDFPage_GetObject(page, index)
        yield from _unfolded(handle, _SAME, 0, budget)


def _unfolded(
    handle: object, matrix: Matrix, depth: int, budget: list[int]
) -> Iterator[tuple[int, Any, Matrix]]:
    budget[0] -= 1
    if budget[0] < 0:
        return
    kind = int(pdfium.FPDFPageObj_GetType(handle))
    if kind != _FORM:
        yield kind, handle, matrix
        return
    if depth >= _DEEPEST:
        return
    inner = times(matrix_of(handle), matrix)
    for index in range(pdfium.FPDFFormObj_CountObjects(handle)):
        child = pdfium.FPDFFormObj_GetObject(handle, index)
        yield from _unfolded(child, inner, depth + 1, budget)


def matrix_of(handle: object) -> Matrix:
    """The matrix of an object itself."""
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, ctypes.byref(m)):
        return _SAME
    return m.a, m.b, m.c, m.d, m.e, m.f


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does first the inner, then the outer."""
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )


def bounds(handle: object, matrix: Matrix) -> Corners:
    """The box of an object in page space."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(
        handle, ctypes.byref(left), ctypes.byref(bottom), ctypes.byref(right), ctypes.byref(top)
    )
    a, b, c, d, e, f = matrix
    points = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    xs = [a * x + c * y + e for x, y in points]
    ys = [b * x + d * y + f for x, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _area(box: Corners) -> float:
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def _is_seen(handle: object) -> bool:
    if pdfium.FPDFTextObj_GetTextRenderMode(handle) == _INVISIBLE_MODE:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = pdfium.FPDFPageObj_GetFillColor(
        handle, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)
    )
    return not known or alpha.value > 0


def _words(handle: object) -> int:
    """A fair guess at the words of one text object, from its width and size."""
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(handle, ctypes.byref(size))
    box = bounds(handle, matrix_of(handle) if size.value == 0 else _SAME)
    height = max(box[3] - box[1], 1.0)
    return max(1, round((box[2] - box[0]) / (3.5 * height)))
