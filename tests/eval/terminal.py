"""The evaluation as the terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.eval.groups import Mean, Means
from tests.eval.measures import MEASURES, Scored

_COLUMNS = ("all", "language en", "language fa", "script persian", "script latin")
# Measures that differ most between kinds.
_BY_KIND = (
    "status",
    "hit@5",
    "ndcg@10",
    "facts",
    "on gold",
    "answered though not",
    "abstained though",
    "false alarm",
)


def measure_lines(means: Means, gaps: dict[str, Mean]) -> Iterator[str]:
    """Yield a line a measure: all questions with their interval, then each language and script."""
    shown = [name for name in _COLUMNS if name in means]
    titles = [name.partition(" ")[2] or name for name in shown]
    yield (
        f"{'':<20}{'n':>5}"
        + "".join(f"{title:>9}" + (f"{'95 %':>15}" if title == "all" else "") for title in titles)
        + f"{'en-fa':>9}{'95 %':>17}"
    )
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


def kind_lines(means: Means) -> Iterator[str]:
    """Yield a line a kind of question."""
    yield f"{'':<20}{'n':>5}" + "".join(f"{_short(name):>11}" for name in _BY_KIND)
    for group in means:
        field, _, name = group.partition(" ")
        if field == "kind":
            cells = (_figure(means[group].get(measure)) for measure in _BY_KIND)
            yield f"{name:<20}{means[group]['status'].n:>5}" + "".join(f"{c:>11}" for c in cells)


def miss_lines(scored: Sequence[Scored]) -> Iterator[str]:
    """Yield a line for each way in which a question went wrong."""
    for name in ("status", "hit@5", "facts", "forbidden", "undated", "citation recall"):
        for one in scored:
            value = one.scores.get(name)
            wrong = name in ("forbidden", "undated")
            if value is None or value == (0.0 if wrong else 1.0):
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


def _figure(mean: Mean | None) -> str:
    return "-" if mean is None else f"{mean.value:.3f}"


def _short(name: str) -> str:
    return name.replace("though not", "> not").replace(" though", " >")[:10]
