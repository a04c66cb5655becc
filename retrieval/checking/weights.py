"""How like is like enough: the numbers that decide whether a statement's meaning is borne."""

from __future__ import annotations

from typing import NamedTuple


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
