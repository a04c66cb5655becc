"""How sure a mean is: percentile bootstrap (Efron, "Bootstrap Methods", 1979)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000
# Of the intervals, this share holds the mean of many such question sets.
CONFIDENCE = 0.95
_SEED = 1401


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of the interval around the mean of ``values`` (at least one)."""
    return _ends(_means(values, np.random.default_rng(_SEED)))


def gap_interval(one: Sequence[float], other: Sequence[float]) -> tuple[float, float]:
    """Return the ends of the interval around mean(``one``) - mean(``other``), drawn apart."""
    random = np.random.default_rng(_SEED)
    return _ends(_means(one, random) - _means(other, random))


def _means(values: Sequence[float], random: np.random.Generator) -> NDArray[np.float64]:
    drawn = random.integers(len(values), size=(RESAMPLES, len(values)))
    means: NDArray[np.float64] = np.asarray(values, dtype=np.float64)[drawn].mean(axis=1)
    return means


def _ends(means: NDArray[np.float64]) -> tuple[float, float]:
    outside = (1 - CONFIDENCE) / 2
    low, high = np.quantile(means, [outside, 1 - outside])
    return float(low), float(high)
