"""Pictures of PDF pages, within a budget of pixels."""

from __future__ import annotations

import ctypes
import math

import pypdfium2.raw as pdfium

from extractor.documents.reader.geometry import PageFrame
from extractor.documents.reader.wire import Failure, ReaderError

_GREY, _BGR = 1, 2  # FPDFBitmap_Gray, FPDFBitmap_BGR
_ANNOTATIONS = 0x01
_REVERSED_BYTES = 0x10
_WHITE = 0xFFFFFFFF
_POINTS_PER_INCH = 72


def size_at(frame: PageFrame, dpi: float, most: int) -> tuple[int, int]:
    """Width and height in pixels, at less than this dpi if the page is too big for it."""
    scale = dpi / _POINTS_PER_INCH
    wanted = frame.width * frame.height * scale * scale
    if wanted > most:
        scale *= math.sqrt(most / wanted) * 0.999
    width, height = round(frame.width * scale), round(frame.height * scale)
    return max(1, min(width, 30_000)), max(1, min(height, 30_000))


def render(
    page: object, frame: PageFrame, dpi: float, most: int, *, colour: bool = False
) -> tuple[int, int, bytes]:
    """Width, height and rows of pixels without padding, grey or RGB."""
    width, height = size_at(frame, dpi, most)
    channels = 3 if colour else 1
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, _BGR if colour else _GREY, None, 0)
    if not bitmap:
        raise ReaderError(Failure.MEMORY)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        flags = _ANNOTATIONS | (_REVERSED_BYTES if colour else 0)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
        stride = int(pdfium.FPDFBitmap_GetStride(bitmap))
        raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return width, height, _packed(raw, stride, width * channels, height)


def _packed(raw: bytes, stride: int, row: int, height: int) -> bytes:
    if stride == row:
        return raw
    return b"".join(raw[y * stride : y * stride + row] for y in range(height))
