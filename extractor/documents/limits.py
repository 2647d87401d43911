"""The budgets of one case file; the reader keeps them and the parent checks them again.

This module is imported by the confined reader, so it needs the standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass

KIBI = 1 << 10
MEBI = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets of one case file.

    Over a budget of size the file is refused, never cut. Over a budget of time or memory the
    pages that cost it are lost, and named, and the others are kept.
    """

    file_bytes: int = 512 * MEBI
    address_space: int = 4096 * MEBI
    cpu_seconds: int = 20
    """Processor time of one reader process, which reads at most `pages_per_reader` pages."""
    file_seconds: float = 120.0
    page_seconds: float = 2.0
    """Processor time of all readers of a file: so much, and so much more for each page."""
    wall_seconds: float = 120.0
    """How long one message of the reader may take; some times longer while it is at work."""
    pages_per_reader: int = 50
    pages: int = 5_000
    glyphs_per_page: int = 200_000
    content_bytes: int = 32 * MEBI
    """Content of a PDF page once unpacked, a form counted each time it is drawn.

    An honest page has a few hundred kilobytes; pdfium takes 22 bytes of memory for each.
    """
    words: int = 3_000_000
    """Words of a whole file; more would fill the memory of whoever asked for it."""
    pixels: int = 50_000_000
    """Largest picture handed to OCR; a bigger one is made smaller."""
    decoded_pixels: int = 200_000_000
    """Largest picture file, or frame of one, that is decoded at all."""
    picture_pixels: int = 1_500_000_000
    """Largest picture within a PDF page: pdfium takes up to a byte of memory for each pixel.

    A plan of 36 by 48 inches, scanned at 600 dpi in black and white, has 622 million.
    """
    text_characters: int = 20_000_000
    unpacked_bytes: int = 256 * MEBI
    """Largest part of a DOCX once unpacked."""
    fields: int = 20_000
    lost_readers: int = 8
    """Readers that may die over one file before the rest of it is given up."""

    def seconds_for(self, pages: int) -> float:
        """Processor time that all readers of a file may take together."""
        return self.file_seconds + self.page_seconds * pages
