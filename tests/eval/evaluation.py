"""A whole evaluation: the questions put, as typed and rewritten, and all figures made of them."""

from __future__ import annotations

import datetime as dt
import resource
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from retrieval.library import Library
from tests.eval.asking import Asked, ask
from tests.eval.crew import AskAll
from tests.eval.drops import Drop, drop
from tests.eval.groups import Mean, Means, language_gaps, means
from tests.eval.measures import Scored, score
from tests.eval.perturb import PERTURBATIONS, rewritten
from tests.eval.questions import EvalQuestion
from tests.eval.risk import Calibration, calibration

# Follows the work: what is being asked, how many of how many.
Follow = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds an answer took, and the most memory the process held, in MB."""

    median: float
    percentile95: float
    memory: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that was measured; ``risk`` by split."""

    scored: tuple[Scored, ...]
    means: Means
    gaps: dict[str, Mean]
    drops: tuple[Drop, ...]
    risk: dict[str, Calibration]
    speed: Speed


def evaluate(
    questions: Sequence[EvalQuestion],
    library: Library,
    today: dt.date,
    *,
    again: AskAll | None,
    follow: Follow,
) -> Evaluation:
    """Put ``questions`` (at least one) to ``library``; then all in other words by ``again``,
    unless it is None."""
    plain = (ask(question, library) for question in questions)
    scored = score(list(_followed(plain, "as typed", len(questions), follow)), today)
    speed = _speed(scored)  # of the questions as typed alone
    return Evaluation(
        scored=tuple(scored),
        means=means(scored),
        gaps=language_gaps(scored),
        drops=_drops(questions, today, scored, again, follow) if again else (),
        risk=_risk(scored),
        speed=speed,
    )


def _followed(asked: Iterable[Asked], name: str, total: int, follow: Follow) -> Iterator[Asked]:
    for number, one in enumerate(asked, 1):
        follow(name, number, total)
        yield one


def _drops(
    questions: Sequence[EvalQuestion],
    today: dt.date,
    scored: Sequence[Scored],
    again: AskAll,
    follow: Follow,
) -> tuple[Drop, ...]:
    plain = {one.asked.question.id: one for one in scored}
    # All the ways of one question one after another: they mostly find the same passages.
    order = {question.id: number for number, question in enumerate(questions)}
    reworded = sorted(
        (
            (order[question.id], way, (question, text))
            for way, perturbation in enumerate(PERTURBATIONS)
            for question, text in rewritten(questions, perturbation)
        ),
        key=lambda row: row[:2],
    )
    asked = again([pair for _, _, pair in reworded])
    by_way: dict[int, list[Asked]] = defaultdict(list)
    answers = _followed(asked, "otherwise typed", len(reworded), follow)
    for (_, way, _), one in zip(reworded, answers, strict=True):
        by_way[way].append(one)
    return tuple(
        drop(perturbation.name, plain, score(by_way[way], today))
        for way, perturbation in enumerate(PERTURBATIONS)
        if way in by_way
    )


def _risk(scored: Sequence[Scored]) -> dict[str, Calibration]:
    found = {}
    for split in ("dev", "test"):
        line = calibration(one for one in scored if one.asked.question.split == split)
        if line is not None:
            found[split] = line
    return found


def _speed(scored: Sequence[Scored]) -> Speed:
    seconds = [one.asked.answer.seconds for one in scored]
    slow = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    # Linux counts in KB, macOS in bytes.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return Speed(median(seconds), slow, memory)
