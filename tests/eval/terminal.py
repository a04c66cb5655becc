"""The evaluation as the terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.eval.baseline import Comparison
from tests.eval.drops import COMPARED
from tests.eval.evaluation import Evaluation
from tests.eval.floors import Checked
from tests.eval.groups import Mean, Means
from tests.eval.measures import BY_NAME, MEASURES, Scored

_COLUMNS = ("all", "language en", "language fa", "script persian", "script latin")
# Measures that differ most between kinds.
BY_KIND = (
    "status",
    "hit@5",
    "ndcg@10",
    "facts",
    "on gold",
    "answered though not",
    "abstained though",
    "false alarm",
)
# What is worth a look, and the value that is not; the first that fits names the miss.
_MISSES = {"status": 1.0, "hit@5": 1.0, "facts": 1.0, "forbidden": 0.0, "undated": 0.0}


def summary_lines(evaluation: Evaluation, floors: Sequence[Checked]) -> Iterator[str]:
    """Yield the whole evaluation, without single questions."""
    yield from _measure_lines(evaluation.means, evaluation.gaps)
    yield ""
    yield from _kind_lines(evaluation.means)
    if evaluation.drops:
        yield ""
        yield from _drop_lines(evaluation)
    for split, line in evaluation.risk.items():
        yield ""
        yield f"risk and coverage, {split}: {line.n} questions, area {line.area:.3f}"
        for name, point in line.chosen.items():
            yield (
                f"  {name} from {point.threshold:.2f} on: {point.coverage:.3f} spoken to, "
                f"{point.risk:.3f} of these wrongly"
            )
    speed = evaluation.speed
    yield ""
    yield (
        f"an answer: median {1000 * speed.median:.0f} ms, 95th percentile "
        f"{1000 * speed.percentile95:.0f} ms; memory at most {speed.memory:.0f} MB"
    )
    if floors:
        yield ""
    for one in floors:
        floor = one.floor
        yield (
            f"{'holds ' if one.holds else 'BROKEN'}  {floor.measure}, {floor.group}: "
            f"{one.value:.4f}, {floor.bound} ({floor.why})"
        )


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Yield what changed on the whole, then each question that got worse or better."""
    yield "since the baseline:"
    for name, mean in comparison.means.items():
        word = "better" if (mean.value > 0) == (BY_NAME[name].better == "higher") else "worse"
        yield (
            f"  {name:<20}{mean.value:>+8.3f} ({mean.low:+.3f} to {mean.high:+.3f}, "
            f"{mean.n} questions)" + (f" {word}" if mean.value else "")
        )
    for word, better in (("worse", False), ("better", True)):
        named: dict[str, list[str]] = {}
        for change in comparison.changes:
            if change.better is better:
                figures = f"{change.measure} {change.before:.2f} -> {change.after:.2f}"
                named.setdefault(change.question, []).append(figures)
        for question, figures_of in named.items():
            yield f"{word}\t{question}\t{', '.join(figures_of)}"
    for word, ids in (("new", comparison.new), ("gone", comparison.gone)):
        if ids:
            yield f"{word}\t{', '.join(ids)}"
    if not comparison.means:
        yield "  nothing changed"


def miss_lines(scored: Sequence[Scored]) -> Iterator[str]:
    """Yield a line for each way in which a question went wrong."""
    for name, right in _MISSES.items():
        for one in scored:
            if one.scores.get(name, right) == right:
                continue
            if name == "facts" and not one.scores["status"]:
                continue
            question, answer = one.asked.question, one.asked.answer
            first = answer.citations[0].passage if answer.citations else "-"
            yield (
                f"{name}\t{question.id}\t{question.question}\t{answer.status} "
                f"(expected {'/'.join(question.expect)})\tgold {','.join(question.gold) or '-'}"
                f"\tfirst {first}"
            )


def _measure_lines(means: Means, gaps: dict[str, Mean]) -> Iterator[str]:
    """Yield a line a measure: all questions with their interval, then each language and script."""
    shown = [name for name in _COLUMNS if name in means]
    titles = [name.partition(" ")[2] or name for name in shown]
    head = "".join(f"{title:>9}" + (f"{'95 %':>15}" if title == "all" else "") for title in titles)
    yield f"{'':<20}{'n':>5}{head}{'en-fa':>9}{'95 %':>17}"
    for measure in MEASURES:
        if measure.name not in means["all"]:
            continue
        total = means["all"][measure.name]
        line = f"{measure.name:<20}{total.n:>5}"
        for name in shown:
            line += f"{_figure(means[name].get(measure.name)):>9}"
            if name == "all":
                line += f"{total.low:>9.3f}-{total.high:.3f}"
        if measure.name in gaps:
            gap = gaps[measure.name]
            line += f"{gap.value:>+9.3f}{gap.low:>+10.3f} {gap.high:+.3f}"
        yield line


def _kind_lines(means: Means) -> Iterator[str]:
    short = {"answered though not": "answd not", "abstained though": "abst though"}
    titles = [short.get(name, name) for name in BY_KIND]
    yield f"{'':<20}{'n':>5}" + "".join(f"{title:>13}" for title in titles)
    for group in means:
        field, _, name = group.partition(" ")
        if field == "kind":
            cells = (_figure(means[group].get(measure)) for measure in BY_KIND)
            yield f"{name:<20}{means[group]['status'].n:>5}" + "".join(f"{c:>13}" for c in cells)


def _drop_lines(evaluation: Evaluation) -> Iterator[str]:
    yield f"{'lost where typed':<24}{'n':>5}" + "".join(f"{name:>26}" for name in COMPARED)
    for one in evaluation.drops:
        cells = ""
        for name in COMPARED:
            lost = one.lost.get(name)
            text = f"{lost.value:+.3f} ({lost.low:+.3f} {lost.high:+.3f})" if lost else "-"
            cells += f"{text:>26}"
        yield f"{one.name:<24}{one.n:>5}{cells}"


def _figure(mean: Mean | None) -> str:
    return "-" if mean is None else f"{mean.value:.3f}"
