"""Processor time of digital pages with their boxes, beside pdfplumber's words.

    python -m benchmarks.digital [--pages 60] [--rounds 5]

Dense pages (about 500 words each) in one file. A round reads the file with each, turn by turn,
and a file of one page too, which is taken off so that starting up does not count. Declarant's
time is that of everything up to words in reading order and sections, the confined reader with
it; pdfplumber's is `extract_words` of each page. 8 ms a page on a quiet core is the aim, and at
most 0.12 of pdfplumber's time.
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pdfplumber
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measured import spread
from benchmarks.pages.layouts import fonts
from benchmarks.pages.texts import STATEMENT
from benchmarks.processor import processor_seconds
from extractor.documents.reading import read_case_file
from extractor.documents.settings import ReadingSettings

_LINE_WORDS, _LINES = 12, 44


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    fonts()
    with tempfile.TemporaryDirectory() as folder:
        many, one = Path(folder) / "many.pdf", Path(folder) / "one.pdf"
        many.write_bytes(dense(options.pages))
        one.write_bytes(dense(1))
        _declarant(one), _pdfplumber(one)  # Warm, both.
        own, other = [], []
        for _ in range(options.rounds):
            own.append(_milliseconds(_declarant, many, one, options.pages))
            other.append(_milliseconds(_pdfplumber, many, one, options.pages))
    ratios = [a / b for a, b in zip(own, other, strict=True)]
    figures = {
        "declarant_ms_a_page": spread(own),
        "pdfplumber_ms_a_page": spread(other),
        "ratio": spread(ratios, 3),
    }
    print(json.dumps(figures, indent=2))


def dense(pages: int) -> bytes:
    """A PDF of full pages of prose."""
    words = STATEMENT.split()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=letter)
    at = 0
    for _ in range(pages):
        canvas.setFont("DejaVuSerif", 9)
        for line in range(_LINES):
            some = [words[(at + n) % len(words)] for n in range(_LINE_WORDS)]
            at += _LINE_WORDS
            canvas.drawString(60, letter[1] - 60 - line * 15, " ".join(some))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _milliseconds(read: Callable[[Path], None], many: Path, one: Path, pages: int) -> float:
    """Processor time of a page, without what starting up costs."""
    times = []
    for path in (one, many):
        began = processor_seconds()
        read(path)
        times.append(processor_seconds() - began)
    return 1000 * (times[1] - times[0]) / (pages - 1)


def _declarant(path: Path) -> None:
    read_case_file(path, ReadingSettings.from_environment())


def _pdfplumber(path: Path) -> None:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_words(x_tolerance_ratio=0.15)
            page.close()


if __name__ == "__main__":
    main()
