"""Losses of one text, given the hidden states of its words.

Tags: negative log of the probability of all permitted tags (so an unannotated type costs
nothing). Coreference: marginal likelihood of the gold antecedents (Lee et al. 2017).
Roles, means, relations: binary cross-entropy over entities and entity pairs.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from extractor.record import EntityType, MentionKind
from models.network.module import Network
from models.network.pairs import antecedent_candidates, pair_features, relation_features
from models.network.tags import LAYERS
from models.training.examples import Example

__all__ = ["mention_vectors", "text_loss"]

_TYPES = list(EntityType)
_KINDS = list(MentionKind)
_LOST = 0.25


def text_loss(
    network: Network, example: Example, hidden: Tensor, tags: Tensor
) -> dict[str, Tensor]:
    """Losses by name; `hidden` and `tags` have one row a word."""
    losses = {"tags": _tag_loss(example, tags)}
    if not example.placed:
        return losses
    vectors = mention_vectors(network, example, hidden)
    if "coreference" in example.annotated.layers:
        losses["coreference"] = _coreference_loss(network, example, vectors)
    if example.labels is None and example.relations is None:
        return losses
    heard = _heard(network, example)
    means, maxima = _pooled(example, vectors, heard)
    features = torch.from_numpy(example.entity_features)
    entities = torch.cat([means, maxima, features], dim=1)
    labels = _label_scores(network, example, vectors, entities, heard)
    if example.labels is not None:
        losses["labels"] = _label_loss(example, labels)
    if example.relations is not None:
        entities = torch.cat([means, maxima], dim=1)
        losses["relations"] = _relation_loss(network, example, hidden, vectors, entities, labels)
    return losses


def _run(head: nn.Module, *inputs: Tensor) -> Tensor:
    """A head in bfloat16, as the encoder; sums and losses stay in full precision."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores: Tensor = head(*inputs)
    return scores.float()


def _tag_loss(example: Example, tags: Tensor) -> Tensor:
    allowed = torch.from_numpy(example.allowed)
    total = tags.new_zeros(())
    for layer, tagged in zip(LAYERS, example.tagged, strict=True):
        if tagged:
            columns = slice(layer.offset, layer.offset + layer.width)
            scores = torch.log_softmax(tags[:, columns], dim=1)
            permitted = scores.masked_fill(~allowed[:, columns], -torch.inf)
            total = total - torch.logsumexp(permitted, dim=1).mean()
    return total


def mention_vectors(network: Network, example: Example, hidden: Tensor) -> Tensor:
    """Mentions x M, from the hidden states of their words."""
    firsts = torch.tensor([m.first for m in example.placed])
    lasts = torch.tensor([m.last for m in example.placed])
    sums = torch.cat([hidden.new_zeros(1, hidden.shape[1]), hidden.cumsum(0)])
    means = (sums[lasts] - sums[firsts]) / (lasts - firsts).unsqueeze(1)
    words = torch.cat([hidden[firsts], hidden[lasts - 1], means], dim=1)
    types = torch.tensor([_TYPES.index(m.type) for m in example.placed])
    kinds = torch.tensor([_KINDS.index(m.kind) for m in example.placed])
    return _run(network.mention, words, types, kinds)


def _coreference_loss(network: Network, example: Example, vectors: Tensor) -> Tensor:
    rows = [n for n, m in enumerate(example.placed) if m.type in _TYPES[:2]]
    placed = [example.placed[n] for n in rows]
    left, right = antecedent_candidates(placed)
    if not len(left):
        return vectors.new_zeros(())
    keep = torch.tensor(rows)
    own = vectors[keep]
    features = torch.from_numpy(pair_features(placed, left, right))
    scores = _run(network.coreference, own[left], own[right], features).squeeze(1)
    clusters = torch.from_numpy(example.clusters)[keep]
    gold = clusters[left] == clusters[right]
    return _antecedent_loss(scores, gold, torch.from_numpy(left), len(placed))


def _antecedent_loss(scores: Tensor, gold: Tensor, owners: Tensor, count: int) -> Tensor:
    """-log of (sum over gold antecedents) / (sum over all and none), a mention."""
    has = torch.zeros(count, dtype=torch.bool)
    has[owners[gold]] = True
    everything = _segment_logsumexp(scores, owners, count, floor=0.0)
    right = _segment_logsumexp(scores.masked_fill(~gold, -1e4), owners, count, floor=-1e4)
    right = torch.where(has, right, torch.zeros_like(right))
    return (everything - right).mean()


def _segment_logsumexp(scores: Tensor, owners: Tensor, count: int, floor: float | None) -> Tensor:
    """Log of summed exponentials by owner, with `exp(floor)` in every sum unless None."""
    start = -1e4 if floor is None else floor
    shape = (count, *scores.shape[1:])
    top = scores.new_full(shape, start)
    index = owners.view(-1, *[1] * (scores.dim() - 1)).expand_as(scores)
    top = top.scatter_reduce(0, index, scores, "amax").detach()
    total = torch.zeros_like(top).scatter_add(0, index, torch.exp(scores - top[owners]))
    if floor is not None:
        total = total + torch.exp(floor - top)
    return top + torch.log(total + 1e-12)


def _heard(network: Network, example: Example) -> Tensor:
    """Which mentions their entity hears: in half of the training texts a quarter is lost.

    What the network finds in a new text is never as complete as the gold chains are.
    """
    count = len(example.placed)
    if not network.training or torch.rand(()) < 0.5:
        return torch.ones(count, dtype=torch.bool)
    heard = torch.rand(count) > _LOST
    for members in example.entity_members:
        if not heard[members].any():
            heard[members] = True
    return heard


def _pooled(example: Example, vectors: Tensor, heard: Tensor) -> tuple[Tensor, Tensor]:
    members = [torch.from_numpy(m) for m in example.entity_members]
    members = [m[heard[m]] for m in members]
    means = torch.stack([vectors[m].mean(0) for m in members])
    return means, torch.stack([vectors[m].amax(0) for m in members])


def _label_scores(
    network: Network, example: Example, vectors: Tensor, entities: Tensor, heard: Tensor
) -> Tensor:
    said = _run(network.mention_labels, vectors).masked_fill(~heard.unsqueeze(1), -1e4)
    owners = torch.from_numpy(example.clusters)
    pooled = _segment_logsumexp(said, owners, len(example.entity_members), floor=None)
    return pooled + _run(network.entity_labels, entities)


def _label_loss(example: Example, scores: Tensor) -> Tensor:
    assert example.labels is not None  # noqa: S101 - narrowed by the caller
    actors = [m[0] for m in example.entity_members]
    keep = torch.tensor([example.placed[int(n)].type in _TYPES[:2] for n in actors])
    if not keep.any():
        return scores.new_zeros(())
    gold = torch.from_numpy(example.labels)[keep]
    return functional.binary_cross_entropy_with_logits(scores[keep], gold)


def _relation_loss(
    network: Network,
    example: Example,
    hidden: Tensor,
    vectors: Tensor,
    entities: Tensor,
    labels: Tensor,
) -> Tensor:
    rows = example.relations
    assert rows is not None  # noqa: S101 - narrowed by the caller
    heads, tails = rows.mentions[:, 0], rows.mentions[:, 1]
    features = torch.from_numpy(relation_features(example.placed, heads, tails))
    between = _between(example, hidden, heads, tails)
    said = _run(
        network.mention_relations, vectors[heads], vectors[tails], torch.cat([features, between], 1)
    )
    pooled = _segment_logsumexp(said, torch.from_numpy(rows.owner), len(rows.entities), floor=None)
    head, tail = rows.entities[:, 0], rows.entities[:, 1]
    known = torch.cat([labels[head], labels[tail]], dim=1).detach().sigmoid()
    scores = pooled + _run(network.entity_relations, entities[head], entities[tail], known)
    gold, weights = torch.from_numpy(rows.targets), torch.from_numpy(rows.weights)
    losses = functional.binary_cross_entropy_with_logits(scores, gold, reduction="none")
    return (losses * weights).sum() / (gold * weights).sum().clamp(min=5.0) / 8.0


def _between(
    example: Example,
    hidden: Tensor,
    heads: np.ndarray,
    tails: np.ndarray,
) -> Tensor:
    """Mean hidden state of the words from one mention to the other, both included."""
    firsts = torch.tensor([m.first for m in example.placed])
    lasts = torch.tensor([m.last for m in example.placed])
    start = torch.minimum(firsts[heads], firsts[tails])
    end = torch.maximum(lasts[heads], lasts[tails])
    sums = torch.cat([hidden.new_zeros(1, hidden.shape[1]), hidden.cumsum(0)])
    means: Tensor = (sums[end] - sums[start]) / (end - start).unsqueeze(1)
    return means
