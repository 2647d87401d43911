"""The exported network at work: ONNX Runtime on a CPU.

Invariant: a model is served only if it answers the stored self-check within tolerance, so
an upgraded library or damaged file can never change answers unseen.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from extractor.errors import ModelUnusableError
from models.calibration import calibrated
from models.network.tokens import (
    Pieces,
    Window,
    WordPieces,
    padded,
    split_words,
    windows_of,
    word_places,
)

__all__ = ["HEADS", "WEIGHTS", "Runtime", "shipped_runtime", "write_self_check"]

Floats = NDArray[np.float32]
HEADS = (
    "mention",
    "coreference",
    "mention_labels",
    "entity_labels",
    "mention_relations",
    "entity_relations",
)
GRAPHS = ("encoder_lower", "encoder_upper", *HEADS)
WEIGHTS = Path(__file__).parent / "weights"
_CHECK_TEXT = (
    "I, Anh Example, met Mr. Testov Sample in Nowhere in May 2019. He took my passport, "
    "and his sister Probe said that I owed $4,000."
)
_TOLERANCE = 0.05
_ROWS = 16384
_WINDOWS = 4


class Runtime:
    """Sessions over one folder of weights; thread-safe, as ONNX Runtime's sessions are."""

    def __init__(self, folder: Path, *, threads: int = 1, check: bool = True) -> None:
        """Load the weights.

        Raises:
            ModelUnusableError: a file is missing or damaged, or the self-check fails.
        """
        try:
            self.manifest: dict[str, Any] = json.loads(
                (folder / "manifest.json").read_text("utf-8")
            )
            self.wordpieces = WordPieces(folder / "tokenizer.json")
            self._sessions = {n: _session(folder / f"{n}.onnx", threads) for n in GRAPHS}
        except Exception as error:
            raise ModelUnusableError("The weights cannot be loaded.") from error
        if check:
            _check(self, folder)

    @property
    def threshold(self) -> dict[str, float]:
        """Probabilities from which a trafficker, a label, a relation is reported."""
        thresholds: dict[str, float] = self.manifest["thresholds"]
        return thresholds

    def calibrated(self, features: Floats) -> Floats:
        """Logits that an entity is an alleged trafficker, from `calibration_features`."""
        return calibrated(features, self.manifest.get("calibration"))

    def encode(self, pieces: Pieces, windows: list[Window]) -> tuple[Floats, Floats]:
        """Hidden states (words x H) and tag scores (words x tags) of a whole text."""
        hidden, tags = [], []
        for first in range(0, len(windows), _WINDOWS):
            some = windows[first : first + _WINDOWS]
            ids, mask, cases = padded(pieces, some, self.wordpieces)
            lower = self._sessions["encoder_lower"].run(
                None, {"ids": ids, "mask": mask, "cases": cases}
            )[0]
            upper = self._sessions["encoder_upper"].run(None, {"lower": lower, "mask": mask})
            rows, places = word_places(pieces, some)
            hidden.append(upper[0][rows, places])
            tags.append(upper[1][rows, places])
        return np.concatenate(hidden), np.concatenate(tags)

    def head(self, name: str, *inputs: NDArray[Any]) -> Floats:
        """Scores of one head; rows are run in portions, so memory stays bounded."""
        session = self._sessions[name]
        count = len(inputs[0])
        parts = [
            session.run(None, {f"in{n}": x[at : at + _ROWS] for n, x in enumerate(inputs)})[0]
            for at in range(0, max(count, 1), _ROWS)
        ]
        return np.concatenate(parts)

    def check_inputs(self, name: str) -> list[NDArray[Any]]:
        """A fixed input of one head: waves for vectors, ones for numbers."""
        inputs: list[NDArray[Any]] = []
        for spec in self._sessions[name].get_inputs():
            shape = (3, *spec.shape[1:])
            if "int64" in spec.type:
                inputs.append(np.ones(shape, dtype=np.int64))
            else:
                inputs.append(np.sin(np.arange(np.prod(shape)).reshape(shape)).astype(np.float32))
        return inputs


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # It would keep the memory of the largest text.
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _outputs(runtime: Runtime) -> list[float]:
    """What the encoder says of an invented text, and every head of a fixed input."""
    words = split_words(_CHECK_TEXT)
    pieces = runtime.wordpieces.split(words)
    _, tags = runtime.encode(pieces, windows_of(pieces))
    exponents = np.exp(tags - tags.max(axis=1, keepdims=True))
    chances = exponents / exponents.sum(axis=1, keepdims=True)
    heads = [runtime.head(name, *runtime.check_inputs(name)) for name in HEADS]
    return [float(x) for x in chances.max(axis=1)] + [float(np.tanh(h).mean()) for h in heads]


def write_self_check(runtime: Runtime, folder: Path) -> None:
    """Store what this runtime answers now, and the digest of every graph."""
    digests = {n: _digest(folder / f"{n}.onnx") for n in GRAPHS}
    stored = {"outputs": [round(x, 4) for x in _outputs(runtime)], "sha256": digests}
    (folder / "selfcheck.json").write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _check(runtime: Runtime, folder: Path) -> None:
    try:
        stored = json.loads((folder / "selfcheck.json").read_text("utf-8"))
        same = all(_digest(folder / f"{n}.onnx") == d for n, d in stored["sha256"].items())
        expected, answered = np.array(stored["outputs"]), np.array(_outputs(runtime))
    except (OSError, ValueError, KeyError) as error:
        raise ModelUnusableError("The self-check of the weights is missing.") from error
    if not same or len(expected) != len(answered) or np.abs(expected - answered).max() > _TOLERANCE:
        raise ModelUnusableError("The weights answer differently than when they were released.")


@functools.cache
def shipped_runtime() -> Runtime:
    """The weights that ship with declarant, loaded once a process.

    DECLARANT_THREADS says how many threads the encoder may use (1 if it is not set, for a
    server runs one worker a core).
    """
    return Runtime(WEIGHTS, threads=max(1, int(os.environ.get("DECLARANT_THREADS", "1"))))
