"""What an OCR worker found reaches its caller whole; engines that tell a story take their place."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from extractor.documents.checked import Raster, RawPage
from extractor.documents.ocr import page, pool, tesseract, worker
from extractor.documents.ocr.reading import OcrLine, OcrPage, OcrWord
from extractor.documents.scanned import content
from extractor.documents.settings import Engines

Pixels = NDArray[np.uint8]
_BOX = (100.0, 100.0, 180.0, 130.0)
_LINE = OcrLine((OcrWord("Sofia", _BOX, 0.99),), (90.0, 95.0, 200.0, 135.0))


class _Rapid:
    """Reads one word, whatever it is shown."""

    def lines(self, _: Pixels) -> list[OcrLine]:
        return [_LINE]

    def line(self, _: Pixels) -> tuple[str, float]:
        return "Sofia", 0.99

    def signs(self) -> frozenset[str]:
        return frozenset("Sofiaí")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> OcrPage:
    monkeypatch.setattr(page, "RapidEngine", _Rapid)
    monkeypatch.setattr(tesseract, "turn", lambda *_: 0)
    monkeypatch.setattr(tesseract, "words", lambda *_: [OcrWord("Sofía", _BOX, 0.9)])
    pixels = np.full((600, 800), 240, np.uint8)
    pixels[100:130, 100:180:7] = 20
    pixels[300:340, 100:400] = 5  # blacked out
    return page.PageReader(Engines.BOTH).read(pixels, 150)


def test_a_page_passes_the_pipe_whole(read: OcrPage) -> None:
    assert read.redactions == 1
    assert pool._page(json.loads(json.dumps(worker.to_json(read)))) == read


def test_both_readings_reach_the_page(read: OcrPage) -> None:
    raw = RawPage(1, 384.0, 288.0, raster=Raster(800, 600, 1))
    word = content(raw, read).words[0]
    assert (word.text, word.other) == ("Sofía", "Sofia")
    assert word.box == pytest.approx((48, 48, 86.4, 62.4))


def test_a_worker_that_has_read_its_pages_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_PAGES", 1)
    workers = pool.OcrPool(Engines.RAPIDOCR, 1)
    blank = Raster(120, 80, 1, bytes([250]) * 120 * 80)
    try:
        pages = [workers.submit(blank, 150).result() for _ in range(2)]
        assert not workers._all
    finally:
        workers.close()
    assert [p.words for p in pages] == [(), ()]


@pytest.mark.parametrize("flags", ["fpu avx512_bf16", "fpu"])
def test_engines_report_nothing_to_their_makers(flags: str, tmp_path: Path) -> None:
    """OpenVINO reports its import, if its telemetry can be imported."""
    (tmp_path / "cpuinfo").write_text(flags)
    code = (
        "import sys, numpy as np; from pathlib import Path;"
        "from extractor.documents.ocr import rapid;"
        f"rapid.Path = lambda _: Path({str(tmp_path / 'cpuinfo')!r});"
        "assert not rapid.RapidEngine().lines(np.full((80, 120), 250, np.uint8));"
        f"assert ('openvino' in sys.modules) is {'bf16' in flags};"
        "assert sys.modules['openvino_telemetry'] is None"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
