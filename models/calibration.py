"""From the network's score that an entity is an alleged trafficker to a probability.

A logistic regression (Platt 1999) on texts that nobody learned from. Beside the score it
knows the score of the surest role that a trafficker has, whether the entity is named, how
often it is mentioned, whether only once, how often described (`the driver`), and how nearly
it joined another entity: a second entry for one person is the commonest wrong finding.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from extractor.record import TRAFFICKER_ROLES
from models.network.labels import LABELS, TRAFFICKER

__all__ = ["CALIBRATION_FEATURES", "calibrated", "calibration_features", "fitted"]

Floats = NDArray[np.float32]
CALIBRATION_FEATURES = ("bias", "score", "named", "mentions", "link", "role", "once", "described")
_ROLES = [column for column, label in enumerate(LABELS) if label in TRAFFICKER_ROLES]
_ONE_MENTION = float(np.log1p(1.0)) + 0.01
_PENALTY = 0.02


def calibration_features(scores: Floats, entities: Floats, links: NDArray[np.float64]) -> Floats:
    """Rows of `CALIBRATION_FEATURES`.

    Args:
        scores: logits of all labels, entities x labels.
        entities: `entity_features` of the same entities.
        links: best score of a link to another entity that was not made.
    """
    clipped, mentions = np.clip(scores, -12, 12), entities[:, 2:5].sum(axis=1)
    columns = [
        np.ones(len(scores)),
        clipped[:, TRAFFICKER],
        entities[:, 5],
        mentions,
        np.clip(links, -6, 0),
        clipped[:, _ROLES].max(axis=1),
        mentions < _ONE_MENTION,
        entities[:, 3],
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def calibrated(features: Floats, weights: dict[str, float] | None) -> Floats:
    """Logits of the probability; without weights the network's own."""
    if not weights:
        return features[:, 1]
    logits: Floats = features @ np.array([weights[n] for n in CALIBRATION_FEATURES], np.float32)
    return logits


def fitted(features: Floats, right: NDArray[np.bool_]) -> dict[str, float]:
    """Weights by maximum likelihood, drawn towards "the score itself"."""
    prior = np.array([float(name == "score") for name in CALIBRATION_FEATURES])

    def loss(weights: NDArray[np.float64]) -> float:
        logits = features @ weights
        likelihood = np.logaddexp(0.0, np.where(right, -logits, logits)).sum()
        return float(likelihood + _PENALTY * len(right) * ((weights - prior) ** 2).sum() / 10)

    found = minimize(loss, prior, method="L-BFGS-B").x
    return {n: round(float(w), 4) for n, w in zip(CALIBRATION_FEATURES, found, strict=True)}
