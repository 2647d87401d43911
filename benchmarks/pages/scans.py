"""A digital page as each kind of scanner, camera and fax would give it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from benchmarks.pages.layouts import Laid, statement, transcript
from benchmarks.pages.texts import NAMES
from benchmarks.pages.varied import INKED, VARIED

__all__ = [
    "INKS", "KINDS", "LETTERS", "PLACED", "SCANS", "TURNS", "Scan", "drawn", "noisy", "tilted",
]  # fmt: skip

Pixels = NDArray[np.uint8]
Scan = tuple[Laid, Pixels, int]
"""What stands on the page, its grey pixels, and their resolution in dots an inch."""


def drawn(laid: Laid, dpi: int) -> Pixels:
    """The page in grey, without any fault."""
    page = pypdfium2.PdfDocument(laid.pdf)[0]
    return np.asarray(page.render(scale=dpi / 72).to_pil().convert("L"))


def noisy(pixels: Pixels, seed: int, deviation: float, contrast: float = 0.85) -> Pixels:
    """The page on grey paper, under a lamp that flickers."""
    noise = np.random.default_rng(seed).normal(0, deviation, pixels.shape)
    return np.clip(pixels * contrast + 255 * (1 - contrast) * 0.7 + noise, 0, 255).astype(np.uint8)


def tilted(pixels: Pixels, degrees: float) -> Pixels:
    """The page askew, turned against the clock about its middle."""
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255),
        dtype=np.uint8,
    )


def _clean(laid: Laid) -> Scan:
    return laid, cv2.GaussianBlur(drawn(laid, 300), (3, 3), 0.6).astype(np.uint8), 300


def _grey(laid: Laid) -> Scan:
    return laid, noisy(drawn(laid, 200), 1, 7), 200


def _skewed(laid: Laid) -> Scan:
    return laid, noisy(tilted(drawn(laid, 200), 3), 2, 6), 200


def _fax(laid: Laid) -> Scan:
    pixels = noisy(drawn(laid, 150), 3, 22, 1.0)
    return laid, np.where(pixels > 150, 255, 0).astype(np.uint8), 150


def _photo(laid: Laid) -> Scan:
    """Lit from one side, out of square, on a dark table."""
    page = drawn(laid, 220)
    height, width = page.shape
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    shifted = np.float32(
        [[90, 70], [width + 40, 120], [width + 90, height + 60], [40, height + 120]]
    )
    matrix = cv2.getPerspectiveTransform(corners, shifted)
    size = (width + 160, height + 200)
    paper = cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_CUBIC, borderValue=70)
    light = np.linspace(0.62, 1.0, size[0])[None, :] * np.linspace(1.0, 0.85, size[1])[:, None]
    return laid, noisy(np.clip(paper * light, 0, 255).astype(np.uint8), 4, 6, 0.95), 220


def _bleed(laid: Laid) -> Scan:
    """The back of the sheet shines through."""
    back = np.fliplr(drawn(transcript(), 200))
    back = cv2.GaussianBlur(back, (7, 7), 2)
    front = drawn(laid, 200).astype(np.float32)
    mixed = np.minimum(front, 255 - (255 - back.astype(np.float32)) * 0.3)
    return laid, noisy(mixed.astype(np.uint8), 5, 5), 200


def _worn(laid: Laid) -> Scan:
    """A worn ribbon: strokes of uneven strength, with gaps."""
    pixels = drawn(laid, 200).astype(np.float32)
    chance = np.random.default_rng(6)
    coarse = chance.uniform(0.25, 1.0, (pixels.shape[0] // 14 + 1, pixels.shape[1] // 14 + 1))
    ribbon = cv2.resize(coarse, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR)
    holes = chance.random(pixels.shape) < 0.12
    ink = (255 - pixels) * ribbon * np.where(holes, 0.2, 1.0)
    return laid, noisy(np.clip(255 - ink, 0, 255).astype(np.uint8), 7, 9), 200


def _turned(degrees: int) -> Scan:
    laid, pixels, dpi = _grey(statement())
    return laid, np.ascontiguousarray(np.rot90(pixels, degrees // 90)), dpi


_Kind = Callable[[Laid], Scan]
KINDS: dict[str, tuple[_Kind, str, float]] = {
    "clean 300": (_clean, "DejaVuSerif", 10.5),
    "grey 200": (_grey, "DejaVuSerif", 10.5),
    "skew 3 degrees": (_skewed, "DejaVuSerif", 10.5),
    "phone photo": (_photo, "DejaVuSerif", 10.5),
    "fax 150, one bit": (_fax, "DejaVuSerif", 11),
    "bleed-through": (_bleed, "DejaVuSerif", 10.5),
    "worn typewriter": (_worn, "DejaVuSansMono", 9),
}


def _scan(kind: _Kind, face: str, size: float, text: str | None) -> Scan:
    return kind(statement(face, size, text=text) if text else statement(face, size))


SCANS = {name: partial(_scan, *kind, None) for name, kind in KINDS.items()}
LETTERS = {f"{name}, letters": partial(_scan, *kind, NAMES) for name, kind in KINDS.items()}
"""The same faults on names from ten languages."""

TURNS = {f"turned by {degrees} degrees": partial(_turned, degrees) for degrees in (90, 180, 270)}


def _placed(name: str, kind: _Kind, seed: int) -> Scan:
    return kind(VARIED[name](seed))


PLACED = {
    f"{name}, {fault}": partial(_placed, name, kind, seed)
    for seed, (name, fault, kind) in enumerate(
        (
            ("ruled table, incidents", "grey", _grey),
            ("ruled table, wages", "skewed", _skewed),
            ("ruled table, persons", "fax", _fax),
            ("stamp beside", "grey", _grey),
            ("slanted stamp beside", "grey", _grey),
            ("slanted stamp across", "clean", _clean),
            ("picture in the middle", "grey", _grey),
            ("unruled table, wages", "skewed", _skewed),
            ("unruled table, persons", "grey", _grey),
            ("caption", "skewed", _skewed),
            ("two pages on a sheet", "skewed", _skewed),
            ("four pages on a sheet", "grey", _grey),
            ("labels that wrap", "skewed", _skewed),
        ),
        start=1,
    )
}
"""Tables, stamps and pictures, each scanned in one way."""


def _inked(name: str, dpi: int, seed: int) -> Scan:
    """A page scanned in colour, on paper a little yellow."""
    laid = INKED[name](seed)
    page = pypdfium2.PdfDocument(laid.pdf)[0]
    pixels = np.asarray(page.render(scale=dpi / 72).to_pil().convert("RGB"))
    paper = np.array([0.97, 0.95, 0.88])
    blurred = cv2.GaussianBlur(pixels, (3, 3), 0.6) * paper
    return laid, noisy(blurred, seed, 4, 1.0), dpi


INKS = {
    f"{name}, {dpi}": partial(_inked, name, dpi, seed)
    for seed, (name, dpi) in enumerate(zip(INKED, (200, 300) * 3, strict=True), start=1)
}
"""Stamps in ink across print, scanned in colour."""
