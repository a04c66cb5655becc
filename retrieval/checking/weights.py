"""How like is like enough: the numbers that decide whether a statement's meaning is borne."""

from __future__ import annotations

import math
from typing import NamedTuple


class Features(NamedTuple):
    """What the model of meaning sees of a clause of a statement, each between 0 and 1."""

    words: float  # mean likeness of its words to those of its sentence
    least_word: float  # likeness of the word that is least like any of them
    novel: float  # share of its words that are new
    clause: float  # cosine of clause and sentence
    whole: float  # cosine of the whole statement and the sentence
    short: float  # one over its number of words of content
    all_words: float  # mean likeness of the words of the whole statement


class Weights(NamedTuple):
    """A logistic model of "the sentence says this"."""

    constant: float
    words: float
    least_word: float
    novel: float
    clause: float
    whole: float
    short: float
    all_words: float


# Chosen on the development half of the folder's documents by
# ``python -m tests.eval.checking.calibrate``, which prints them and the curves of the thresholds.
SAME_LANGUAGE = Weights(
    constant=-8.728,
    words=6.543,
    least_word=-0.243,
    novel=-8.922,
    clause=-0.622,
    whole=7.107,
    short=9.513,
    all_words=0.728,
)
OTHER_LANGUAGE = Weights(
    constant=-2.547,
    words=0.137,
    least_word=-2.404,
    novel=-6.312,
    clause=1.221,
    whole=6.305,
    short=5.882,
    all_words=2.944,
)
# Likelihood from which on a statement passes: in the language of its passage, in the other one.
PASSES, PASSES_ACROSS = 0.45, 0.45
# Likeness below which a word of a statement is new.
NOVEL = 0.6


def likelihood(features: Features, weights: Weights) -> float:
    """Return how likely its sentence says the clause, between 0 and 1."""
    total = weights.constant + sum(f * w for f, w in zip(features, weights[1:], strict=True))
    return 1 / (1 + math.exp(-total))
