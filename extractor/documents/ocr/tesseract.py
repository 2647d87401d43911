"""The Tesseract program, by pytesseract: tight boxes and an honest confidence.

Pictures pass through a private folder in memory where there is one, never through the disk.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytesseract
from PIL import Image

from extractor.documents.ocr.pixels import Pixels
from extractor.documents.ocr.reading import OcrWord
from extractor.errors import MissingProgramError

_LANGUAGES = ("Latin", "script/Latin", "eng")
_VIETNAMESE = "vie"
_MEMORY = Path("/dev/shm")  # noqa: S108  (a private folder is made inside)
_TELLING_WORDS = 5
_LEAST_SLOPE, _STEEPEST = 0.002, 0.2
_SURE_TURN = 6.0
_TIMEOUT_SECONDS = 120


def is_installed() -> bool:
    """Whether the program is on the path."""
    return shutil.which("tesseract") is not None


def require() -> None:
    """MissingProgramError where Tesseract is not installed."""
    if not is_installed():
        raise MissingProgramError(
            "Tesseract is not installed, and it is asked for as the witness of OCR.",
            advice="Install tesseract-ocr and tesseract-ocr-script-latn, "
            "or set DECLARANT_ENGINES=rapidocr to read without a witness.",
        )


def prepare_process() -> None:
    """One thread a call, and temporary pictures in memory: for processes that do OCR."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK):
        tempfile.tempdir = str(_MEMORY)


@cache
def languages() -> frozenset[str]:
    """The languages that are installed; pytesseract's own list leaves out names like Latin."""
    listed = subprocess.run(
        [pytesseract.pytesseract.tesseract_cmd, "--list-langs"],
        capture_output=True,
        text=True,
        check=False,
        timeout=_TIMEOUT_SECONDS,
    )
    return frozenset(line.strip() for line in listed.stdout.splitlines()[1:])


@cache
def language() -> str:
    """The best language installed: Latin knows the letters of most names, eng does not.

    Latin lacks the letters of Nguyễn Thị, as rapidocr does; vie beside it costs a sixth.
    """
    for name in _LANGUAGES:
        if name in languages():
            return f"{name}+{_VIETNAMESE}" if _VIETNAMESE in languages() else name
    raise MissingProgramError(
        "Tesseract has neither its Latin nor its English language.",
        advice="Install tesseract-ocr-script-latn or tesseract-ocr-eng.",
    )


def turn(pixels: Pixels, dpi: int) -> int:
    """How far clockwise the picture must be turned to stand upright; 0 when unsure."""
    if "osd" not in languages():
        return 0
    try:
        answer = pytesseract.image_to_osd(
            _image(pixels),
            config=f"--psm 0 --dpi {dpi}",
            output_type=pytesseract.Output.DICT,
            timeout=_TIMEOUT_SECONDS,
        )
    except (pytesseract.TesseractError, RuntimeError, ValueError, KeyError):
        return 0  # too few letters to tell
    if float(answer["orientation_conf"]) < _SURE_TURN:
        return 0
    return int(answer["rotate"]) % 360


def words(pixels: Pixels, dpi: int) -> list[OcrWord]:
    """The words of a grey picture, in Tesseract's order."""
    return [word for line in lines(pixels, dpi) for word in line]


def slope(found: Sequence[Sequence[OcrWord]]) -> float:
    """How far lines sink, in pixels a pixel: the median of what their words' feet tell."""
    slopes = []
    for line in found:
        if len(line) >= _TELLING_WORDS:
            middles = [(word.box[0] + word.box[2]) / 2 for word in line]
            slopes.append(float(np.polyfit(middles, [word.box[3] for word in line], 1)[0]))
    sink = float(np.median(slopes)) if slopes else 0.0
    return sink if _LEAST_SLOPE < abs(sink) < _STEEPEST else 0.0


def lines(pixels: Pixels, dpi: int) -> list[list[OcrWord]]:
    """The words of a grey picture, line by line as Tesseract sees them."""
    try:
        data = pytesseract.image_to_data(
            _image(pixels),
            lang=language(),
            config=f"--psm 6 --dpi {dpi}",
            output_type=pytesseract.Output.DICT,
            timeout=_TIMEOUT_SECONDS,
        )
    except (pytesseract.TesseractError, RuntimeError):
        return []
    rows = zip(
        data["text"], data["conf"], data["left"], data["top"], data["width"], data["height"],
        strict=True,
    )  # fmt: skip
    places = zip(data["block_num"], data["par_num"], data["line_num"], strict=True)
    found: dict[tuple[int, int, int], list[OcrWord]] = {}
    for place, (text, sure, x, y, width, height) in zip(places, rows, strict=True):
        if text.strip() and float(sure) >= 0:
            box = (x, y, x + width, y + height)
            word = OcrWord(text.strip(), box, max(float(sure), 0.0) / 100)
            found.setdefault(place, []).append(word)
    return list(found.values())


def _image(pixels: Pixels) -> Image.Image:
    image = Image.fromarray(pixels)
    image.format = "PPM"  # pytesseract writes this format: quick, where PNG takes a second
    return image
