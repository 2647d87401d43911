"""The encoder computes what the published model computes, and does not mind padding."""

from __future__ import annotations

import torch

from models.network.encoder import _bucket
from models.training.starting import starting_network


def test_padding_changes_nothing() -> None:
    network, _ = starting_network("small")
    encoder = network.tagging.encoder.eval()
    ids = torch.randint(1000, 20000, (1, 12), generator=torch.Generator().manual_seed(1))
    ones, cases = torch.ones_like(ids), torch.zeros_like(ids)
    padded = torch.cat([ids, torch.zeros(1, 5, dtype=torch.long)], dim=1)
    mask = torch.cat([ones, torch.zeros(1, 5, dtype=torch.long)], dim=1)
    with torch.no_grad():
        plain = encoder(ids, ones, cases)
        beside = encoder(padded, mask, torch.zeros_like(padded))[:, :12]
    assert torch.allclose(plain, beside, atol=1e-4)


def test_buckets_of_distances_are_those_of_t5() -> None:
    assert [_bucket(d) for d in (0, -1, -7, -8, 1, 7)] == [0, 1, 7, 8, 17, 23]
    assert _bucket(-500) == 15
    assert _bucket(500) == 31
