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
    constant=-5.535,
    dense=1.497,
    fit=3.340,
    held=4.779,
    unknown=-6.509,
    foreign=-3.952,
    together=3.668,
    length=0.614,
    around=11.361,
    near_missing=-4.866,
    missing=-0.361,
)

# Confidence from which a question is answered; from which the nearest is offered as such.
ANSWER, OFFER = 0.6, 0.5

# How far ahead of "none of these" a message must be to count as urgent, harmful, other business.
URGENT, URGENT_NEAR = -0.05, -0.3
HARMFUL, HARMFUL_THOUGH_KNOWN = 0.2, 0.35
OUTSIDE = 0.2

# From this share of words that no passage holds on, a message is not readable enough to alarm.
GIBBERISH = 1.0
