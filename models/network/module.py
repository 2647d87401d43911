"""The network in torch: one encoder pass a window, five heads.

Invariant: every head is a pure function of arrays whose first axis is the item (word,
mention, pair, entity), so the exported graphs and this module compute the same thing.
Shapes: H = encoder width, M = `MENTION_WIDTH`.
"""

from __future__ import annotations

from torch import Tensor, nn

from models.network.encoder import Encoder
from models.network.labels import ENTITY_FEATURES, LABEL_COUNT, RELATION_COUNT
from models.network.pairs import PAIR_FEATURES, RELATION_FEATURES
from models.network.tags import TAG_COUNT

__all__ = ["MENTION_WIDTH", "Network", "TaggingEncoder"]

MENTION_WIDTH = 256
_HIDDEN = 192


class TaggingEncoder(nn.Module):
    """Pieces of a window -> hidden states and tag scores, both for every piece."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        width = encoder.shape.width
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.tagger = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, TAG_COUNT))

    def forward(self, ids: Tensor, mask: Tensor, cases: Tensor) -> tuple[Tensor, Tensor]:
        """ids, mask, cases: windows x pieces; gives windows x pieces x H and x TAG_COUNT."""
        hidden = self.encoder(ids, mask, cases)
        return hidden, self.tags(hidden)

    def tags(self, hidden: Tensor) -> Tensor:
        """hidden: ... x H; gives ... x TAG_COUNT."""
        scores: Tensor = self.tagger(self.dropout(hidden))
        return scores


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

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.width = width = encoder.shape.width
        self.tagging = TaggingEncoder(encoder)
        self.mention = MentionHead(width)
        self.coreference = PairHead(MENTION_WIDTH, PAIR_FEATURES, 1)
        self.mention_labels = LabelHead(MENTION_WIDTH)
        self.entity_labels = LabelHead(2 * MENTION_WIDTH + ENTITY_FEATURES)
        self.mention_relations = PairHead(MENTION_WIDTH, RELATION_FEATURES + width, RELATION_COUNT)
        self.entity_relations = PairHead(2 * MENTION_WIDTH, 2 * LABEL_COUNT, RELATION_COUNT)
