"""From a checkpoint to the weights that ship: ONNX graphs, int8 encoder, and a self-check.

The folder of weights holds the encoder in two graphs (int8; two, so that no file is large),
one graph a head, the word-piece vocabulary, `manifest.json` (name, version, libraries,
thresholds, calibration) and `selfcheck.json` (outputs of an invented text, compared at every
load).
"""

from __future__ import annotations

import importlib.metadata
import json
import logging
import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import (
    DefaultWeightOnlyQuantConfig,
    MatMulNBitsQuantizer,
)
from torch import Tensor, nn

from models.network.labels import ENTITY_FEATURES, LABEL_COUNT
from models.network.module import MENTION_WIDTH, Network
from models.network.pairs import PAIR_FEATURES, RELATION_FEATURES
from models.runtime import HEADS, Runtime, write_self_check

__all__ = ["export"]

_OUTPUTS = ["hidden", "tags"]
_LIBRARIES = ("torch", "onnx", "onnxruntime", "tokenizers", "numpy")


def export(network: Network, tokenizer: bytes, folder: Path, version: str, size: str) -> None:
    """Write the weights of a trained network to a folder, replacing what was there."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    _export_encoder(network, folder)
    for name, module, inputs in _heads(network, network.width):
        _to_onnx(module, inputs, folder / f"{name}.onnx", [f"in{n}" for n in range(len(inputs))])
    (folder / "tokenizer.json").write_bytes(tokenizer)
    manifest = {
        "name": f"declarant-{size}",
        "version": version,
        "libraries": {name: importlib.metadata.version(name) for name in _LIBRARIES},
        "thresholds": {"trafficker": 0.3, "role": 0.3, "means": 0.3, "relation": 0.3},
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


class _Lower(nn.Module):
    """Pieces -> hidden states after the lower layers."""

    def __init__(self, network: Network, layers: int) -> None:
        super().__init__()
        self.encoder = network.tagging.encoder
        self.layers = layers

    def forward(self, ids: Tensor, mask: Tensor, cases: Tensor) -> Tensor:
        return self.encoder.through(self.encoder.embedded(ids, cases), mask, 0, self.layers)


class _Upper(nn.Module):
    """Hidden states after the lower layers -> those after the last one, and tag scores."""

    def __init__(self, network: Network, layers: int) -> None:
        super().__init__()
        self.tagging = network.tagging
        self.layers = layers

    def forward(self, lower: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        encoder = self.tagging.encoder
        hidden = encoder.through(lower, mask, self.layers, len(encoder.layers))
        return hidden, self.tagging.tags(hidden)


def _export_encoder(network: Network, folder: Path) -> None:
    lower = len(network.tagging.encoder.layers) // 2 - 1
    ids = torch.ones(2, 8, dtype=torch.long)
    hidden = torch.zeros(2, 8, network.width)
    pieces = {"ids": ids, "mask": ids, "cases": ids}
    parts: list[tuple[str, nn.Module, dict[str, Tensor], list[str]]] = [
        ("encoder_lower", _Lower(network, lower), pieces, ["lower"]),
        ("encoder_upper", _Upper(network, lower), {"lower": hidden, "mask": ids}, _OUTPUTS),
    ]
    for name, module, inputs, outputs in parts:
        with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the exporter warns of its own internals
            full = Path(scratch) / "full.onnx"
            torch.onnx.export(
                module.eval(), tuple(inputs.values()), str(full), input_names=list(inputs),
                output_names=outputs, dynamo=False,
                dynamic_axes={n: {0: "windows", 1: "pieces"} for n in [*inputs, *outputs]},
            )  # fmt: skip
            _quantized(full, folder / f"{name}.onnx")


def _quantized(full: Path, out: Path) -> None:
    """Weights to int8 in blocks of 128, so that an outlier spoils only its own block.

    One scale a tensor for the activations (ONNX Runtime's dynamic quantization) turned
    MPNet's hidden states by a cosine of 0.91; this keeps 0.998 at the same speed.
    """
    logging.getLogger("onnxruntime.quantization").setLevel(logging.ERROR)
    blocks = DefaultWeightOnlyQuantConfig(
        block_size=128, is_symmetric=True, accuracy_level=4, bits=8
    )
    quantizer = MatMulNBitsQuantizer(onnx.load(full), algo_config=blocks)
    quantizer.process()
    quantizer.model.save_model_to_file(str(full), False)
    quantize_dynamic(full, out, op_types_to_quantize=["Gather"], weight_type=QuantType.QInt8)
