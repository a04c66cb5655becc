"""A whole evaluation: the questions put, as typed and rewritten, and all figures made of them."""

from __future__ import annotations

import datetime as dt
import resource
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from retrieval.library import Library
from tests.eval.asking import Asked, ask
from tests.eval.crew import AskAll, Worded
from tests.eval.drops import Drop, drop
from tests.eval.groups import Mean, Means, language_gaps, means
from tests.eval.measures import Scored, score
from tests.eval.perturb import PERTURBATIONS, rewritten
from tests.eval.questions import EvalQuestion
from tests.eval.risk import Calibration, calibration

# Follows the work: what is being asked, how many of how many.
Follow = Callable[[str, int, int], None]
# Timed is one question in so many, by itself: with all cores busy each takes longer.
_TIMED_ONE_IN = 20


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
    ask_all: AskAll,
    reworded: bool,
    follow: Follow,
) -> Evaluation:
    """Put ``questions`` (at least one) by ``ask_all``, and where ``reworded`` also in all other
    words; then some to ``library`` alone, to time it."""
    ways = [rewritten(questions, one) if reworded else [] for one in PERTURBATIONS]
    plain, again = _asked(questions, ways, ask_all, follow)
    scored = score(plain, today)
    by_id = {one.asked.question.id: one for one in scored}
    ask(questions[-1], library)  # loads what a first question needs
    timed = _followed(
        (ask(question, library) for question in questions[::_TIMED_ONE_IN]),
        "alone, for the time it takes",
        len(questions[::_TIMED_ONE_IN]),
        follow,
    )
    return Evaluation(
        scored=tuple(scored),
        means=means(scored),
        gaps=language_gaps(scored),
        drops=tuple(
            drop(one.name, by_id, score(asked, today))
            for one, asked in zip(PERTURBATIONS, again, strict=True)
            if asked
        ),
        risk=_risk(scored),
        speed=_speed(list(timed)),
    )


def _asked(
    questions: Sequence[EvalQuestion],
    ways: Sequence[Sequence[Worded]],
    ask_all: AskAll,
    follow: Follow,
) -> tuple[list[Asked], list[list[Asked]]]:
    """Return what came of the questions as typed, and of each of the ``ways``. All the ways of
    one question are put one after another: they mostly find the same passages."""
    order = {question.id: number for number, question in enumerate(questions)}
    worded: list[list[Worded]] = [[(question, None) for question in questions]]
    rows = sorted(
        (
            (order[question.id], way, (question, text))
            for way, pairs in enumerate([*worded, *ways])
            for question, text in pairs
        ),
        key=lambda row: row[:2],
    )
    answers = _followed(ask_all([pair for _, _, pair in rows]), "", len(rows), follow)
    by_way: list[list[Asked]] = [[] for _ in (None, *ways)]
    for (_, way, _), one in zip(rows, answers, strict=True):
        by_way[way].append(one)
    return by_way[0], by_way[1:]


def _followed(asked: Iterable[Asked], name: str, total: int, follow: Follow) -> Iterator[Asked]:
    for number, one in enumerate(asked, 1):
        follow(name, number, total)
        yield one


def _risk(scored: Sequence[Scored]) -> dict[str, Calibration]:
    found = {}
    for split in ("dev", "test"):
        line = calibration(one for one in scored if one.asked.question.split == split)
        if line is not None:
            found[split] = line
    return found


def _speed(asked: Sequence[Asked]) -> Speed:
    seconds = [one.answer.seconds for one in asked]
    slow = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    # Linux counts in KB, macOS in bytes.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return Speed(median(seconds), slow, memory)
