"""What must be noticed before a question is answered: urgency, harm to others, other business.

A message is compared with examples of each kind and with near misses: nearest neighbours by
cosine.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.judging.examples import Example, Intent

# How many of the nearest examples of a kind are averaged: one alone may be an accident.
NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a message is to the examples of each kind: means of the nearest cosines."""

    door: float
    arrest: float
    harmful: float
    outside: float
    none: float

    @property
    def urgent(self) -> float:
        return max(self.door, self.arrest)


def likeness(
    vector: NDArray[np.float32], vectors: NDArray[np.float32], examples: tuple[Example, ...]
) -> Likeness:
    """Compare ``vector`` (length one) with those of ``examples`` (shape ``(n, dimensions)``)."""
    if not vector.size:
        return Likeness(0.0, 0.0, 0.0, 0.0, 0.0)
    cosines = vectors @ vector
    kinds = np.array([example.intent for example in examples])

    def nearest(kind: Intent) -> float:
        own = np.sort(cosines[kinds == kind])[::-1][:NEIGHBOURS]
        return float(own.mean()) if own.size else 0.0

    return Likeness(
        nearest("door"),
        nearest("arrest"),
        nearest("harmful"),
        nearest("outside"),
        nearest("none"),
    )
