"""The training loop: public corpora first, then the hand-written corpus beside a share of them.

A checkpoint is written after every epoch, so a run that is cut off goes on where it was.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import random
import time
from collections import defaultdict
from pathlib import Path

import torch
from torch import Tensor

from models.corpora.annotated import AnnotatedText
from models.network.module import Network
from models.network.tokens import WordPieces, padded, word_places
from models.training.augmentation import Augmentation, name_words
from models.training.examples import Example, example_of
from models.training.losses import text_loss

__all__ = ["Plan", "train"]

_log = logging.getLogger(__name__)
_WEIGHTS = {"tags": 1.0, "coreference": 0.6, "labels": 6.0, "relations": 1.0}


@dataclasses.dataclass(frozen=True)
class Plan:
    """What a run does: epochs over public and own texts, sizes and rates."""

    public_epochs: int = 3
    own_epochs: int = 20
    public_share: float = 0.15
    texts_a_step: int = 4
    encoder_rate: float = 8e-5
    head_rate: float = 6e-4
    frozen_layers: int = 0
    """Embeddings and so many lowest layers stay as they are; an epoch takes a quarter less."""
    seed: int = 7


def train(
    network: Network,
    wordpieces: WordPieces,
    public: list[AnnotatedText],
    own: list[AnnotatedText],
    folder: Path,
    plan: Plan,
) -> None:
    """Train in place and leave `checkpoint.pt` and `log.jsonl` in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(plan.seed)  # noqa: S311 - no secret depends on it
    torch.manual_seed(plan.seed)
    augmentation = Augmentation(name_words([*own, *public]))
    epochs = [("public", e) for e in range(plan.public_epochs)]
    epochs += [("own", e) for e in range(plan.own_epochs)]
    steps = sum(
        -(-len(_texts(kind, public, own, plan, chance)) // plan.texts_a_step) for kind, _ in epochs
    )
    optimizer, schedule = _optimizer(network, plan, steps)
    _freeze(network, plan.frozen_layers)
    done = _resumed(network, optimizer, schedule, folder)
    for number, (kind, _) in enumerate(epochs):
        texts = _texts(kind, public, own, plan, chance)
        if number < done:
            continue
        varied = [augmentation.varied(t, chance) for t in texts]
        losses = _epoch(network, wordpieces, varied, plan, (optimizer, schedule))
        _kept(network, optimizer, schedule, folder, number + 1, {"kind": kind, **losses})


def _texts(
    kind: str,
    public: list[AnnotatedText],
    own: list[AnnotatedText],
    plan: Plan,
    chance: random.Random,
) -> list[AnnotatedText]:
    if kind == "public":
        texts = list(public)
    else:
        texts = [*own, *chance.sample(public, int(plan.public_share * len(public)))]
    chance.shuffle(texts)
    return texts


def _freeze(network: Network, layers: int) -> None:
    encoder = network.tagging.encoder
    encoder.requires_grad_(requires_grad=True)
    if layers:
        held = (encoder.words, encoder.positions, *list(encoder.layers)[:layers])
        for part in held:
            part.requires_grad_(requires_grad=False)


_Schedule = torch.optim.lr_scheduler.LambdaLR


def _optimizer(network: Network, plan: Plan, steps: int) -> tuple[torch.optim.AdamW, _Schedule]:
    encoder = list(network.tagging.encoder.parameters())
    ids = {id(p) for p in encoder}
    heads = [p for p in network.parameters() if id(p) not in ids]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": plan.encoder_rate}, {"params": heads, "lr": plan.head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    warm = max(1, steps // 20)
    return optimizer, _Schedule(
        optimizer, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / steps))
    )


def _epoch(
    network: Network,
    wordpieces: WordPieces,
    texts: list[AnnotatedText],
    plan: Plan,
    optimization: tuple[torch.optim.AdamW, _Schedule],
) -> dict[str, float]:
    network.train()
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    began, tokens = time.monotonic(), 0
    for first in range(0, len(texts), plan.texts_a_step):
        examples = [example_of(t, wordpieces) for t in texts[first : first + plan.texts_a_step]]
        examples = [e for e in examples if e.windows]
        tokens += sum(len(e.pieces.ids) for e in examples)
        for name, value in _step(network, wordpieces, examples, optimization).items():
            sums[name] += value
            counts[name] += 1
    figures = {name: sums[name] / counts[name] for name in sums}
    return {**figures, "tokens_a_second": tokens / (time.monotonic() - began)}


def _step(
    network: Network,
    wordpieces: WordPieces,
    examples: list[Example],
    optimization: tuple[torch.optim.AdamW, _Schedule],
) -> dict[str, float]:
    """One update from a few texts, one text at a time: nothing is padded, memory is that of one."""
    optimizer, schedule = optimization
    sums: dict[str, float] = defaultdict(float)
    for example in examples:
        losses = text_loss(network, example, *_encoded(network, wordpieces, example))
        total = sum((_WEIGHTS[n] * loss for n, loss in losses.items()), torch.zeros(()))
        (total / len(examples)).backward()  # type: ignore[no-untyped-call]
        for name, loss in losses.items():
            sums[name] += float(loss.detach()) / len(examples)
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    schedule.step()
    return sums


def _encoded(network: Network, wordpieces: WordPieces, example: Example) -> tuple[Tensor, Tensor]:
    """Hidden states and tag scores for the words of a text."""
    ids, mask, cases = (
        torch.from_numpy(x) for x in padded(example.pieces, example.windows, wordpieces)
    )
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden, tags = network.tagging(ids, mask, cases)
    rows, places = (torch.from_numpy(x) for x in word_places(example.pieces, example.windows))
    return hidden.float()[rows, places], tags.float()[rows, places]


def _kept(
    network: Network,
    optimizer: torch.optim.AdamW,
    schedule: _Schedule,
    folder: Path,
    done: int,
    figures: dict[str, object],
) -> None:
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(),
             "schedule": schedule.state_dict(), "done": done}  # fmt: skip
    torch.save(state, folder / "checkpoint.tmp")
    (folder / "checkpoint.tmp").replace(folder / "checkpoint.pt")
    with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps({"epoch": done, **figures}) + "\n")
    _log.info("epoch %d done", done)


def _resumed(
    network: Network, optimizer: torch.optim.AdamW, schedule: _Schedule, folder: Path
) -> int:
    path = folder / "checkpoint.pt"
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["done"])
