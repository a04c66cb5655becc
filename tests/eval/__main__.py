"""``daricheh eval``, or ``python -m tests.eval``: asks the questions and says how it went.

Ends with status 1 where a floor of tests/eval/floors.yaml does not hold.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from retrieval.errors import DarichehError
from retrieval.model.opened import open_teller
from retrieval.model.waiting import waiting
from retrieval.settings import LibrarySettings
from tests.eval import baseline
from tests.eval.asking import OneSearchLibrary
from tests.eval.crew import as_typed_here, crew, here
from tests.eval.evaluation import Follow, evaluate
from tests.eval.floors import check, read_floors
from tests.eval.machine import as_object
from tests.eval.questions import read_questions
from tests.eval.report.page import page
from tests.eval.terminal import comparison_lines, miss_lines, summary_lines


def main() -> int:
    """Run the evaluation; return the status to end with."""
    parser = _parser()
    options = parser.parse_args()
    known = read_questions()
    questions = [
        question
        for question in known
        if options.split in ("all", question.split)
        and (options.only in question.id or options.only in question.kind)
    ]
    if not questions:
        parser.error(f"no question of this split has {options.only!r} in its id or kind")
    try:
        before = baseline.read(options.baseline) if options.baseline else None
    except (OSError, ValueError) as error:
        parser.error(str(error))
    places = {name: getattr(options, name) for name in ("knowledge", "state")}
    settings = LibrarySettings(**{name: path for name, path in places.items() if path})
    try:
        library = OneSearchLibrary.open(settings, announce=lambda line: _say(line))
        teller = open_teller(settings, library.checker, alone=True)
    except DarichehError as error:
        _say(str(error))
        return 1
    today = dt.datetime.now(tz=dt.UTC).date()
    with _progress() as follow, ExitStack() as stack:
        if teller is not None:
            library.model = stack.enter_context(waiting(teller, library))
        ask_all = here(library) if options.quick else stack.enter_context(crew(settings))
        if teller is not None and not options.quick:
            ask_all = as_typed_here(library, ask_all)
        evaluation = evaluate(
            questions, library, today, ask_all=ask_all, reworded=not options.quick, follow=follow
        )
    # A part of the questions says nothing about the whole.
    floors = [] if options.only else check(read_floors(), evaluation.means)
    comparison = None
    if before is not None:
        comparison = baseline.compare(before, evaluation.scored, {one.id for one in known})
    if options.save:
        baseline.save(evaluation.scored, options.save)
    if options.report:
        text = page(evaluation, floors, comparison, split=options.split, today=today)
        options.report.write_text(text, "utf-8")
    if options.json:
        print(json.dumps(as_object(evaluation, floors, comparison), ensure_ascii=False))
    else:
        print(*summary_lines(evaluation, floors), sep="\n")
        if comparison:
            print("", *comparison_lines(comparison), sep="\n")
        if options.misses:
            print("", *miss_lines(evaluation.scored), sep="\n")
    return 0 if all(one.holds for one in floors) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="daricheh eval",
        description="Asks the questions of tests/eval/questions and says how well they are "
        "answered. Ends with status 1 where a floor of tests/eval/floors.yaml does not hold.",
    )
    parser.add_argument(
        "--split",
        choices=["dev", "test", "all"],
        default="dev",
        help="dev may be looked at while developing; test only to report (default: dev)",
    )
    parser.add_argument("--only", default="", metavar="TEXT", help="only ids or kinds with this")
    parser.add_argument("--quick", action="store_true", help="leave the rewritten questions out")
    parser.add_argument("--misses", action="store_true", help="name each question that went wrong")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--save", type=Path, metavar="FILE", help="save as a baseline")
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="name what changed since")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write a page to read (HTML)")
    parser.add_argument("--knowledge", type=Path, metavar="DIR", help="the knowledge folder")
    parser.add_argument("--state", type=Path, metavar="DIR", help="where the index lives")
    return parser


@contextmanager
def _progress() -> Iterator[Follow]:
    """Give what shows the progress on stderr, where someone watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bars:
        task = bars.add_task("")

        def follow(name: str, done: int, total: int) -> None:
            bars.update(task, description=f"Asking {name}".strip(), completed=done, total=total)

        yield follow


def _say(message: str) -> None:
    print(f"daricheh: {message}", file=sys.stderr)


if __name__ == "__main__":
    try:
        status = main()
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = 130
    except BrokenPipeError:  # its reader has seen enough (`| head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    sys.exit(status)
