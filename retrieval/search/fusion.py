"""Two ways of searching, one ranking."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean, pstdev

# The share of the dense score. Chosen on the development questions by `python -m tests.eval.tune`.
DENSE_WEIGHT = 0.6


def standardised(scores: Mapping[str, float]) -> dict[str, float]:
    """Return ``scores`` as z-scores: mean 0, standard deviation 1 (all 0 if they are equal)."""
    if not scores:
        return {}
    mean, deviation = fmean(scores.values()), pstdev(scores.values())
    return {key: (s - mean) / deviation if deviation else 0.0 for key, s in scores.items()}


def fused(
    dense: Mapping[str, float], words: Mapping[str, float], weight: float = DENSE_WEIGHT
) -> dict[str, float]:
    """Return the weighted sum of the z-scores of both searches, for every key that either found.

    A key that one search did not find counts there as its worst. Fusion by standardised scores
    keeps how far ahead a hit is, which reciprocal ranks throw away (Bruch, Gai and Ingber, "An
    Analysis of Fusion Functions for Hybrid Retrieval", 2023).
    """
    keys = dense.keys() | words.keys()
    worst_dense, worst_words = min(dense.values(), default=0.0), min(words.values(), default=0.0)
    z_dense = standardised({key: dense.get(key, worst_dense) for key in keys})
    z_words = standardised({key: words.get(key, worst_words) for key in keys})
    return {key: weight * z_dense[key] + (1 - weight) * z_words[key] for key in keys}
