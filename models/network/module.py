"""The network in torch: one encoder pass a window, five heads.

Invariant: every head is a pure function of arrays whose first axis is the item (word,
mention, pair, entity), so the exported graphs and this module compute the same thing.
Shapes: H = encoder width, M = `MENTION_WIDTH`.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from models.network.labels import ENTITY_FEATURES, LABEL_COUNT, RELATION_COUNT
from models.network.pairs import PAIR_FEATURES, RELATION_FEATURES
from models.network.tags import TAG_COUNT
from models.network.tokens import CASES

__all__ = ["MENTION_WIDTH", "Network", "TaggingEncoder", "with_cases"]

MENTION_WIDTH = 256
_HIDDEN = 192


def with_cases(encoder: Any) -> nn.Module:  # noqa: ANN401 - a transformers model
    """Let the encoder's token types say the case of each token (the encoder is uncased)."""
    embeddings = encoder.embeddings
    old = embeddings.token_type_embeddings.weight.data
    grown = nn.Embedding(CASES, old.shape[1])
    grown.weight.data = old[:1].repeat(CASES, 1) + 0.02 * torch.randn(CASES, old.shape[1])
    embeddings.token_type_embeddings = grown
    encoder.config.type_vocab_size = CASES
    grown_encoder: nn.Module = encoder
    return grown_encoder


class TaggingEncoder(nn.Module):
    """Pieces of a window -> hidden states and tag scores, both for every piece."""

    def __init__(self, encoder: nn.Module, width: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.tagger = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, TAG_COUNT))

    def forward(self, ids: Tensor, mask: Tensor, cases: Tensor) -> tuple[Tensor, Tensor]:
        """ids, mask, cases: windows x pieces; gives windows x pieces x H and x TAG_COUNT."""
        hidden = self.encoder(
            input_ids=ids, attention_mask=mask, token_type_ids=cases
        ).last_hidden_state
        return hidden, self.tagger(self.dropout(hidden))


class MentionHead(nn.Module):
    """First word, last word and mean of a mention's words -> M."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.words = nn.Linear(3 * width, MENTION_WIDTH)
        self.types = nn.Embedding(32, MENTION_WIDTH)
        self.kinds = nn.Embedding(3, MENTION_WIDTH)
        self.out = nn.Sequential(nn.GELU(), nn.LayerNorm(MENTION_WIDTH), nn.Dropout(0.1))

    def forward(self, words: Tensor, types: Tensor, kinds: Tensor) -> Tensor:
        """words: mentions x 3H; types, kinds: mentions; gives mentions x M."""
        mixed: Tensor = self.out(self.words(words) + self.types(types) + self.kinds(kinds))
        return mixed


class PairHead(nn.Module):
    """Two vectors, their product and features -> scores."""

    def __init__(self, width: int, features: int, outputs: int) -> None:
        super().__init__()
        self.left = nn.Linear(width, _HIDDEN)
        self.right = nn.Linear(width, _HIDDEN, bias=False)
        self.product = nn.Linear(width, _HIDDEN, bias=False)
        self.features = nn.Linear(features, _HIDDEN, bias=False)
        self.out = nn.Sequential(
            nn.GELU(),
            nn.Dropout(0.15),
            nn.Linear(_HIDDEN, _HIDDEN),
            nn.GELU(),
            nn.Linear(_HIDDEN, outputs),
        )

    def forward(self, left: Tensor, right: Tensor, features: Tensor) -> Tensor:
        """left, right: pairs x width; features: pairs x features; gives pairs x outputs."""
        mixed = self.left(left) + self.right(right) + self.product(left * right)
        scores: Tensor = self.out(mixed + self.features(features))
        return scores


class LabelHead(nn.Module):
    """Vector of a mention or entity -> scores of roles, means and alleged trafficker."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(width, _HIDDEN), nn.GELU(), nn.Dropout(0.15), nn.Linear(_HIDDEN, LABEL_COUNT)
        )

    def forward(self, vectors: Tensor) -> Tensor:
        """vectors: items x width; gives items x LABEL_COUNT."""
        scores: Tensor = self.net(vectors)
        return scores


class Network(nn.Module):
    """The encoder with all heads."""

    def __init__(self, encoder: nn.Module, width: int) -> None:
        super().__init__()
        self.width = width
        self.tagging = TaggingEncoder(with_cases(encoder), width)
        self.mention = MentionHead(width)
        self.coreference = PairHead(MENTION_WIDTH, PAIR_FEATURES, 1)
        self.mention_labels = LabelHead(MENTION_WIDTH)
        self.entity_labels = LabelHead(2 * MENTION_WIDTH + ENTITY_FEATURES)
        self.mention_relations = PairHead(MENTION_WIDTH, RELATION_FEATURES + width, RELATION_COUNT)
        self.entity_relations = PairHead(2 * MENTION_WIDTH, 2 * LABEL_COUNT, RELATION_COUNT)
