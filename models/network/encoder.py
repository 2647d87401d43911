"""The encoder: a BERT-like transformer of our own shape, filled from published weights.

Written out because the library's MPNet has no fused attention: with it two cores train a
third faster, any number of lower layers can be kept, and the letter case of each token
can be told to an uncased vocabulary. Layers are post-norm, as in BERT (Devlin et al.
2019); MPNet (Song et al. 2020) adds one relative-position bias for all layers.
Shapes: W = windows, P = pieces, H = width.
"""

from __future__ import annotations

import dataclasses
import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from models.network.tokens import CASES

__all__ = ["Encoder", "EncoderShape"]

_RELATIVE_BUCKETS = 32
_RELATIVE_REACH = 128


@dataclasses.dataclass(frozen=True)
class EncoderShape:
    """Sizes of an encoder; `first_position` is the position of the first piece (MPNet: 2)."""

    vocabulary: int
    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    first_position: int = 0
    relative: bool = False
    epsilon: float = 1e-12


class _Layer(nn.Module):
    """Self-attention and a feed-forward network, each with its residual and norm."""

    def __init__(self, shape: EncoderShape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attend = nn.Linear(shape.width, 3 * shape.width)
        self.attended = nn.Linear(shape.width, shape.width)
        self.first_norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)
        self.second_norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = nn.Dropout(0.1)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """hidden: W x P x H; bias: W x heads x P x P, added to the attention scores."""
        rows, length, width = hidden.shape
        split = self.attend(hidden).view(rows, length, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(query, key, value, bias)
        mixed = mixed.transpose(1, 2).reshape(rows, length, width)
        hidden = self.first_norm(hidden + self.dropout(self.attended(mixed)))
        inner = functional.gelu(self.inner(hidden))
        normed: Tensor = self.second_norm(hidden + self.dropout(self.outer(inner)))
        return normed


class Encoder(nn.Module):
    """Pieces -> hidden states; no dropout within attention, which would cost the fused kernel."""

    distances: Tensor

    def __init__(self, shape: EncoderShape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.cases = nn.Embedding(CASES, shape.width)
        nn.init.normal_(self.cases.weight, std=0.02)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(_Layer(shape) for _ in range(shape.layers))
        self.register_buffer("distances", torch.zeros(2 * shape.positions, shape.heads))

    def forward(self, ids: Tensor, mask: Tensor, cases: Tensor) -> Tensor:
        """ids, mask, cases: W x P; gives W x P x H."""
        count = len(self.layers)
        return self.through(self.embedded(ids, cases), mask, 0, count)

    def embedded(self, ids: Tensor, cases: Tensor) -> Tensor:
        """ids, cases: W x P; gives W x P x H, what the first layer reads."""
        places = torch.arange(ids.shape[1], device=ids.device)
        embedded = self.words(ids) + self.positions(places + self.shape.first_position)
        hidden: Tensor = self.dropout(self.norm(embedded + self.cases(cases)))
        return hidden

    def through(self, hidden: Tensor, mask: Tensor, first: int, last: int) -> Tensor:
        """Run some layers; hidden: W x P x H, mask: W x P."""
        attended = torch.get_autocast_dtype("cpu") if torch.is_autocast_enabled("cpu") else None
        bias = self._bias(mask).to(attended or hidden.dtype)
        for layer in self.layers[first:last]:
            hidden = layer(hidden, bias)
        return hidden

    def _bias(self, mask: Tensor) -> Tensor:
        """Relative-position bias (if any) and minus a large number at padding.

        W x heads x P x P, or W x 1 x 1 x P.
        """
        padding = (1.0 - mask[:, None, None, :].float()) * -1e4
        if not self.shape.relative:
            return padding
        places = torch.arange(mask.shape[1], device=mask.device)
        between = places[None, :] - places[:, None] + self.shape.positions
        relative = self.distances[between].permute(2, 0, 1)
        return relative[None] + padding

    def set_relative(self, buckets: Tensor) -> None:
        """Lay out a bucketed relative bias (buckets x heads) by distance; it is not trained."""
        reach = self.shape.positions
        rows = [_bucket(distance) for distance in range(-reach, reach)]
        self.distances.copy_(buckets[torch.tensor(rows)])


def _bucket(distance: int) -> int:
    """Bucket of a distance from query to key: exact when near, logarithmic when far (T5)."""
    half = _RELATIVE_BUCKETS // 2
    exact = half // 2
    side = half if distance > 0 else 0
    distance = abs(distance)
    if distance < exact:
        return side + distance
    scaled = math.log(distance / exact) / math.log(_RELATIVE_REACH / exact) * (half - exact)
    return side + min(exact + int(scaled), half - 1)
