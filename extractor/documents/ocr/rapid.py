"""The rapidocr engine: it reads best, but cannot tell when it is wrong.

The classifier of upside-down lines is off: it turns good lines into garbage. Its networks run on
OpenVINO where that is installed and the processor multiplies bfloat16, which halves their time;
else on ONNX Runtime.
Invariant: nothing here speaks to the outside; OpenVINO would report each import to its makers.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import numpy as np

from extractor.documents.ocr.pixels import Pixels
from extractor.documents.ocr.reading import OcrLine, OcrWord, Spelt
from extractor.record import Box

LONGEST_SIDE = 1280
"""Pixels to which a larger page is shrunk before the engine looks at it."""
_DOUBTFUL_LINE = 0.3


class RapidEngine:
    """One loaded engine; it keeps about a gigabyte, so keep the process that holds it."""

    def __init__(self) -> None:
        from rapidocr import EngineType, RapidOCR  # noqa: PLC0415  (slow to load)

        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        engine = EngineType.OPENVINO if _silent_openvino() else EngineType.ONNXRUNTIME
        self._engine = RapidOCR(
            params={
                "Global.use_cls": False,
                "Global.max_side_len": LONGEST_SIDE,
                "Global.return_word_box": True,
                "Global.text_score": _DOUBTFUL_LINE,
                "Global.log_level": "critical",
                "Det.engine_type": engine,
                "Rec.engine_type": engine,
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "EngineConfig.openvino.inference_num_threads": 1,
            }
        )

    def signs(self) -> frozenset[str]:
        """Every letter that the engine can write; empty before its first page."""
        recogniser = self._engine.text_rec
        return frozenset(recogniser.postprocess_op.character) if recogniser else frozenset()

    def lines(self, pixels: Pixels) -> list[OcrLine]:
        """The lines of a grey picture; none where nothing is found."""
        output: Any = self._engine(pixels, use_det=True)  # the engine keeps what the last call set
        if output.boxes is None or not output.word_results:
            return []
        found = [
            _line(*line)
            for line in zip(output.boxes, output.word_results, output.scores, strict=False)
        ]
        return [line for line in found if line.words]

    def line(self, pixels: Pixels) -> tuple[str, float]:
        """The text of a picture that is one line, and how sure the engine is of it."""
        output: Any = self._engine(pixels, use_det=False)
        return (output.txts[0], float(output.scores[0])) if output.txts else ("", 0.0)

    def spelt(self, pictures: Sequence[Pixels]) -> list[list[Spelt]]:
        """The words of pictures that are one line each, at whatever size they are."""
        from rapidocr.ch_ppocr_rec.typings import TextRecInput  # noqa: PLC0415  (slow to load)

        recogniser = self._engine.text_rec
        if not pictures or recogniser is None:
            return [[] for _ in pictures]
        colours = [np.repeat(picture[:, :, None], 3, axis=2) for picture in pictures]
        output: Any = recogniser(TextRecInput(img=colours, return_word_box=True))
        return [_spelt(*found) for found in zip(output.txts, output.word_results, strict=True)]


def _silent_openvino() -> bool:
    """Whether OpenVINO is there and would gain; without its telemetry, which reports imports."""
    sys.modules["openvino_telemetry"] = cast(ModuleType, None)  # importing it fails from now on
    try:
        flags = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return False
    return ("amx_bf16" in flags or "avx512_bf16" in flags) and find_spec("openvino") is not None


def _line(quad: Any, words: Sequence[Any], sure: float) -> OcrLine:  # noqa: ANN401  (arrays of rapidocr)
    """The words as sure as their line: rapidocr puts the scores of letters beside words."""
    (x0, y0), (x1, y1) = quad[0], quad[1]
    slope = float((y1 - y0) / (x1 - x0)) if x1 - x0 > 1 else 0.0
    parts = tuple(
        OcrWord(str(text).strip(), _around(corners), min(max(float(sure), 0.0), 1.0))
        for text, _, corners in words
        if str(text).strip() and corners is not None
    )
    return OcrLine(parts, _around(quad), slope)


def _spelt(text: str, info: Any) -> list[Spelt]:  # noqa: ANN401  (arrays of rapidocr)
    """Words between blanks; the engine tells the column and the confidence of each letter."""
    columns = iter([column for word in info.word_cols for column in word])
    letters = [
        (letter, None if letter.isspace() else next(columns, None), sure)
        for letter, sure in zip(text, info.confs, strict=False)
    ]
    groups = groupby(letters, key=lambda letter: letter[1] is not None)
    words = [list(group) for is_word, group in groups if is_word]
    half = 0.5 * info.line_txt_len / max(len(text), 1)
    return [_word(word, half, info.line_txt_len) for word in words]


def _word(letters: Sequence[Any], half: float, columns: float) -> Spelt:
    """A word with half a letter's width beside the middles of its first and last letters."""
    start, end = letters[0][1] + 0.5 - half, letters[-1][1] + 0.5 + half
    sure = sum(letter[2] for letter in letters) / len(letters)
    text = "".join(letter[0] for letter in letters)
    return Spelt(text, max(start / columns, 0.0), min(end / columns, 1.0), min(sure, 1.0))


def _around(corners: Any) -> Box:  # noqa: ANN401  (arrays of rapidocr)
    xs = [float(corner[0]) for corner in corners]
    ys = [float(corner[1]) for corner in corners]
    return min(xs), min(ys), max(xs), max(ys)
