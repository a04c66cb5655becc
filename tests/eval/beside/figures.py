"""The figures of a race: what was found, how fast, in how much memory, and against ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean, median, quantiles

from tests.eval.beside.entries import REFERENCE, Entry
from tests.eval.beside.marking import Marker
from tests.eval.beside.race import Run
from tests.eval.questions import EvalQuestion
from tests.eval.ranking import rank_scores

Figures = dict[str, float]

QUALITY = tuple(
    f"{measure} {group}" for measure in ("recall@5", "ndcg@10") for group in ("en", "fa")
)
# Less is better in each; the unit they are shown in.
COSTS = {
    "cold start": "s",
    "cold start, processor": "s",
    "median": "ms",
    "p95": "ms",
    "median, processor": "ms",
    "memory": "MB",
    "peak memory": "MB",
    "indexing": "s",
    "indexing, processor": "s",
    "memory to index": "MB",
}


def figures(run: Run, questions: Sequence[EvalQuestion], marker: Marker, passages: int) -> Figures:
    """Return the figures of ``run``; the whole answer has none of quality, as its ranks are those
    of the search. ``passages`` is how many the same documents make here."""
    made: Figures = {
        "cold start": median(run.cold),
        "cold start, processor": median(run.cold_busy),
        "median": median(run.warm),
        "p95": quantiles(run.warm, n=20)[-1],
        "median, processor": median(run.warm_busy),
        "memory": run.steady_mb,
        "peak memory": run.peak_mb,
        "indexing": run.index_seconds,
        "indexing, processor": run.index_busy,
        "memory to index": run.index_peak_mb,
        "passages a second": passages / run.index_seconds,
        "vectors": run.pieces,
    }
    if run.entry.name != "answer":
        made |= _quality(run, questions, marker)
    return made


def _quality(run: Run, questions: Sequence[EvalQuestion], marker: Marker) -> Figures:
    rankings = {
        question.id: (marker.keys(found, question.gold), question.gold)
        for question, found in zip(questions, run.found, strict=True)
    }
    scores = rank_scores(rankings)
    groups = {
        "en": [q.id for q in questions if q.language == "en"],
        "fa": [q.id for q in questions if q.language == "fa"],
    }
    return {
        f"{measure} {group}": fmean(scores[one][measure] for one in ids)
        for group, ids in groups.items()
        for measure in ("recall@5", "ndcg@10")
        if ids
    }


def ratio(name: str, own: Figures, reference: Figures) -> float:
    """Return ``own`` over ``reference``."""
    return own[name] / reference[name] if reference[name] else float("inf")


def table(all_figures: Mapping[Entry, Figures]) -> str:
    """Return a Markdown table: quality as it is; costs as they are for ours, and as multiples of
    these for the others."""
    reference = all_figures[REFERENCE]
    heads = ["", "model", *QUALITY, *COSTS, "passages a second", "vectors"]
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for entry, own in all_figures.items():
        cells = [entry.label, entry.model]
        cells += [f"{own[name]:.3f}" if name in own else "" for name in QUALITY]
        for name, unit in COSTS.items():
            if entry == REFERENCE:
                cells.append(f"{own[name]:,.3g} {unit}" if own[name] < 100 else _whole(own, name))
            else:
                cells.append(f"× {ratio(name, own, reference):.2f}")
        cells += [f"{own['passages a second']:.1f}", f"{own['vectors']:,.0f}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _whole(own: Figures, name: str) -> str:
    return f"{own[name]:,.0f} {COSTS[name]}"


def worse_than(all_figures: Mapping[Entry, Figures]) -> Iterator[str]:
    """Yield, a line each, in what ours is slower, larger or finds less than another."""
    words = {"s": "slower", "ms": "slower", "MB": "larger"}
    for ours, own in all_figures.items():
        for other, theirs in all_figures.items():
            if not ours.is_ours or other.is_ours:
                continue
            name = f"{ours.label} ({ours.model})"
            against = f"{other.label} ({other.model})"
            for cost, unit in COSTS.items():
                if own[cost] > theirs[cost]:
                    times = own[cost] / theirs[cost]
                    yield f"{name} is {words[unit]} than {against} in {cost}: {times:.2f} times"
            for measure in QUALITY:
                if measure in own and measure in theirs and own[measure] < theirs[measure]:
                    yield (
                        f"{name} finds less than {against} in {measure}: "
                        f"{own[measure]:.3f} against {theirs[measure]:.3f}"
                    )
