"""Weights are served only if they are whole and answer as they did when released."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from extractor.errors import ModelUnusableError
from models.runtime import WEIGHTS, Runtime


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WEIGHTS, tmp_path / "weights"))


def test_the_shipped_weights_pass_their_self_check() -> None:
    assert Runtime(WEIGHTS).manifest["version"]


def test_a_changed_answer_is_refused(copied: Path) -> None:
    path = copied / "selfcheck.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    stored["outputs"][3] = 1.0 - stored["outputs"][3]
    path.write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(ModelUnusableError, match="differently"):
        Runtime(copied)


@pytest.mark.parametrize(
    "name", ["encoder_lower.onnx", "encoder_upper.onnx", "manifest.json", "selfcheck.json"]
)
def test_a_missing_file_is_refused(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelUnusableError):
        Runtime(copied)


def test_a_damaged_graph_is_refused(copied: Path) -> None:
    (copied / "coreference.onnx").write_bytes(b"damaged")
    with pytest.raises(ModelUnusableError):
        Runtime(copied)


def test_every_weight_file_is_under_fifty_megabytes() -> None:
    assert all(p.stat().st_size < 50_000_000 for p in WEIGHTS.iterdir())
