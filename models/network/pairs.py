"""Which pairs of mentions are scored, and what is known of a pair besides the network.

Coreference candidates of a mention are the nearest earlier mentions and, for names and
descriptions, all earlier ones that share a word; so cost grows linearly with the text.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import unicodedata
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from extractor.record import EntityType, MentionKind

__all__ = [
    "PAIR_FEATURES",
    "RELATION_FEATURES",
    "PlacedMention",
    "antecedent_candidates",
    "pair_features",
    "plain",
    "relation_features",
]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

NEAR = 80
FAR = 40
_DISTANCES = np.array([1, 2, 3, 5, 8, 16, 32, 64, 128])
_PRONOUN_CLASSES = (
    frozenset(["i", "me", "my", "mine", "myself"]),
    frozenset(["he", "him", "his", "himself"]),
    frozenset(["she", "her", "hers", "herself"]),
    frozenset(["you", "your", "yours", "yourself"]),
)
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "my",
        "your",
        "his",
        "her",
        "our",
        "their",
        "this",
        "that",
        "of",
        "and",
        "de",
        "la",
        "s",
    ]
)
_STRINGS = 8
PAIR_FEATURES = 2 * (len(_DISTANCES) + 1) + 16 + _STRINGS + 6
RELATION_FEATURES = 2 * (len(_DISTANCES) + 1) + 3


@dataclasses.dataclass(frozen=True)
class PlacedMention:
    """A mention as the pair scorers see it: words `first:last`, its sentence and form."""

    first: int
    last: int
    sentence: int
    type: EntityType
    kind: MentionKind
    form: str
    quoted: bool = False


@functools.lru_cache(maxsize=65536)
def plain(form: str) -> str:
    """Lower case without accents or punctuation."""
    decomposed = unicodedata.normalize("NFKD", form.casefold())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", kept))


@functools.lru_cache(maxsize=65536)
def _content(form: str) -> tuple[str, ...]:
    words = plain(form).split()
    return tuple(w for w in words if w not in _SMALL_WORDS) or tuple(words)


@functools.lru_cache(maxsize=65536)
def _pronoun_class(form: str) -> int:
    for number, words in enumerate(_PRONOUN_CLASSES):
        if form.casefold() in words:
            return number
    return -1


@functools.lru_cache(maxsize=262144)
def _string_features(left: str, right: str) -> tuple[float, ...]:
    """Equal, last equal, first equal, contained, share, similar, initials, length gap."""
    a, b = _content(left), _content(right)
    if not a or not b:
        return (0.0,) * _STRINGS
    shared = len(set(a) & set(b))
    ratio = SequenceMatcher(None, " ".join(a), " ".join(b), autojunk=False).ratio()
    return (
        float(a == b),
        float(a[-1] == b[-1]),
        float(a[0] == b[0]),
        float(shared == min(len(set(a)), len(set(b)))),
        shared / max(len(set(a)), len(set(b))),
        ratio,
        float([w[0] for w in a] == [w[0] for w in b]),
        float(abs(len(a) - len(b)) > 0),
    )


def antecedent_candidates(mentions: list[PlacedMention]) -> tuple[Ints, Ints]:
    """Rows (mention, earlier mention) of one type, for mentions in text order."""
    by_word: dict[str, list[int]] = {}
    near: dict[EntityType, list[int]] = {}
    anaphors: list[int] = []
    antecedents: list[int] = []
    for index, mention in enumerate(mentions):
        spoken = mention.kind is MentionKind.PRO
        words = set() if spoken else set(_content(mention.form))
        chosen = set(near.setdefault(mention.type, [])[-NEAR:])
        for word in words:
            chosen.update(by_word.setdefault(f"{mention.type}{word}", [])[-FAR:])
            by_word[f"{mention.type}{word}"].append(index)
        near[mention.type].append(index)
        anaphors += [index] * len(chosen)
        antecedents += sorted(chosen)
    return np.array(anaphors, dtype=np.int64), np.array(antecedents, dtype=np.int64)


def _bucketed(distances: Ints) -> Floats:
    buckets = np.searchsorted(_DISTANCES, distances, side="right")
    return np.eye(len(_DISTANCES) + 1, dtype=np.float32)[buckets]


def pair_features(mentions: list[PlacedMention], left: Ints, right: Ints) -> Floats:
    """Features of pairs, pairs x `PAIR_FEATURES`; `left` holds the later mentions."""
    if not len(left):
        return np.zeros((0, PAIR_FEATURES), dtype=np.float32)
    kinds = np.array([list(MentionKind).index(m.kind) for m in mentions])
    sentences = np.array([m.sentence for m in mentions])
    quoted = np.array([m.quoted for m in mentions])
    classes = np.array([_pronoun_class(m.form) for m in mentions])
    kind_pairs = np.eye(9, dtype=np.float32)[kinds[left] * 3 + kinds[right]]
    both = (classes[left] >= 0) & (classes[right] >= 0)
    same = both & (classes[left] == classes[right])
    flags = np.stack(
        [
            same, both & ~same, quoted[left], quoted[right], quoted[left] == quoted[right],
            _nested(mentions, left, right),
            np.array([mentions[i].type is EntityType.PERSON for i in left]),
        ],
        axis=1,
    ).astype(np.float32)  # fmt: skip
    one_class = np.eye(6, dtype=np.float32)[np.where(classes[left] < 0, 5, classes[left])]
    return np.concatenate(
        [
            _bucketed(left - right),
            _bucketed(sentences[left] - sentences[right]),
            kind_pairs, flags, _strings(mentions, left, right), one_class,
        ],
        axis=1,
    )  # fmt: skip


def _nested(mentions: list[PlacedMention], left: Ints, right: Ints) -> NDArray[np.bool_]:
    firsts = np.array([m.first for m in mentions])
    lasts = np.array([m.last for m in mentions])
    return (firsts[left] < lasts[right]) & (firsts[right] < lasts[left])


def _strings(mentions: list[PlacedMention], left: Ints, right: Ints) -> Floats:
    features = np.zeros((len(left), _STRINGS), dtype=np.float32)
    spoken = [m.kind is MentionKind.PRO for m in mentions]
    for row, (i, j) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        if not spoken[i] and not spoken[j]:
            features[row] = _string_features(mentions[i].form, mentions[j].form)
    return features


def relation_features(mentions: list[PlacedMention], heads: Ints, tails: Ints) -> Floats:
    """Distance and order of the two mentions of a candidate relation."""
    if not len(heads):
        return np.zeros((0, RELATION_FEATURES), dtype=np.float32)
    firsts = np.array([m.first for m in mentions])
    sentences = np.array([m.sentence for m in mentions])
    order = np.stack(
        [
            firsts[heads] < firsts[tails],
            _nested(mentions, heads, tails),
            sentences[heads] == sentences[tails],
        ],
        axis=1,
    ).astype(np.float32)
    return np.concatenate(
        [
            _bucketed(np.abs(firsts[heads] - firsts[tails])),
            _bucketed(np.abs(sentences[heads] - sentences[tails])),
            order,
        ],
        axis=1,
    )
