"""A second set of scans: other texts, faces and faults than those the reader was built on.

The texts are the first lines of statements of the corpus, the faces those that every PDF
reader brings, and no fault is one of `benchmarks.pages.scans`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.pages.layouts import Laid, statement
from benchmarks.pages.scans import Pixels, Scan, drawn
from extractor.record import EntityType, MentionKind
from models.corpora.annotated import AnnotatedText
from models.corpora.marked import read_marked

__all__ = ["OTHERS"]

_CORPUS = Path(__file__).parents[2] / "annotations" / "corpus"
_LINES = 38
_CHARACTERS = 2400
_Floats = NDArray[np.float32]
_FIELDS = frozenset(EntityType) - {EntityType.ORGANIZATION, EntityType.VISA_CLASS}


def _statement(annotated: AnnotatedText, face: str, size: float) -> Laid:
    """As many whole paragraphs as fit, in letters that every face has."""
    text = annotated.text.encode("cp1252", "ignore").decode("cp1252")
    end = text.rfind("\n", 0, _CHARACTERS)
    laid = statement(face, size, text=text[: end if end > 0 else _CHARACTERS])
    shown = "\n".join(laid.text.splitlines()[:_LINES])
    names = {
        " ".join(annotated.surface(m).split())
        for m in annotated.mentions
        if m.kind is MentionKind.NAM and annotated.entities[m.entity].type in _FIELDS
    }
    return replace(laid, text=laid.text, fields=tuple(n for n in sorted(names) if n in shown))


def _grey(page: _Floats, seed: int, deviation: float) -> Pixels:
    noise = np.random.default_rng(seed).normal(0, deviation, page.shape)
    return np.clip(page + noise, 0, 255).astype(np.uint8)


def _floats(laid: Laid, dpi: int) -> _Floats:
    return drawn(laid, dpi).astype(np.float32)


def _copied(laid: Laid) -> Scan:
    """A copy of a copy: twice blurred and made black and white, with specks."""
    page = _floats(laid, 200)
    for seed in (11, 12):
        page = cv2.GaussianBlur(page, (0, 0), 0.9) + np.random.default_rng(seed).normal(
            0, 12, page.shape
        )
        page = np.where(page > 165, 255.0, 0.0)
    specks = np.random.default_rng(13).random(page.shape) < 0.0008
    return laid, np.where(specks, 0, page).astype(np.uint8), 200


def _packed(laid: Laid) -> Scan:
    """150 dots an inch, packed as a small JPEG."""
    page = cv2.resize(drawn(laid, 300), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    _, data = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 22])
    return laid, np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), dtype=np.uint8), 150


def _screen(laid: Laid) -> Scan:
    """A photograph of a screen: its grid, a reflection, and a hand that was not still."""
    page = cv2.filter2D(_floats(laid, 220), -1, np.full((1, 4), 0.25, np.float32))
    rows, columns = np.mgrid[0 : page.shape[0], 0 : page.shape[1]]
    grid = 12 * np.sin(0.9 * columns + 0.05 * rows) + 9 * np.sin(1.1 * rows)
    glare = 60 * np.exp(-(((rows - 500) / 380) ** 2 + ((columns - 1300) / 300) ** 2))
    return laid, _grey(page * 0.72 + 40 + grid + glare, 14, 4), 220


def _folded(laid: Laid) -> Scan:
    """Folded in three, then pressed into a book: waves and shadows."""
    page = _floats(laid, 220)
    rows, columns = np.mgrid[0 : page.shape[0], 0 : page.shape[1]].astype(np.float32)
    bent = rows + 5 * np.sin(columns / 260) + 3 * np.sin(rows / 350)
    page = cv2.remap(page, columns, bent, cv2.INTER_CUBIC, borderValue=255)
    for fold in (page.shape[0] // 3, 2 * page.shape[0] // 3):
        page -= 70 * np.exp(-(((rows - fold) / 9) ** 2))
    return laid, _grey(page * 0.9, 15, 6), 220


def _faint(laid: Laid) -> Scan:
    """Toner that runs out: pale, with white streaks down the page."""
    ink = (255 - _floats(laid, 200)) * 0.38
    chance = np.random.default_rng(16)
    ink *= np.where(chance.random(ink.shape[1]) < 0.05, 0.35, 1.0)[None, :]
    return laid, _grey(244 - ink, 17, 7), 200


def _thick(laid: Laid) -> Scan:
    """Too much ink: strokes run together."""
    page = cv2.erode(drawn(laid, 200), np.ones((2, 2), np.uint8))
    return laid, _grey(cv2.GaussianBlur(page, (0, 0), 0.8) * 0.95, 18, 5), 200


def _bordered(laid: Laid) -> Scan:
    """Askew under the lid: black borders, punched holes, a staple."""
    page = drawn(laid, 240)
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -2.2, 0.97)
    page = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=12)
    for y in (0.2, 0.5, 0.8):
        cv2.circle(page, (70, int(y * height)), 26, 15, -1)
    cv2.line(page, (150, 90), (230, 60), 60, 5)
    return laid, _grey(page.astype(np.float32) * 0.92, 19, 6), 240


def _dotted(laid: Laid) -> Scan:
    """A dot-matrix printer."""
    page = _floats(laid, 216)
    rows, columns = np.mgrid[0 : page.shape[0], 0 : page.shape[1]]
    gaps = ((rows % 3 == 0) | (columns % 3 == 0)).astype(np.float32)
    ink = cv2.GaussianBlur((255 - page) * (1 - 0.6 * gaps), (0, 0), 0.7)
    return laid, _grey(250 - ink, 20, 5), 216


_KINDS: dict[str, tuple[Callable[[Laid], Scan], str, str, float]] = {
    "copy of a copy": (_copied, "a01", "Times-Roman", 11.5),
    "small JPEG, 150": (_packed, "a02", "Helvetica", 10.5),
    "photo of a screen": (_screen, "a03", "Helvetica", 11),
    "folded and bent": (_folded, "a04", "Times-Roman", 12),
    "faint toner": (_faint, "a11", "Times-Roman", 11.5),
    "thick ink": (_thick, "a12", "Helvetica", 10.5),
    "askew, black border": (_bordered, "a13", "Times-Roman", 11),
    "dot matrix": (_dotted, "a14", "Courier", 10),
}


def _scan(kind: Callable[[Laid], Scan], author: str, face: str, size: float) -> Scan:
    first = min((_CORPUS / author).glob("*.txt"))
    return kind(_statement(read_marked(first), face, size))


OTHERS = {name: partial(_scan, *kind) for name, kind in _KINDS.items()}
