"""How like is like enough: the numbers that decide whether a statement's meaning is borne."""

from __future__ import annotations

import math
from typing import NamedTuple


class Features(NamedTuple):
    """What the model of meaning looks at, each between 0 and 1.

    ``words``: mean likeness of words in the clause where it is least; ``least_word``: likeness of
    the word that is least like any of its source; ``novel``: share of words that are new;
    ``clause``: cosine of the clause that is least like its sentence; ``whole``: cosine of the
    statement to its sentences together; ``spread``: how many sentences it stands on, for each of its
    clauses beyond the first.
    """

    words: float
    least_word: float
    novel: float
    clause: float
    whole: float


class Weights(NamedTuple):
    """A logistic model of "the cited sentences say this"."""

    constant: float
    words: float
    least_word: float
    novel: float
    clause: float
    whole: float


SAME_LANGUAGE = Weights(-9.0, 6.0, 2.0, -3.0, 4.0, 4.0)
OTHER_LANGUAGE = Weights(-7.0, 5.0, 1.0, -2.0, 4.0, 5.0)
# Likelihood from which on a statement passes.
PASSES = 0.5
# Likeness below which a word of a statement is new.
NOVEL = 0.6


def likelihood(features: Features, weights: Weights) -> float:
    """Return how likely the cited sentences say it, between 0 and 1."""
    total = weights.constant + sum(f * w for f, w in zip(features, weights[1:], strict=True))
    return 1 / (1 + math.exp(-total))
