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
    words: float
    ahead: float
    held: float
    unknown: float
    known: float
    missing: float


CONFIDENCE = ConfidenceWeights(
    constant=-4.220,
    dense=1.960,
    words=9.089,
    ahead=0.103,
    held=-0.325,
    unknown=-6.443,
    known=6.396,
    missing=-0.590,
)

# Confidence from which a question is answered; from which the nearest is offered as such.
ANSWER, OFFER = 0.5, 0.4

# How far ahead of "none of these" a message must be to count as urgent, harmful, other business.
URGENT, URGENT_NEAR = 0.0, -0.3
HARMFUL, HARMFUL_THOUGH_KNOWN = 0.3, 0.7
OUTSIDE = 0.2

# From this share of words that no passage holds on, a message is not readable enough to alarm.
GIBBERISH = 1.0
