"""How far the judge's confidence can be trusted: risk against coverage.

El-Yaniv and Wiener, "On the Foundations of Noise-free Selective Classification", 2010; the area
under the curve after Geifman and El-Yaniv, 2017. Questions are taken in the order of confidence.
Coverage is the share answered so far; risk is the share of these that should not have been: the
folder does not answer them, or no gold passage is among the first five hits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from retrieval.judging import thresholds
from tests.eval.measures import Scored
from tests.eval.questions import EvalQuestion

# Kinds that are decided before confidence is looked at, or that have no single right status.
ASIDE = {"urgent", "near-urgent", "unsafe", "greeting", "injection", "followup", "underspecified"}
# From which confidence on a question is answered; from which the nearest is offered.
CHOSEN = {"answer": thresholds.ANSWER, "offer": thresholds.OFFER}


@dataclass(frozen=True, slots=True)
class Point:
    """What answering from the confidence ``threshold`` on means: shares from 0 to 1."""

    threshold: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The curve over ``n`` questions, the area under it, and the chosen thresholds' points."""

    n: int
    area: float
    curve: tuple[Point, ...]
    chosen: dict[str, Point]


def answerable(question: EvalQuestion) -> bool:
    """Return whether the folder answers ``question``."""
    return bool(question.gold) and bool({"answered", "partial"} & set(question.expect))


def calibration(scored: Iterable[Scored]) -> Calibration | None:
    """Return how confidence and error go together, or None where no question shows it."""
    pairs = [
        (one.asked.confidence, not (answerable(one.asked.question) and one.scores["hit@5"] == 1.0))
        for one in scored
        if one.asked.question.kind not in ASIDE and one.asked.confidence is not None
    ]
    if not pairs:
        return None
    line = curve(pairs)
    chosen = {name: at(pairs, threshold) for name, threshold in CHOSEN.items()}
    return Calibration(len(pairs), fmean(point.risk for point in line), line, chosen)


def curve(pairs: Sequence[tuple[float, bool]]) -> tuple[Point, ...]:
    """Return a point for each of ``pairs`` (confidence, whether an answer would be wrong), surest
    first; equal confidences are taken together, at the risk of all of them."""
    return tuple(
        at(pairs, confidence) for confidence, _ in sorted(pairs, key=lambda pair: -pair[0])
    )


def at(pairs: Sequence[tuple[float, bool]], threshold: float) -> Point:
    """Return coverage and risk where ``pairs`` are answered from ``threshold`` on."""
    answered = [wrong for confidence, wrong in pairs if confidence >= threshold]
    risk = fmean(answered) if answered else 0.0
    return Point(threshold, len(answered) / len(pairs), risk)
