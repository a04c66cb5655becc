"""``python -m tests.eval``: ask all questions of a split, print how it went."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import track

from retrieval.settings import LibrarySettings
from tests.eval.asking import OneSearchLibrary, ask
from tests.eval.groups import language_gaps, means
from tests.eval.measures import score
from tests.eval.questions import read_questions
from tests.eval.terminal import kind_lines, measure_lines, miss_lines


def main() -> None:
    """Run the evaluation."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval", description=__doc__)
    parser.add_argument("--split", choices=["dev", "test", "all"], default="dev")
    parser.add_argument("--only", default="", help="questions whose id or kind holds this")
    parser.add_argument("--misses", action="store_true", help="print each question that went wrong")
    parser.add_argument("--state", type=Path, help="where the index lives")
    options = parser.parse_args()
    settings = LibrarySettings(**({"state": options.state} if options.state else {}))
    library = OneSearchLibrary.open(settings, announce=lambda line: print(line, file=sys.stderr))
    questions = [
        question
        for question in read_questions()
        if options.split in ("all", question.split)
        and (options.only in question.id or options.only in question.kind)
    ]
    console = Console(stderr=True)
    asked = [ask(q, library) for q in track(questions, "Asking", console=console, transient=True)]
    scored = score(asked, dt.datetime.now(tz=dt.UTC).date())
    averages = means(scored)
    print(*measure_lines(averages, language_gaps(scored)), sep="\n")
    print("", *kind_lines(averages), sep="\n")
    if options.misses:
        print("", *miss_lines(scored), sep="\n")


if __name__ == "__main__":
    main()
