"""`declarant train`: from folders of corpora to a checkpoint."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import torch

from models.corpora.annotated import AnnotatedText
from models.corpora.conll import read_crossner, read_open_ner
from models.corpora.gum import read_gum_split
from models.corpora.litbank import read_litbank_split
from models.corpora.marked import read_part
from models.corpora.redocred import read_redocred
from models.network.module import Network
from models.training.loop import Plan, train
from models.training.starting import starting_network, starting_weights

__all__ = ["export_checkpoint", "load_network", "public_corpora", "train_from"]

_PIECE = 6000
"""Longest public text in characters; longer ones are cut at a paragraph or sentence."""
_NAMES_KEPT = 3
"""Of texts with names alone one in so many: they are many, and far from statements."""


def public_corpora(folder: Path) -> list[AnnotatedText]:
    """Training parts of the public corpora found below a folder; absent ones are left out."""
    readers = {
        "litbank": lambda path: read_litbank_split(path)["train"],
        "gum": lambda path: read_gum_split(path, "train"),
        "crossner": read_crossner,
        "open_ner_juand": read_open_ner,
        "redocred": read_redocred,
    }
    found = {n: read(folder / n) for n, read in readers.items() if (folder / n).exists()}
    found["open_ner_juand"] = found.get("open_ner_juand", [])[::_NAMES_KEPT]
    return [piece for texts in found.values() for text in texts for piece in _pieces(text)]


def _pieces(text: AnnotatedText) -> list[AnnotatedText]:
    """A long text in parts of a training step's size; chains go on within each part."""
    parts, start = [], 0
    while start < len(text.text):
        end = _break(text.text, start)
        inside = tuple(
            dataclasses.replace(m, start=m.start - start, end=m.end - start)
            for m in text.mentions
            if start <= m.start and m.end <= end
        )
        kept = {m.entity for m in inside}
        relations = tuple(r for r in text.relations if r.head in kept and r.tail in kept)
        entities = {i: e for i, e in text.entities.items() if i in kept}
        parts.append(
            dataclasses.replace(
                text,
                text=text.text[start:end],
                mentions=inside,
                entities=entities,
                relations=relations,
            )
        )
        start = end
    return parts


def _break(text: str, start: int) -> int:
    if len(text) - start <= _PIECE:
        return len(text)
    for mark in ("\n", ". ", " "):
        position = text.rfind(mark, start + _PIECE // 2, start + _PIECE)
        if position > 0:
            return position + len(mark)
    return start + _PIECE


def train_from(
    corpora: Path,
    own: Path,
    out: Path,
    plan: Plan,
    size: str = "base",
    start: Path | None = None,
) -> None:
    """Train on the public corpora, then on our own beside a share of them.

    Leaves `out/public` and `out/own`, each with its checkpoint; a finished first stage is
    not done again. With `start`, the checkpoint of an earlier run stands for the first stage.
    """
    network, wordpieces = starting_network(size)
    public = public_corpora(corpora)
    if start is None:
        first = dataclasses.replace(plan, own_epochs=0, frozen_layers=0)
        train(network, wordpieces, public, [], out / "public", first)
    load_network(network, start or out / "public")
    second = dataclasses.replace(plan, public_epochs=0, encoder_rate=plan.encoder_rate * 0.75)
    train(network, wordpieces, public, read_part(own, "train"), out / "own", second)


def load_network(network: Network, folder: Path) -> None:
    """Fill a network with the weights of a checkpoint."""
    state = torch.load(folder / "checkpoint.pt", weights_only=True)
    network.load_state_dict(state["network"])


def export_checkpoint(checkpoint: Path, out: Path, version: str, size: str = "base") -> None:
    """Export the network of a finished run."""
    from models.export import export  # noqa: PLC0415 - needs the extra `train`

    network, _ = starting_network(size)
    load_network(network, checkpoint)
    export(network, starting_weights(size).tokenizer, out, version, size)
