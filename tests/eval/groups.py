"""Means over groups of questions: all, each language, each script, each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from tests.eval.bootstrap import gap_interval, interval
from tests.eval.measures import MEASURES, Scored


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a measure over ``n`` questions, and the ends of its confidence interval."""

    n: int
    value: float
    low: float
    high: float


# Means by measure, by group.
Means = dict[str, dict[str, Mean]]


def grouped(scored: Iterable[Scored]) -> dict[str, list[Scored]]:
    """Return the questions of each group: ``all`` first, then by language, script and kind."""
    groups: dict[str, list[Scored]] = defaultdict(list)
    listed = list(scored)
    groups["all"] = listed
    for field in ("language", "script", "kind"):
        for name in sorted({getattr(one.asked.question, field) for one in listed}):
            groups[f"{field} {name}"] = [
                one for one in listed if getattr(one.asked.question, field) == name
            ]
    return dict(groups)


def values(scored: Iterable[Scored], measure: str) -> list[float]:
    """Return ``measure`` of those questions that have it."""
    return [one.scores[measure] for one in scored if measure in one.scores]


def means(scored: Sequence[Scored]) -> Means:
    """Return the mean of each measure in each group that has it."""
    return {
        group: {
            measure.name: Mean(len(listed), fmean(listed), *interval(listed))
            for measure in MEASURES
            if (listed := values(members, measure.name))
        }
        for group, members in grouped(scored).items()
    }


def language_gaps(scored: Sequence[Scored]) -> dict[str, Mean]:
    """Return by measure how far English is above Persian; ``n`` is that of the smaller side."""
    groups = grouped(scored)
    gaps = {}
    for measure in MEASURES:
        english, persian = (
            values(groups.get(f"language {name}", ()), measure.name) for name in ("en", "fa")
        )
        if english and persian:
            gaps[measure.name] = Mean(
                min(len(english), len(persian)),
                fmean(english) - fmean(persian),
                *gap_interval(english, persian),
            )
    return gaps
