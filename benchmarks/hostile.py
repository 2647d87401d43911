"""Hostile and half-broken files: a record or a typed error, and at what cost.

    python -m benchmarks.hostile make FOLDER [--only WORD]
    python -m benchmarks.hostile read FOLDER... [--peers] [--without-ocr] [--only WORD]
        [--most PAGES] [--sample FILES] [--seed NUMBER]

`make` writes the files that `benchmarks/pages/hostile_*.py` describe. `read` walks folders:
every file is read in a child process of its own, watched for time and memory (PSS of the
whole family; `processor` is its processor seconds, which a busy machine does not stretch),
and ends as `record`, as a typed error's code, as CRASH or as HANG. With
--peers each PDF is read page by page by pypdfium2 and pdfplumber too (6 GB, 15 seconds of
processor time), and pages are counted on which a peer found words and declarant neither
found words nor handed pixels to OCR. --without-ocr hands OCR no page, --most reads no more
pages of a file than that, for files that are only long. One JSON line a file, a table last.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2

from benchmarks.pages import broken_pdfs, hostile_others, hostile_pdfs
from benchmarks.watched import in_child
from extractor.documents import client, reading
from extractor.documents.checked import RawPage
from extractor.documents.ocr.reading import OcrPage
from extractor.documents.settings import ReadingSettings

_PEER_BYTES, _PEER_SECONDS = 6 << 30, 15
_SUFFIXES = (".pdf", ".png", ".jpg", ".tif", ".docx", ".txt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("mode", choices=["make", "read"])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--only", default="")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--without-ocr", action="store_true")
    parser.add_argument("--most", type=int, default=0)
    parser.add_argument("--sample", type=int, default=0, help="files drawn from each folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patience", type=float, default=400.0, help="seconds until HANG")
    options = parser.parse_args()
    if options.mode == "make":
        _make(options.folders[0], options.only)
    else:
        _table([_row(path, options) for path in _files(options)])


def files() -> dict[str, Callable[[], bytes]]:
    """All generated files by name."""
    pdfs = {**hostile_pdfs.bombs(), **hostile_pdfs.structures()}
    broken = broken_pdfs.half_broken()
    return {
        **{f"{name}.pdf": make for name, make in pdfs.items()},
        **{f"broken-{name}.pdf": make for name, make in broken.items()},
        "locked.pdf": lambda: broken_pdfs.locked("secret"),
        "locked-for-owner.pdf": lambda: broken_pdfs.locked(""),
        **hostile_others.pictures(),
        **hostile_others.flowing(),
    }


def _make(folder: Path, only: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in files().items():
        if only in name:
            (folder / name).write_bytes(make())


def _files(options: argparse.Namespace) -> list[Path]:
    chosen: list[Path] = []
    for folder in options.folders:
        found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES)
        found = [path for path in found if options.only in str(path)]
        if 0 < options.sample < len(found):
            found = sorted(random.Random(options.seed).sample(found, options.sample))
        chosen += found
    return chosen


def _row(path: Path, options: argparse.Namespace) -> dict[str, Any]:
    row = {"file": path.name, "bytes": path.stat().st_size, **_of(_ours, path, options)}
    if options.peers and path.suffix.lower() == ".pdf":
        for name, work in (("pdfium", _pdfium), ("pdfplumber", _pdfplumber)):
            peer = _of(work, path, options)
            seen = set(peer.pop("seen", []))
            row[name] = {**peer, "pages": len(seen)}
            row[name]["ours_lack"] = sorted(seen - set(row.get("seen", [])))[:20]
    row["seen"] = len(row.get("seen", []))
    print(json.dumps(row), flush=True)
    return row


def _of(
    work: Callable[..., dict[str, Any]], path: Path, options: argparse.Namespace
) -> dict[str, Any]:
    return in_child(partial(work, options=options), path, options.patience)


def _ours(path: Path, options: argparse.Namespace) -> dict[str, Any]:
    settings = ReadingSettings.from_environment()
    scanned: set[int] = set()
    _watched(options.most, scanned, silent=options.without_ocr)
    case = reading.read_case_file(path, replace(settings, ocr_workers=1))
    worded = {page.page.number for page in case.pages if page.words}
    return {
        "outcome": "record",
        "seen": sorted(worded | scanned),
        "pages": len(case.pages),
        "characters": len(case.text),
        "marks": sum(broken_pdfs.mark(n) in case.text for n in range(1, broken_pdfs.PAGES + 1)),
        "problems": [problem[:80] for problem in case.problems[:4]],
    }


def _watched(most: int, scanned: set[int], *, silent: bool) -> None:
    """Note which pages go to OCR; stop early in files that are only long."""
    parts = client.FileReading.parts

    def fewer(self: client.FileReading) -> Iterator[Any]:
        for count, part in enumerate(parts(self), start=1):
            if isinstance(part, RawPage) and part.needs_ocr:
                scanned.add(part.number)
            yield part
            if count == most:
                return

    client.FileReading.parts = fewer  # type: ignore[method-assign]
    if silent:
        unread: Future[OcrPage] = Future()
        unread.set_result(OcrPage((), ink=1.0))
        reading._Collected._ocr = (  # type: ignore[method-assign]
            lambda self, page: unread if page.needs_ocr else None
        )


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_PEER_BYTES, _PEER_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_PEER_SECONDS, _PEER_SECONDS))


def _pages_read(count: int, text_of: Callable[[int], str], most: int) -> dict[str, Any]:
    seen, text = [], []
    for number in range(1, min(count, most or count) + 1):
        try:
            found = text_of(number - 1)
        except Exception:
            continue
        if found.split():
            seen.append(number)
            text.append(found)
    whole = " ".join(text)
    marks = sum(broken_pdfs.mark(n) in whole for n in range(1, broken_pdfs.PAGES + 1))
    return {"outcome": "read", "seen": seen, "characters": len(whole), "marks": marks}


def _pdfium(path: Path, options: argparse.Namespace) -> dict[str, Any]:
    _limited()
    pdf = pypdfium2.PdfDocument(path)
    pages = len(pdf)
    return _pages_read(pages, lambda n: pdf[n].get_textpage().get_text_range(), options.most)


def _pdfplumber(path: Path, options: argparse.Namespace) -> dict[str, Any]:
    _limited()
    with pdfplumber.open(path) as pdf:
        return _pages_read(len(pdf.pages), lambda n: pdf.pages[n].extract_text(), options.most)


def _table(rows: list[dict[str, Any]]) -> None:
    print("outcomes", dict(Counter(row["outcome"] for row in rows).most_common()))
    for key in ("seconds", "processor", "mib"):
        worst = sorted(rows, key=lambda row: -float(row[key]))[:10]
        print("worst", key, [(row["file"], row[key]) for row in worst])
    for peer in ("pdfium", "pdfplumber"):
        beside = [row for row in rows if peer in row]
        if beside:
            print(peer, dict(Counter(row[peer]["outcome"] for row in beside).most_common()))
            print("  pages with words", sum(row[peer]["pages"] for row in beside))
            lacking = [row["file"] for row in beside if row[peer]["ours_lack"]]
            print("  of which declarant lacks some:", len(lacking), lacking[:30])


if __name__ == "__main__":
    main()
