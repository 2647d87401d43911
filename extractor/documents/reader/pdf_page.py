"""One PDF page in the reader: its words, its form fields, and whether OCR must read it.

A page whose words are read and whose form values are gone, but that asks by box, is sent with
its picture too: what is ticked is seen there. A page that OCR reads has a picture and no words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

from extractor.documents.boxes import SIGNS, has_signs
from extractor.documents.reader import (
    ink,
    pdf_drawn,
    pdf_fields,
    pdf_pixels,
    pdf_visible,
    pdf_words,
    wire,
)
from extractor.documents.reader.geometry import PageFrame
from extractor.documents.reader.pdf_file import PdfFile
from extractor.documents.reader.wire import Failure, ReaderError

_OCR_DPI = 300
_FORM_DPI = 200
"""Boxes drawn by a printer's own hand are seen as well at 200 as at 300, in half the time."""
_FEWEST_BOXES = 2
_UNMAPPED_SHARE = 0.01
_BROKEN_WORDS = 2
"""One may be a bullet that stands too close: the page is read, and said to be read in part."""
_MOST_ANNOTATIONS = 3_000
"""Above it a page is read without them: pdfium's time grows with their square."""
_LITTLE_TEXT = 40
"""Visible words below which a page covered by an image counts as a scan."""


def send(document: PdfFile, page: object, number: int, task: dict[str, Any]) -> None:
    """Send a page's words, then its pixels if OCR has to read it."""
    frame = PageFrame.of(page)
    fields: list[pdf_fields.FormField] = []
    flat = page
    if pdfium.FPDFPage_GetAnnotCount(page) <= _MOST_ANNOTATIONS:
        fields = pdf_fields.read(document, page, frame)
        flat = pdf_fields.flattened(document, page, number - 1)
    else:
        wire.send_json(b"W", {"number": number})
    try:
        words = pdf_words.read(flat, frame, task["glyphs_per_page"])
        pdf_fields.add_missing(fields, words)
        if not words.texts and _is_lost(document, flat, number):
            raise ReaderError(Failure.DAMAGED)
        needs_ocr = _needs_ocr(flat, words)
        if words.broken_words and not needs_ocr:
            wire.send_json(b"W", {"number": number})
        message = {
            "number": number,
            "width": frame.width,
            "height": frame.height,
            "texts": [] if needs_ocr else words.texts,
            "boxes": [] if needs_ocr else words.flat_boxes(),
            "turn": 0 if needs_ocr else words.turn(),
            "slanted": [] if needs_ocr else words.slanted(),
            "fields": [[field.name, field.value] for field in fields],
            "raster": None,
        }
        if needs_ocr:
            _send_raster(document, flat, frame, message, task)
        else:
            _send_words(flat, frame, message, task)
    finally:
        if flat is not page:
            pdfium.FPDF_ClosePage(flat)


def _send_words(
    page: object, frame: PageFrame, message: dict[str, Any], task: dict[str, Any]
) -> None:
    """Send a page of words, with its picture if it asks by box and has no values of its own."""
    drawn = pdf_drawn.read(page, frame)
    message = {**message, **drawn.message()}
    picture = None
    if _asks_by_box(drawn, message["texts"]) and not message["fields"]:
        picture = _form_picture(page, frame, task)
    if picture is None:
        wire.send_json(b"P", message)
        return
    width, height, pixels = picture
    wire.send_json(b"P", {**message, "raster": [width, height, 1]})
    wire.send(b"X", pixels)


def _asks_by_box(drawn: pdf_drawn.Drawn, texts: Sequence[str]) -> bool:
    signs = sum(text[0] in SIGNS for text in texts) if has_signs(texts) else 0
    return len(drawn.squares) + signs >= _FEWEST_BOXES


def _form_picture(
    page: object, frame: PageFrame, task: dict[str, Any]
) -> tuple[int, int, bytes] | None:
    """The picture of a page, unless it would cost more than its boxes are worth."""
    scale = _FORM_DPI / 72
    if frame.width * frame.height * scale * scale > task["pixels"]:
        return None
    if pdf_visible.largest_picture(page) > task["pixels"]:
        return None
    try:
        return pdf_pixels.render(page, frame, _FORM_DPI, task["pixels"])
    except ReaderError:
        return None  # its words are worth having without


def _is_lost(document: PdfFile, page: object, number: int) -> bool:
    return not pdf_visible.has_picture(page) and document.contents.are_lost(number - 1)


def _needs_ocr(page: object, words: pdf_words.PageText) -> bool:
    """No text, text without meaning, or a picture over or under it: OCR reads the page."""
    if not words.texts or words.unmapped > _UNMAPPED_SHARE * max(words.glyphs, 1):
        return True
    if words.pierced_words or words.broken_words >= _BROKEN_WORDS:
        return True
    view = pdf_visible.look(page)
    if not view.image_covers:
        return view.all_hidden
    return view.visible_words < _LITTLE_TEXT


def _send_raster(
    document: PdfFile, page: object, frame: PageFrame, message: dict[str, Any], task: dict[str, Any]
) -> None:
    _refuse_huge_pictures(page, task)
    width, height, pixels = pdf_pixels.render(page, frame, _OCR_DPI, task["pixels"])
    if pixels == pixels[:1] * len(pixels) and (undrawn := pdf_visible.undrawn_pixels(page)):
        too_big = undrawn > task["decoded_pixels"]
        raise ReaderError(Failure.OVERSIZED if too_big else Failure.DAMAGED)
    channels = 1
    if len(pixels) <= ink.MOST_PIXELS and _has_ink(page, frame):
        width, height, pixels = pdf_pixels.render(
            page, frame, _OCR_DPI, task["pixels"], colour=True
        )
        channels = 3
    wire.send_json(b"P", {**message, "raster": [width, height, channels]})
    wire.send(b"X", pixels)


def _has_ink(page: object, frame: PageFrame) -> bool:
    _, _, colours = pdf_pixels.render(page, frame, ink.SMALL_DPI, ink.SMALL_PIXELS, colour=True)
    return ink.has_ink(colours)


def _refuse_huge_pictures(page: object, task: dict[str, Any]) -> None:
    if pdf_visible.largest_picture(page) > task["picture_pixels"]:
        raise ReaderError(Failure.OVERSIZED)


def send_picture(
    document: PdfFile, page: object, number: int, task: dict[str, Any], *, colour: bool
) -> None:
    """Send a page as a picture, with what is drawn in its form fields."""
    frame = PageFrame.of(page)
    flat = pdf_fields.flattened(document, page, number - 1)
    _refuse_huge_pictures(flat, task)
    width, height, pixels = pdf_pixels.render(
        flat, frame, task["dpi"], task["pixels"], colour=colour
    )
    if not pixels:
        raise ReaderError(Failure.DAMAGED)
    channels = 3 if colour else 1
    message = {
        "number": number,
        "width": frame.width,
        "height": frame.height,
        "texts": [],
        "boxes": [],
        "fields": [],
        "raster": [width, height, channels],
    }
    wire.send_json(b"P", message)
    wire.send(b"X", pixels)
