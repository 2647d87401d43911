"""From the coordinates of a PDF page to points from the top left, as the page is shown."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from extractor.documents.reader.wire import Failure, ReaderError

_LONGEST_SIDE = 200_000.0  # points; wider pages are read but their frame is cut to this


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The shown part of a page: its corner in page space, its turn, its shown size."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int
    width: float
    height: float

    @classmethod
    def of(cls, page: object) -> PageFrame:
        """The frame of a loaded page; ReaderError if it has no sensible size."""
        rectangle = pdfium.FS_RECTF()
        width, height = (
            float(pdfium.FPDF_GetPageWidthF(page)),
            float(pdfium.FPDF_GetPageHeightF(page)),
        )
        ok = pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(rectangle))
        numbers = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        if not ok or not all(math.isfinite(n) for n in (*numbers, width, height)):
            raise ReaderError(Failure.DAMAGED)
        if width <= 0 or height <= 0:
            raise ReaderError(Failure.DAMAGED)
        turn = int(pdfium.FPDFPage_GetRotation(page)) % 4
        return cls(*numbers, turn, min(width, _LONGEST_SIDE), min(height, _LONGEST_SIDE))

    def shown(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """A box of page space as it is shown: x0, top, x1, bottom from the top left."""
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turn == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left

    def direction(self, across: float, up: float) -> int:
        """Where a step in page space leads as shown: 0 right, 1 down, 2 left, 3 up."""
        right, down = ((across, -up), (up, across), (-across, up), (-up, -across))[self.turn]
        if abs(right) >= abs(down):
            return 0 if right >= 0 else 2
        return 1 if down > 0 else 3
