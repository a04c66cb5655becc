"""Two ways of searching, one ranking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from statistics import fmean, pstdev

# The share of the dense score, and how much a document's other hits add to each of its passages.
# `python -m tests.eval.tune` prints the development questions' figures for other values.
DENSE_WEIGHT = 0.4
SUPPORT, SUPPORT_DEPTH = 0.2, 3


def ranking(
    dense: Mapping[str, float],
    words: Mapping[str, float],
    weight: float = DENSE_WEIGHT,
    support: float = SUPPORT,
) -> dict[str, float]:
    """Return one score for every passage key (``document#section.n``) that either search found."""
    return supported(fused(dense, words, weight), support)


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


def supported(scores: Mapping[str, float], weight: float = SUPPORT) -> dict[str, float]:
    """Return ``scores`` with what the rest of each document adds: ``weight`` times the mean of its
    best ``SUPPORT_DEPTH`` scores. Several near hits in one document vouch for one another."""
    by_document: dict[str, list[float]] = defaultdict(list)
    for key, score in scores.items():
        by_document[key.partition("#")[0]].append(score)
    bonus = {
        document: weight * sum(sorted(own, reverse=True)[:SUPPORT_DEPTH]) / SUPPORT_DEPTH
        for document, own in by_document.items()
    }
    return {key: score + bonus[key.partition("#")[0]] for key, score in scores.items()}
