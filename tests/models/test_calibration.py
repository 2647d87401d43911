"""Calibration: a score that overstates is brought down, order is kept."""

from __future__ import annotations

import numpy as np

from models.calibration import CALIBRATION_FEATURES, calibrated, calibration_features, fitted
from models.network.labels import LABEL_COUNT, TRAFFICKER


def features(scores: np.ndarray) -> np.ndarray:
    entities = np.tile(np.array([1, 0, 0.7, 0, 0, 1], dtype=np.float32), (len(scores), 1))
    labels = np.full((len(scores), LABEL_COUNT), -4.0, dtype=np.float32)
    labels[:, TRAFFICKER] = scores
    return calibration_features(labels, entities, np.full(len(scores), -6.0))


def test_overconfident_scores_come_down_to_their_precision() -> None:
    chance = np.random.default_rng(3)
    scores = chance.normal(3.0, 1.0, 400)
    right = chance.random(400) < 0.6
    weights = fitted(features(scores), right)
    chances = 1 / (1 + np.exp(-calibrated(features(scores), weights)))
    assert abs(float(chances.mean()) - float(right.mean())) < 0.05
    assert set(weights) == set(CALIBRATION_FEATURES)


def test_without_weights_the_score_stands() -> None:
    scores = np.array([-2.0, 0.5, 3.0])
    assert np.allclose(calibrated(features(scores), None), scores)
