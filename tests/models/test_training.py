"""Training end to end on a handful of texts: it learns, resumes, and exports what it learned."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
import torch

from extractor.record import MentionKind
from models.corpora.annotated import AnnotatedText
from models.corpora.marked import parse_marked
from models.export import export
from models.network.module import Network
from models.network.tokens import WordPieces, split_words, windows_of
from models.runtime import Runtime
from models.training.augmentation import Augmentation
from models.training.command import load_network
from models.training.examples import example_of
from models.training.loop import Plan, train
from models.training.starting import starting_network, starting_weights

STORY = """id: t{n}
author: t
scenario: s
kind: DECLARATION
---
[I|d], [{a} Quispe|d], met [{b} Tello|l] in [Quito|LOC:q] in [May 2019|DATE]. [He|l] took
[my|d] passport and said that [I|d] owed [him|l] [$300|MONEY]. [[My|d] aunt|u] did not know.
---
d PERSON DECLARANT
l PERSON EXPLOITER / DOCUMENT_CONFISCATION DEBT
u PERSON RELATIVE
RESIDES_AT l q
VICTIMIZED l d
FAMILY_OF.EXTENDED u d
"""
NAMES = [("Ana", "Luis"), ("Inés", "Hugo"), ("Rut", "Abel"), ("Sara", "Iván")]


@pytest.fixture(scope="module")
def texts() -> list[AnnotatedText]:
    return [parse_marked(STORY.format(n=n, a=a, b=b)) for n, (a, b) in enumerate(NAMES)]


@pytest.fixture(scope="module")
def start() -> tuple[Network, WordPieces]:
    return starting_network("small")


def losses(folder: Path) -> list[dict[str, float]]:
    lines = (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_it_learns_resumes_and_exports(
    texts: list[AnnotatedText], start: tuple[Network, WordPieces], tmp_path: Path
) -> None:
    network, wordpieces = start
    folder = tmp_path / "run"
    plan = Plan(public_epochs=0, own_epochs=3, texts_a_step=2)
    train(network, wordpieces, [], texts, folder, plan)
    log = losses(folder)
    assert len(log) == 3
    assert log[-1]["tags"] < log[0]["tags"]
    train(network, wordpieces, [], texts, folder, plan)
    assert len(losses(folder)) == 3, "a finished run does nothing more"

    before = [p.clone() for p in network.tagging.encoder.layers[0].parameters()]
    held = Plan(public_epochs=0, own_epochs=1, texts_a_step=2, frozen_layers=2)
    train(network, wordpieces, [], texts, tmp_path / "held", held)
    after = list(network.tagging.encoder.layers[0].parameters())
    assert all(torch.equal(a, b) for a, b in zip(before, after, strict=True))

    load_network(network, folder)
    export(network, starting_weights("small").tokenizer, tmp_path / "weights", "test", "small")
    runtime = Runtime(tmp_path / "weights")
    words = split_words(texts[0].text)
    pieces = wordpieces.split(words)
    hidden, tags = runtime.encode(pieces, windows_of(pieces))
    assert len(hidden) == len(tags) == len(words)


def test_an_exported_head_answers_as_the_torch_module(
    start: tuple[Network, WordPieces], tmp_path: Path
) -> None:
    network, _ = start
    export(network, starting_weights("small").tokenizer, tmp_path, "test", "small")
    vectors = np.random.default_rng(1).normal(size=(7, 256)).astype(np.float32)
    with torch.no_grad():
        expected = network.eval().mention_labels(torch.from_numpy(vectors)).numpy()
    answered = Runtime(tmp_path).head("mention_labels", vectors)
    assert np.allclose(expected, answered, atol=1e-4)


def test_variants_keep_every_mark_on_its_words(texts: list[AnnotatedText]) -> None:
    augmentation = Augmentation(["Wanjiru", "Li", "Oyelaran"], swap=1.0, upper=0, lower=0, noise=0)
    for seed in range(20):
        varied = augmentation.varied(texts[0], random.Random(seed))
        forms = {varied.surface(m) for m in varied.mentions if m.kind is not MentionKind.NAM}
        assert forms == {"I", "my", "He", "him", "My aunt", "My"}
        assert "Tello" not in varied.text


def test_tags_and_relations_reach_the_example(
    texts: list[AnnotatedText], start: tuple[Network, WordPieces]
) -> None:
    example = example_of(texts[0], start[1])
    assert example.relations is not None
    assert example.labels is not None
    assert example.relations.targets[:, :11].sum() == 4  # kinship holds both ways
    assert example.allowed.any(axis=1).all()
