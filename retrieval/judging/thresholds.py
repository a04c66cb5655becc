"""How sure is sure enough: every number that decides whether the bot speaks, in one place.

Chosen on the development split of ``tests/eval/questions``, on the questions that stand there for
nothing but this (``fitting/``), and on judged ones that were kept back from the reader, by
``python -m tests.eval.calibrate``, which prints the weights and the curve of risk against coverage
that the thresholds were read off.
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
    ahead: float
    missing: float
    read_first: float
    read_best: float


CONFIDENCE = ConfidenceWeights(
    constant=-1.215,
    dense=-0.383,
    fit=-1.056,
    held=1.730,
    unknown=-2.629,
    foreign=-1.493,
    together=0.279,
    length=0.214,
    around=3.056,
    ahead=4.057,
    missing=-0.328,
    read_first=0.358,
    read_best=0.758,
)

# What counts for a question that was not read: the mean of those that were.
UNREAD = -0.511

# Confidence from which a question is answered; from which the nearest is offered as such. The wide
# band between them says what is known and that it may not be what was asked.
ANSWER, OFFER = 0.6, 0.4

# How far ahead of "none of these" a message must be to count as urgent, harmful, other business.
URGENT, URGENT_NEAR = 0.0, -0.3
HARMFUL, HARMFUL_THOUGH_KNOWN = 0.2, 0.35
OUTSIDE = 0.2

# From this share of words that no passage holds on, a message is not readable enough to alarm.
GIBBERISH = 1.0
