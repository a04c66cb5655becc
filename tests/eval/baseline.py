"""A saved run, and what became better or worse since. It holds ids and numbers, no texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from tests.eval.bootstrap import interval
from tests.eval.groups import Mean
from tests.eval.measures import BY_NAME, MEASURES, Scored

# Scores by measure, by the question's id.
Baseline = dict[str, dict[str, float]]
_FORMAT = 1


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
    """Changes of questions asked both times; by measure the mean change where a question changed;
    and the questions of one time only."""

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


def compare(baseline: Baseline, scored: Sequence[Scored]) -> Comparison:
    """Return what changed since ``baseline``, question by question and on the whole."""
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
        changed = [Change(asked, name, *values) for asked, *values in pairs if len(set(values)) > 1]
        if changed:
            steps = [now - then for _, then, now in pairs]
            means[name] = Mean(len(steps), fmean(steps), *interval(steps))
        changes += changed
    return Comparison(
        tuple(changes),
        means,
        tuple(sorted(set(after) - set(baseline))),
        tuple(sorted(set(baseline) - set(after))),
    )
