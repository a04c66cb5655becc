"""What is lost where questions are typed in another way: paired differences, same questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from tests.eval.bootstrap import interval
from tests.eval.groups import Mean
from tests.eval.measures import Scored

COMPARED = ("status", "hit@5", "recall@5", "ndcg@10")


@dataclass(frozen=True, slots=True)
class Drop:
    """Over the ``n`` questions that a perturbation changed: by measure the mean of what they lost,
    and the mean as typed that they lost it from."""

    name: str
    n: int
    before: dict[str, float]
    lost: dict[str, Mean]


def drop(name: str, plain: Mapping[str, Scored], again: Sequence[Scored]) -> Drop:
    """Return what the questions asked ``again`` lost; ``plain`` are those as typed, by id."""
    before, lost = {}, {}
    for measure in COMPARED:
        pairs = [
            (plain[one.asked.question.id].scores[measure], one.scores[measure])
            for one in again
            if measure in one.scores
        ]
        if pairs:
            steps = [typed - rewritten for typed, rewritten in pairs]
            before[measure] = fmean(typed for typed, _ in pairs)
            lost[measure] = Mean(len(steps), fmean(steps), *interval(steps))
    return Drop(name, len(again), before, lost)
