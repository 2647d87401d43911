"""A page that OCR has read, with the flags that tell how far to trust it."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.documents import order
from extractor.documents.assembly import PageContent, PlacedWord
from extractor.documents.checked import RawPage
from extractor.documents.languages import language_of
from extractor.documents.ocr import hand
from extractor.documents.ocr.reading import OcrPage
from extractor.record import Box, PageFlag, TextSource

_LOW_CONFIDENCE = 0.75
_UNREADABLE_CONFIDENCE = 0.35
_UNREADABLE_AGREEMENT = 0.10
_HAND_AGREEMENT, _HAND_WITNESS = 0.65, 0.70
"""Below both a page is taken for a hand: the scans and copies measured lie above 0.8 and 0.9, a
fax of heavy specks at 0.73 and 0.56, most faces drawn after handwriting below. Print blurred until
the witness fails falls below too."""
_STAINED = 0.002
"""Ink above which a page without a word is unreadable rather than blank."""


def content(page: RawPage, ocr: OcrPage) -> PageContent:
    """The page with its words in points and its flags."""
    words = _words(page, ocr)
    language = language_of(" ".join(word.text for word in words))
    confidence = ocr.confidence()
    return PageContent(
        width=page.width,
        height=page.height,
        words=words,
        text_source=TextSource.OCR if words else TextSource.NONE,
        language=language,
        ocr_confidence=None if confidence is None else round(confidence, 4),
        flags=flags(ocr, language),
        turn=ocr.turn,
        slope=ocr.slope,
        rules=_in_points(page, ocr.rules),
        pictures=_in_points(page, ocr.pictures),
    )


def _in_points(page: RawPage, boxes: Sequence[Box]) -> list[Box]:
    across, down = _scale(page)
    return [(x0 * across, y0 * down, x1 * across, y1 * down) for x0, y0, x1, y1 in boxes]


def _words(page: RawPage, ocr: OcrPage) -> list[PlacedWord]:
    """The words in points, inside the page."""
    across, down = _scale(page)
    words = []
    for word in ocr.words:
        x0, top, x1, bottom = word.box
        box = (x0 * across, top * down, x1 * across, bottom * down)
        inside = order.clipped(box, page.width, page.height)
        words.append(PlacedWord(word.text, inside, word.confidence, word.other, word.slant))
    return words


def _scale(page: RawPage) -> tuple[float, float]:
    """Points a pixel, across and down."""
    raster = page.raster
    return (page.width / raster.width, page.height / raster.height) if raster else (1.0, 1.0)


def flags(ocr: OcrPage, language: str | None) -> list[PageFlag]:
    """What a reviewer must know about a page before believing it."""
    if not ocr.words:
        return [PageFlag.UNREADABLE if ocr.ink > _STAINED else PageFlag.BLANK]
    found: list[PageFlag] = []
    confidence = ocr.confidence() or 0.0
    agreement = 1.0 if ocr.agreement is None else ocr.agreement
    witness = 1.0 if ocr.witness is None else ocr.witness
    if confidence < _LOW_CONFIDENCE:
        found.append(PageFlag.LOW_OCR_CONFIDENCE)
    by_hand = agreement < _HAND_AGREEMENT and witness < _HAND_WITNESS
    if by_hand or hand.enough(ocr.written, len(ocr.words)):
        found.append(PageFlag.HANDWRITING)
    if confidence < _UNREADABLE_CONFIDENCE or agreement < _UNREADABLE_AGREEMENT:
        found.append(PageFlag.UNREADABLE)
    if language not in (None, "en"):
        found.append(PageFlag.NON_ENGLISH)
    return found
