"""How sure is sure enough: every number that decides whether the bot speaks, in one place.

Chosen on the development split of ``tests/eval/questions``, and on the questions that stand there
for nothing but this (``fitting/``), by ``python -m tests.eval.calibrate``, which prints the weights
and the curve of risk against coverage that the thresholds were read off.
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
    constant=-3.860,
    dense=2.852,
    fit=2.000,
    held=3.841,
    unknown=-3.184,
    foreign=-1.518,
    together=1.531,
    length=0.163,
    around=6.352,
    near_missing=-3.312,
    missing=-0.413,
)

# Confidence from which a question is answered; from which the nearest is offered as such. The wide
# band between them says what is known and that it may not be what was asked.
ANSWER, OFFER = 0.6, 0.35

# How far ahead of "none of these" a message must be to count as urgent, harmful, other business.
URGENT, URGENT_NEAR = 0.0, -0.3
HARMFUL, HARMFUL_THOUGH_KNOWN = 0.2, 0.35
OUTSIDE = 0.2

# From this share of words that no passage holds on, a message is not readable enough to alarm.
GIBBERISH = 1.0
