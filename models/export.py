"""From a checkpoint to the weights that ship: ONNX graphs, int8 encoder, and a self-check.

The folder of weights holds `encoder.onnx` (int8), one graph a head, the word-piece
vocabulary, `manifest.json` (name, version, libraries, thresholds) and `selfcheck.json`
(outputs of an invented text, compared at every load).
"""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from models.network.labels import ENTITY_FEATURES, LABEL_COUNT
from models.network.module import MENTION_WIDTH, Network
from models.network.pairs import PAIR_FEATURES, RELATION_FEATURES
from models.runtime import HEADS, Runtime, write_self_check

__all__ = ["export"]

_LIBRARIES = ("torch", "transformers", "onnx", "onnxruntime", "tokenizers", "numpy")


def export(network: Network, tokenizer: Path, folder: Path, version: str) -> None:
    """Write the weights of a trained network to a folder, replacing what was there."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    _export_encoder(network, folder)
    for name, module, inputs in _heads(network, network.width):
        _to_onnx(module, inputs, folder / f"{name}.onnx", [f"in{n}" for n in range(len(inputs))])
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    manifest = {
        "name": "declarant-minilm",
        "version": version,
        "libraries": {name: importlib.metadata.version(name) for name in _LIBRARIES},
        "thresholds": {"trafficker": 0.15, "label": 0.2, "relation": 0.3},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    write_self_check(Runtime(folder, check=False), folder)


def _heads(network: Network, width: int) -> list[tuple[str, nn.Module, tuple[Tensor, ...]]]:
    vectors, entities = torch.zeros(2, MENTION_WIDTH), torch.zeros(2, 2 * MENTION_WIDTH)
    numbers = torch.zeros(2, dtype=torch.long)
    inputs: dict[str, tuple[Tensor, ...]] = {
        "mention": (torch.zeros(2, 3 * width), numbers, numbers),
        "coreference": (vectors, vectors, torch.zeros(2, PAIR_FEATURES)),
        "mention_labels": (vectors,),
        "entity_labels": (torch.zeros(2, 2 * MENTION_WIDTH + ENTITY_FEATURES),),
        "mention_relations": (vectors, vectors, torch.zeros(2, RELATION_FEATURES + width)),
        "entity_relations": (entities, entities, torch.zeros(2, 2 * LABEL_COUNT)),
    }
    return [(name, getattr(network, name), inputs[name]) for name in HEADS]


def _to_onnx(module: nn.Module, inputs: tuple[Tensor, ...], path: Path, names: list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its own internals
        torch.onnx.export(
            module, inputs, str(path), input_names=names, output_names=["out"],
            dynamic_axes={name: {0: "items"} for name in [*names, "out"]}, dynamo=False,
        )  # fmt: skip


def _export_encoder(network: Network, folder: Path) -> None:
    ids = torch.ones(2, 8, dtype=torch.long)
    names = ["ids", "mask", "cases"]
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its own internals
        full = Path(scratch) / "encoder.onnx"
        torch.onnx.export(
            network.tagging, (ids, ids, ids), str(full), input_names=names,
            output_names=["hidden", "tags"], dynamo=False,
            dynamic_axes={n: {0: "windows", 1: "pieces"} for n in [*names, "hidden", "tags"]},
        )  # fmt: skip
        quantize_dynamic(
            full, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True
        )
