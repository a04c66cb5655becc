"""``python -m tests.eval``: ask all questions of a split, print how it went."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import fmean, median

from rich.console import Console
from rich.progress import track

from retrieval.library import Library
from retrieval.settings import LibrarySettings
from tests.eval.measure import Result, put
from tests.eval.questions import read_questions


def main() -> None:
    """Run the evaluation."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval", description=__doc__)
    parser.add_argument("--split", choices=["dev", "test", "all"], default="dev")
    parser.add_argument("--only", default="", help="questions whose id or kind holds this")
    parser.add_argument("--misses", action="store_true", help="print each question that went wrong")
    parser.add_argument("--state", type=Path, help="where the index lives")
    options = parser.parse_args()
    settings = LibrarySettings(**({"state": options.state} if options.state else {}))
    library = Library.open(settings, announce=lambda line: print(line, file=sys.stderr))
    questions = [
        question
        for question in read_questions()
        if options.split in ("all", question.split)
        and (options.only in question.id or options.only in question.kind)
    ]
    results = [
        put(question, library)
        for question in track(questions, description="Asking", console=_stderr(), transient=True)
    ]
    _print_table(results)
    if options.misses:
        _print_misses(results)


def _stderr() -> Console:
    return Console(stderr=True)


def _print_table(results: list[Result]) -> None:
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups["all"].append(result)
        groups[f"language {result.question.language}"].append(result)
        groups[f"script {result.question.script}"].append(result)
        groups[f"kind {result.question.kind}"].append(result)
    head = ("", "n", "status", "hit@1", "hit@5", "MRR", "nuggets", "unsup.", "forbid.", "ms")
    print(("{:<24}" + "{:>8}" * (len(head) - 1)).format(*head))
    for name in sorted(groups, key=lambda key: (key != "all", key)):
        print(_row(name, groups[name]))


def _row(name: str, results: list[Result]) -> str:
    with_gold = [result for result in results if result.question.gold]
    nuggets = [result.nuggets for result in results if result.nuggets is not None]

    def hit(depth: int) -> float | None:
        return _mean(r.rank is not None and r.rank <= depth for r in with_gold)

    cells = (
        _mean(result.status_is_right for result in results),
        hit(1),
        hit(5),
        _mean(1 / result.rank if result.rank else 0.0 for result in with_gold),
        _mean(nuggets),
    )
    text = "".join(f"{'-' if cell is None else format(cell, '.3f'):>8}" for cell in cells)
    unsupported = sum(result.unsupported for result in results)
    forbidden = sum(bool(result.forbidden) for result in results)
    speed = 1000 * median(result.answer.seconds for result in results)
    return f"{name:<24}{len(results):>8}{text}{unsupported:>8}{forbidden:>8}{speed:>8.0f}"


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return fmean(listed) if listed else None


def _print_misses(results: list[Result]) -> None:
    checks: list[tuple[str, Callable[[Result], bool]]] = [
        ("status", lambda r: not r.status_is_right),
        ("rank", lambda r: bool(r.question.gold) and (r.rank is None or r.rank > 5)),
        ("nuggets", lambda r: r.nuggets is not None and r.nuggets < 1 and r.status_is_right),
        ("forbidden", lambda r: bool(r.forbidden)),
    ]
    for name, missed in checks:
        for result in filter(missed, results):
            question = result.question
            first = result.answer.citations[0].passage if result.answer.citations else "-"
            print(
                f"{name}\t{question.id}\t{question.question}\t{result.answer.status} "
                f"(expected {'/'.join(question.expect)})\trank {result.rank}\t"
                f"gold {','.join(question.gold)}\tfirst {first}"
            )


if __name__ == "__main__":
    main()
