"""A saved run, and what became better or worse since. It holds ids and numbers, no texts."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from tests.eval.bootstrap import interval
from tests.eval.groups import Mean
from tests.eval.measures import BY_NAME, MEASURES, Scored

# Scores by measure, by the question's id.
Baseline = dict[str, dict[str, float]]
_FORMAT = 1
# A question is named where one of these changed. The others move with every rank.
TELLING = ("status", "hit@1", "hit@5", "facts", "citation recall", "forbidden", "undated")


@dataclass(frozen=True, slots=True)
class Change:
    """A measure of one question that is not what it was; ``better`` by that measure's own way."""

    question: str
    measure: str
    before: float
    after: float

    @property
    def better(self) -> bool:
        return (self.after > self.before) == (BY_NAME[self.measure].better == "higher")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Changes worth a name in questions asked both times; by measure the mean of all changes,
    where there is one; ids of questions that the baseline lacks, and of those it alone has."""

    changes: tuple[Change, ...]
    means: dict[str, Mean]
    new: tuple[str, ...]
    gone: tuple[str, ...]


def save(scored: Sequence[Scored], path: Path) -> None:
    """Write the scores of a run to ``path``."""
    rows = {one.asked.question.id: one.scores for one in scored}
    path.write_text(json.dumps({"format": _FORMAT, "questions": rows}, indent=0) + "\n", "utf-8")


def read(path: Path) -> Baseline:
    """Return the scores saved at ``path``; raise ``ValueError`` where it holds none."""
    try:
        saved = json.loads(path.read_text("utf-8"))
        if saved["format"] != _FORMAT:
            raise ValueError(f"format {saved['format']}, not {_FORMAT}")
        questions: Baseline = saved["questions"]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(
            f"{path} is not a baseline ({error}). Make one with --save {path}"
        ) from error
    return questions


def compare(baseline: Baseline, scored: Sequence[Scored], known: Collection[str]) -> Comparison:
    """Return what changed since ``baseline``, question by question and on the whole; ``known``
    are the ids of all questions there are, asked this time or not."""
    after = {one.asked.question.id: one.scores for one in scored}
    both = [asked for asked in after if asked in baseline]
    changes, means = [], {}
    for measure in MEASURES:
        name = measure.name
        pairs = [
            (asked, baseline[asked][name], after[asked][name])
            for asked in both
            if name in baseline[asked] and name in after[asked]
        ]
        steps = [now - then for _, then, now in pairs]
        if any(steps):
            means[name] = Mean(len(steps), fmean(steps), *interval(steps))
        if name in TELLING:
            changes += [Change(asked, name, then, now) for asked, then, now in pairs if then != now]
    return Comparison(
        tuple(changes),
        means,
        tuple(sorted(set(after) - set(baseline))),
        tuple(sorted(set(baseline) - set(known))),
    )
