"""The exported network at work: ONNX Runtime on a CPU.

Invariant: a model is served only if it answers the stored self-check within tolerance, so
an upgraded library or damaged file can never change answers unseen.
"""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from extractor.errors import ModelUnusableError
from models.network.tokens import Pieces, Window, WordPieces, split_words, windows_of

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
WEIGHTS = Path(__file__).parent / "weights"
_CHECK_TEXT = (
    "I, Anh Example, met Mr. Testov Sample in Nowhere in May 2019. He took my passport, "
    "and his sister Probe said that I owed $4,000."
)
_TOLERANCE = 0.05
_ROWS = 16384
_WINDOWS = 8


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
            self._sessions = {
                n: _session(folder / f"{n}.onnx", threads) for n in ("encoder", *HEADS)
            }
        except Exception as error:
            raise ModelUnusableError("The weights cannot be loaded.") from error
        if check:
            _check(self, folder)

    @property
    def threshold(self) -> dict[str, float]:
        """Probabilities from which a trafficker, a label, a relation is reported."""
        thresholds: dict[str, float] = self.manifest["thresholds"]
        return thresholds

    def encode(self, pieces: Pieces, windows: list[Window]) -> tuple[Floats, Floats]:
        """Hidden states (words x H) and tag scores (words x tags) of a whole text."""
        hidden, tags = [], []
        for first in range(0, len(windows), _WINDOWS):
            for h, t in self._encode(pieces, windows[first : first + _WINDOWS]):
                hidden.append(h)
                tags.append(t)
        return np.concatenate(hidden), np.concatenate(tags)

    def _encode(self, pieces: Pieces, windows: list[Window]) -> list[tuple[Floats, Floats]]:
        width = max(w.end - w.start for w in windows) + 2
        shape = (len(windows), width)
        ids = np.full(shape, self.wordpieces.pad_id, dtype=np.int64)
        cases, mask = np.full(shape, 7, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for row, window in enumerate(windows):
            length = window.end - window.start
            ids[row, 0], ids[row, length + 1] = self.wordpieces.start_id, self.wordpieces.end_id
            ids[row, 1 : length + 1] = pieces.ids[window.start : window.end]
            cases[row, 1 : length + 1] = pieces.cases[window.start : window.end]
            mask[row, : length + 2] = 1
        feed = {"ids": ids, "mask": mask, "cases": cases}
        hidden, tags = self._sessions["encoder"].run(None, feed)
        rows = []
        for row, window in enumerate(windows):
            places = pieces.firsts[window.first_word : window.last_word] - window.start + 1
            rows.append((hidden[row, places], tags[row, places]))
        return rows

    def head(self, name: str, *inputs: NDArray[Any]) -> Floats:
        """Scores of one head; rows are run in portions, so memory stays bounded."""
        session = self._sessions[name]
        count = len(inputs[0])
        parts = [
            session.run(None, {f"in{n}": x[at : at + _ROWS] for n, x in enumerate(inputs)})[0]
            for at in range(0, max(count, 1), _ROWS)
        ]
        return np.concatenate(parts)


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _outputs(runtime: Runtime) -> list[float]:
    words = split_words(_CHECK_TEXT)
    pieces = runtime.wordpieces.split(words)
    _, tags = runtime.encode(pieces, windows_of(pieces))
    exponents = np.exp(tags - tags.max(axis=1, keepdims=True))
    chances = exponents / exponents.sum(axis=1, keepdims=True)
    return [float(x) for x in chances.max(axis=1)]


def write_self_check(runtime: Runtime, folder: Path) -> None:
    """Store what this runtime answers now, and the digest of every graph."""
    digests = {n: _digest(folder / f"{n}.onnx") for n in ("encoder", *HEADS)}
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
    """The weights that ship with declarant, loaded once a process."""
    return Runtime(WEIGHTS)
