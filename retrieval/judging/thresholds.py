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
    sentence: float
    coverage: float


CONFIDENCE = ConfidenceWeights(constant=-7.0, dense=5.0, sentence=4.0, coverage=3.0)

# Confidence from which a question is answered; from which the nearest is offered as such.
ANSWER, OFFER = 0.5, 0.3

# A message counts as urgent, harmful or other business when it is at least this like its examples
# and ahead of the near misses by at least the margin.
URGENT, URGENT_MARGIN = 0.55, 0.03
HARMFUL, HARMFUL_MARGIN = 0.55, 0.03
OUTSIDE, OUTSIDE_MARGIN = 0.5, 0.02
