"""Printed pages made to look scanned: a little askew, grey, noisy, and a JPEG."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

__all__ = ["scanned"]

_DPI = 150
_PAPER, _INK = 236, 38
_NOISE = 5.0
_SKEWS = (0.7, -0.5, 0.9, -0.8, 0.4)


def scanned(pdf: bytes) -> Iterator[bytes]:
    """A JPEG of each page, the same on every call."""
    noise = np.random.default_rng(914)
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        print_out = page.render(scale=_DPI / 72).to_pil().convert("L")
        yield _jpeg(_grainy(_askew(print_out, _SKEWS[number % len(_SKEWS)]), noise))


def _askew(picture: Image.Image, degrees: float) -> Image.Image:
    turned = picture.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    return turned.filter(ImageFilter.GaussianBlur(0.5))


def _grainy(picture: Image.Image, noise: np.random.Generator) -> Image.Image:
    grey = np.asarray(picture, dtype=np.float64) / 255 * (_PAPER - _INK) + _INK
    # One edge lies less flat on the glass.
    grey -= np.linspace(0, 14, grey.shape[1])[None, :]
    grey += noise.normal(0, _NOISE, grey.shape)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=52, dpi=(_DPI, _DPI))
    return out.getvalue()
