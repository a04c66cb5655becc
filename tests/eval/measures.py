"""All measures by name: what they are called, which way is better, and what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tests.eval.asking import Asked
from tests.eval.outcomes import outcome_scores
from tests.eval.ranking import rank_scores
from tests.eval.statements import statement_scores


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure from 0 to 1 of one question, averaged over those questions that have it."""

    name: str
    better: Literal["higher", "lower"]
    says: str


MEASURES = (
    Measure("status", "higher", "answered, offered, kept silent or alarmed, as was right"),
    Measure("hit@1", "higher", "the first hit is gold"),
    Measure("hit@5", "higher", "gold is among the first five hits"),
    Measure("recall@5", "higher", "share of all gold passages among the first five hits"),
    Measure("recall@10", "higher", "share of all gold passages among the first ten hits"),
    Measure("mrr", "higher", "one over the rank of the first gold hit"),
    Measure("ndcg@10", "higher", "gold in the first ten, worth less the further down"),
    Measure("facts", "higher", "share of the expected facts that the answer holds"),
    Measure("every fact", "higher", "the answer holds all expected facts"),
    Measure("facts near", "higher", "as facts, and half for a fact that is one tap away"),
    Measure("on gold", "higher", "share of the statements that stand in gold passages"),
    Measure("citation recall", "higher", "share of the statements that their citations support"),
    Measure("citation precision", "higher", "share of the citations that support and are needed"),
    Measure("acceptable", "higher", "an unanswerable question got an acceptable response"),
    Measure("answered though not", "lower", "answered, or more than offered, what is not there"),
    Measure("abstained though", "lower", "kept silent though the folder answers it"),
    Measure("urgent", "higher", "an urgent message was recognised"),
    Measure("false alarm", "lower", "taken for urgent though it is not"),
    Measure("forbidden", "lower", "said what the question must not make it say"),
    Measure("undated", "lower", "a statement that can age is shown without any date"),
    Measure("date in sentence", "higher", "share of statements that can age that hold a date"),
)
BY_NAME = {measure.name: measure for measure in MEASURES}


@dataclass(frozen=True, slots=True)
class Scored:
    """A question that was asked, and those measures that it has, by name."""

    asked: Asked
    scores: dict[str, float]


def score(asked: Sequence[Asked], today: dt.date) -> list[Scored]:
    """Return all measures of each question, in the order asked. Ids must differ.

    ``today`` tells which passages are past the day they had to be read again.
    """
    ranks = rank_scores({one.question.id: (one.found, one.question.gold) for one in asked})
    scored = []
    for one in asked:
        scores = {
            **outcome_scores(one),
            **ranks.get(one.question.id, {}),
            **statement_scores(one, today),
        }
        scored.append(Scored(one, {m.name: scores[m.name] for m in MEASURES if m.name in scores}))
    return scored
