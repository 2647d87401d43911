"""Reading of pages beside the usual tools: order, characters, key fields, doubt, time.

    python -m benchmarks.documents
        [--only order|ticks|scans|others|letters|turns|hands|placed|inks]...
        [--peers] [--engines both|rapidocr|tesseract] [--pictures DIR]

`order`: digital pages of nine layouts, and of nineteen more that vary with a seed, character
errors after folding white space, beside pdfplumber; `placed`: some of the nineteen as scans.
`ticks`: forms asked by box, how many boxes are read as what they are. `scans`: seven kinds of
scans with accents and key fields, `others`: eight more that the reader was not built on,
`letters`: the seven with names of ten languages, `turns`: pages on their side, `hands`: faces
drawn after handwriting, `inks`: stamps in coloured ink across print, scanned in colour.
--pictures reads every DIR/NAME.png whose truth is DIR/NAME.txt.
--peers: the same beside pytesseract and rapidocr as they come, and OCRmyPDF where it is
installed. Processor time is of the process and its children, models loaded before.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import numpy as np
import pdfplumber
import pytesseract
from numpy.typing import NDArray
from PIL import Image

from benchmarks.pages.hands import hands
from benchmarks.pages.layouts import LAYOUTS, Laid, fonts
from benchmarks.pages.others import OTHERS
from benchmarks.pages.reckoning import Doubt, accents, answers, boxes, error, fields
from benchmarks.pages.scans import INKS, LETTERS, PLACED, SCANS, TURNS, Scan
from benchmarks.pages.ticks import TICKS
from benchmarks.pages.varied import VARIED
from benchmarks.processor import processor_seconds
from extractor.documents.reading import read_case_file
from extractor.documents.settings import Engines, ReadingSettings
from extractor.documents.words import CaseText

_Pages = Mapping[str, Callable[[], Scan]]
_SEEDS = 20
_HEAD = (
    f"{'page':26} {'reader':11} {'CER %':>6} {'accents':>8} {'fields':>7} "
    f"{'wrong flagged':>13} {'right flagged':>13} {'wrong unflagged':>15} {'CPU s':>6}  flags"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["order", "ticks", *_GROUPS], action="append")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--engines", type=Engines, default=Engines.BOTH)
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    fonts()
    wanted = options.only or ([] if options.pictures else ["order", "ticks", *_GROUPS])
    settings = replace(ReadingSettings.from_environment(), engines=options.engines, ocr_workers=1)
    if "order" in wanted:
        _order(settings)
    if "ticks" in wanted:
        _ticks(settings)
    for group in wanted:
        if group in _GROUPS:
            _scans(_GROUPS[group](), settings, _PEERS if options.peers else {})
    if options.pictures:
        _scans(_pictures(options.pictures), settings, _PEERS if options.peers else {})


def _order(settings: ReadingSettings) -> None:
    print(f"{'layout':30} {'declarant':>10} {'pdfplumber':>10}   (character errors, percent)")
    for name, layout in LAYOUTS.items():
        print(f"{name:30} {'{:10.2f} {:10.2f}'.format(*_errors(layout(), settings))}")
    print(f"{f'worst and mean of {_SEEDS} drawings':30} {'':21}")
    for name, drawn in VARIED.items():
        pairs = [_errors(drawn(seed), settings) for seed in range(_SEEDS)]
        ours, theirs = zip(*pairs, strict=True)
        print(
            f"{name:30} {max(ours):10.2f} {max(theirs):10.2f}"
            f"   {fmean(ours):10.2f} {fmean(theirs):10.2f}"
        )


def _errors(laid: Laid, settings: ReadingSettings) -> tuple[float, float]:
    ours = _read(laid.pdf, settings).text
    with pdfplumber.open(io.BytesIO(laid.pdf)) as pdf:
        theirs = pdf.pages[0].extract_text(x_tolerance_ratio=0.15)
    return error(ours, laid.text), error(theirs, laid.text)


def _ticks(settings: ReadingSettings) -> None:
    print(f"{'page':32} {'boxes: what each is and was called':60} answers right, of, wrong")
    total: Counter[str] = Counter()
    for name, drawn in TICKS.items():
        page = drawn()
        case = _read(page.pdf or _filed(page.pixels, page.dpi), settings)
        counts = boxes(case, page)
        total += counts
        print(f"{name:32} {_counted(counts):60} {answers(case, page)}", flush=True)
    print(f"{'all':32} {_counted(total)}")


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{what} {count}" for what, count in sorted(counts.items()) if count)


def _scans(pages: _Pages, settings: ReadingSettings, peers: Mapping[str, _Peer]) -> None:
    print(_HEAD)
    _read(_filed(np.full((900, 700), 255, np.uint8), 100), settings)
    total = Doubt()
    for name, scan in pages.items():
        laid, pixels, dpi = scan()
        began = processor_seconds()
        case = _read(_filed(pixels, dpi), settings)
        doubt, spent = Doubt.of(case, laid.text), processor_seconds() - began
        total += doubt
        flags = " ".join(flag for page in case.pages for flag in page.page.flags)
        line = _line(case.text, laid)
        print(f"{name:26} {'declarant':11} {line} {doubt} {spent:6.1f}  {flags}", flush=True)
        for peer, read in peers.items():
            began = processor_seconds()
            line = _line(read(pixels), laid)
            print(
                f"{'':26} {peer:11} {line} {'':43} {processor_seconds() - began:6.1f}", flush=True
            )
    print(f"{'all':26} {'declarant':11} {'':23} {total}")


def _line(read: str, laid: Laid) -> str:
    marks, found = accents(read, laid.text), fields(read, laid)
    return f"{error(read, laid.text):6.2f} {marks[0]:4d}/{marks[1]:3d} {found[0]:3d}/{found[1]:3d}"


def _pictures(folder: Path) -> _Pages:
    """Real pages: each picture with its truth beside it."""

    def pages() -> Iterator[tuple[str, Callable[[], Scan]]]:
        for path in sorted(folder.glob("*.png")):
            pixels = np.asarray(Image.open(path).convert("L"))
            scan = Laid(b"", path.with_suffix(".txt").read_text("utf-8")), pixels, 200
            yield path.stem, lambda scan=scan: scan

    return dict(pages())


def _read(data: bytes, settings: ReadingSettings) -> CaseText:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        path.write_bytes(data)
        return read_case_file(path, settings)


def _filed(pixels: NDArray[np.uint8], dpi: int) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PDF", resolution=dpi, quality=92)
    return buffer.getvalue()


def _tesseract(pixels: NDArray[np.uint8]) -> str:
    return str(pytesseract.image_to_string(Image.fromarray(pixels)))


def _rapidocr(pixels: NDArray[np.uint8]) -> str:
    from rapidocr import RapidOCR  # noqa: PLC0415 - loads its models

    reader = RapidOCR(params={"Global.log_level": "critical"})
    result = reader(np.repeat(pixels[:, :, None], 3, axis=2))
    return "\n".join(result.txts or ())


def _ocrmypdf(pixels: NDArray[np.uint8]) -> str:
    """What OCRmyPDF reads, told to turn and level pages as its manual advises."""
    with tempfile.TemporaryDirectory() as folder:
        page, text = Path(folder) / "page.pdf", Path(folder) / "text.txt"
        page.write_bytes(_filed(pixels, 200))
        command = ["ocrmypdf", "--jobs", "1", "--deskew", "--rotate-pages", "--output-type", "pdf"]
        subprocess.run(
            [*command, "--sidecar", str(text), str(page), str(page.with_suffix(".out"))],
            check=True, capture_output=True,
        )  # fmt: skip
        return text.read_text("utf-8")


_Peer = Callable[[NDArray[np.uint8]], str]
_PEERS: dict[str, _Peer] = {"pytesseract": _tesseract, "rapidocr": _rapidocr}
if shutil.which("ocrmypdf"):
    _PEERS["ocrmypdf"] = _ocrmypdf
_GROUPS: dict[str, Callable[[], _Pages]] = {
    "scans": lambda: SCANS,
    "others": lambda: OTHERS,
    "letters": lambda: LETTERS,
    "turns": lambda: TURNS,
    "hands": hands,
    "placed": lambda: PLACED,
    "inks": lambda: INKS,
}

if __name__ == "__main__":
    main()
