"""The budgets of one case file; the reader keeps them and the parent checks them again.

This module is imported by the confined reader, so it needs the standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass

MEBI = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets of one case file; over one of them the file is refused, never cut."""

    file_bytes: int = 512 * MEBI
    address_space: int = 4096 * MEBI
    cpu_seconds: int = 20
    """Processor time of one reader process, which reads at most `pages_per_reader` pages."""
    wall_seconds: float = 120.0
    """How long one message of the reader may take."""
    pages_per_reader: int = 50
    pages: int = 5_000
    glyphs_per_page: int = 200_000
    pixels: int = 50_000_000
    """Largest picture handed to OCR; a bigger one is made smaller."""
    decoded_pixels: int = 200_000_000
    """Largest picture that is decoded at all."""
    text_characters: int = 20_000_000
    unpacked_bytes: int = 256 * MEBI
    """Largest part of a DOCX once unpacked."""
    fields: int = 20_000
    lost_readers: int = 3
    """Readers that may die over one file before it is given up."""
