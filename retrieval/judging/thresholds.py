"""How sure is sure enough: every number that decides whether the bot speaks, in one place.

Chosen on the development split of ``tests/eval/questions`` by ``python -m tests.eval.calibrate``,
which prints the curve of risk against coverage that they were read off.
"""

from __future__ import annotations

from typing import NamedTuple


class ConfidenceWeights(NamedTuple):
    """A logistic model of "the best hit answers the question"."""

    constant: float
    dense: float
    fit: float
    held: float
    unknown: float
    foreign: float
    together: float
    length: float
    around: float
    near_missing: float
    missing: float


CONFIDENCE = ConfidenceWeights(
    constant=-5.114,
    dense=2.593,
    fit=3.641,
    held=4.746,
    unknown=-5.453,
    foreign=-3.480,
    together=2.713,
    length=0.648,
    around=6.521,
    near_missing=-6.158,
    missing=-0.719,
)

# Confidence from which a question is answered; from which the nearest is offered as such.
ANSWER, OFFER = 0.45, 0.38

# How far ahead of "none of these" a message must be to count as urgent, harmful, other business.
URGENT, URGENT_NEAR = 0.0, -0.3
HARMFUL, HARMFUL_THOUGH_KNOWN = 0.3, 0.7
OUTSIDE = 0.2

# From this share of words that no passage holds on, a message is not readable enough to alarm.
GIBBERISH = 1.0
