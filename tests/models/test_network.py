"""Tokens, windows, tags and pairs: nothing is lost, whatever the text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.record import EntityType, MentionKind
from models.network.labels import nearest_pairs
from models.network.pairs import PlacedMention, antecedent_candidates, pair_features
from models.network.quotes import quoted_words
from models.network.tags import LAYERS, decode_layer
from models.network.tokens import split_words, windows_of
from models.runtime import WEIGHTS, WordPieces


@pytest.fixture(scope="module")
def wordpieces() -> WordPieces:
    return WordPieces(WEIGHTS / "tokenizer.json")


@given(st.text(max_size=300))
def test_words_cover_everything_but_white_space(text: str) -> None:
    words = split_words(text)
    covered = "".join(words.forms())
    assert "".join(text.split()) == covered or set("".join(text.split())) - set(covered) <= {
        c for c in text if not c.isalnum() and not c.isprintable()
    }
    assert all(s < e for s, e in zip(words.starts, words.ends, strict=True))


@given(text=st.text(max_size=400), size=st.integers(8, 40))
def test_every_word_is_read_in_exactly_one_window(
    wordpieces: WordPieces, text: str, size: int
) -> None:
    words = split_words(text)
    pieces = wordpieces.split(words)
    windows = windows_of(pieces, size=size, overlap=size // 3)
    taken = [n for w in windows for n in range(w.first_word, w.last_word)]
    assert taken == list(range(len(words)))
    for window in windows:
        firsts = pieces.firsts[window.first_word : window.last_word]
        assert all(window.start <= first < window.end for first in firsts)


def test_inside_tags_never_begin_a_span() -> None:
    layer = LAYERS[0]
    scores = np.full((3, layer.width), -10.0, dtype=np.float32)
    person = layer.begin(EntityType.PERSON)
    scores[:, 0] = -2.0
    scores[0, person + 1] = 0.0
    scores[1, person] = 0.0
    scores[2, person + 1] = 0.0
    spans = decode_layer(scores, layer)
    assert [(s.first, s.last, s.type) for s in spans] == [(1, 3, EntityType.PERSON)]


def test_two_adjacent_names_stay_two() -> None:
    layer = LAYERS[0]
    scores = np.full((2, layer.width), -10.0, dtype=np.float32)
    scores[:, layer.begin(EntityType.PERSON)] = 0.0
    assert len(decode_layer(scores, layer)) == 2


def _mention(place: int, form: str, kind: MentionKind = MentionKind.NAM) -> PlacedMention:
    return PlacedMention(place, place + 1, place // 10, EntityType.PERSON, kind, form)


def test_a_name_reaches_its_first_use_however_far_back() -> None:
    mentions = [_mention(0, "Ramón Dela Cruz")]
    mentions += [_mention(n, f"Other{n}") for n in range(1, 400)]
    mentions.append(_mention(400, "ramon"))
    left, right = antecedent_candidates(mentions)
    assert (400, 0) in set(zip(left.tolist(), right.tolist(), strict=True))


def test_candidates_grow_linearly() -> None:
    pronouns = [_mention(n, "he", MentionKind.PRO) for n in range(2000)]
    assert len(antecedent_candidates(pronouns)[0]) <= 2000 * 80


def test_pair_features_know_equal_names_and_unlike_pronouns() -> None:
    mentions = [
        _mention(0, "Ana"),
        _mention(1, "ANA"),
        _mention(2, "he", MentionKind.PRO),
        _mention(3, "she", MentionKind.PRO),
    ]
    rows = pair_features(mentions, np.array([1, 3]), np.array([0, 2]))
    same, other = rows
    assert not np.allclose(same, other)
    assert np.isfinite(rows).all()


def test_nearest_pairs_keep_one_however_far() -> None:
    positions = np.array([0, 5000])
    assert nearest_pairs(np.array([0]), np.array([1]), positions).tolist() == [[0, 1]]


def test_quotations_end_with_the_paragraph() -> None:
    words = split_words('He said "I will. \n\nI left.')
    quoted = dict(zip(words.forms(), quoted_words(words).tolist(), strict=True))
    assert quoted["will"]
    assert not quoted["left"]
