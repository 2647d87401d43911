"""The back of a sheet is wiped off only where a mirror proves it; a pencil stays."""

from __future__ import annotations

import casefiles
import numpy as np
import pytest
from numpy.typing import NDArray

from extractor.documents.ocr.page import PageReader
from extractor.documents.ocr.reading import OcrLine, OcrWord
from extractor.documents.ocr.showthrough import left_over, shines_through, wiped
from extractor.documents.settings import Engines

Pixels = NDArray[np.uint8]


def _line(top: float) -> OcrLine:
    box = (100.0, top, 500.0, top + 40)
    return OcrLine((OcrWord("reviwd sih", box, 0.7),), box)


def _page() -> Pixels:
    """Left half dark, right half light: a picture that tells which way it is held."""
    page = np.full((600, 600), 255, np.uint8)
    page[:, :300] = 0
    return page


@pytest.mark.parametrize(("mirrored", "proven"), [(0.98, True), (0.75, False), (0.6, False)])
def test_only_the_mirror_proves_it(mirrored: float, proven: bool) -> None:
    def read(part: Pixels) -> tuple[str, float]:
        return ("his driver", mirrored) if part[0, 0] else ("reviwd sih", 0.7)

    assert shines_through(_page(), [_line(100)], [], read) is proven


def test_words_that_the_witness_saw_are_not_looked_at() -> None:
    def read(_: Pixels) -> tuple[str, float]:
        raise AssertionError

    witness = [OcrWord("driver", (100, 105, 500, 135), 0.9)]
    assert not shines_through(_page(), [_line(100)], witness, read)


def test_faint_ink_goes_and_strong_ink_stays() -> None:
    page = np.full((320, 320), 230, np.uint8)
    page[50:60, 50:250] = 20
    page[150:160, 50:250] = 170
    clean = wiped(page)
    assert (clean[50:60, 50:250] == 20).all()
    assert (clean[150:160, 50:250] == 230).all()


def test_a_pencil_line_that_reads_well_stays() -> None:
    pencil = OcrLine((OcrWord("paid", (100, 300, 200, 340), 0.97),), (100, 300, 200, 340))
    assert left_over([_line(100), pencil], [_line(500)]) == [pencil]
    assert left_over([_line(100), pencil], [pencil]) == []


def test_the_other_side_of_a_sheet_is_not_read() -> None:
    front = np.asarray(casefiles.picture(casefiles.STATEMENT), dtype=np.float32)
    back = np.fliplr(np.asarray(casefiles.picture(casefiles.FIRST_COLUMN), dtype=np.float32))
    back = np.roll(back, 30, axis=0)
    mixed = np.minimum(front, 250 - (250 - back) * 0.35).astype(np.uint8)
    page = PageReader(Engines.BOTH).read(mixed[:900], 200)
    read = " ".join(word.text for word in page.words)
    assert "Marisol Quiroga Benalcazar" in read
    assert len(page.words) == len(" ".join(casefiles.STATEMENT).split())
