"""``python -m tests.eval.speed``: how fast it answers, and in how much memory.

Measures on the project's own knowledge: the time from the start of a process to its first answer
(with the index built), resident memory after one question and after 200, and the time a warm
question takes. With ``--messages N`` it puts N messages of any Unicode to the library instead, and
counts what came of them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

import psutil
from hypothesis import HealthCheck, Phase, given, settings

from retrieval.index.store import IndexStore
from retrieval.library import Library
from retrieval.settings import PROJECT, LibrarySettings
from tests.eval.messages import messages

# What the first answer, the memory and a warm question may take.
FIRST_ANSWER, MEMORY, WARM = 4.0, 400.0, 60.0  # seconds, MB, milliseconds
STARTS, QUESTIONS = 3, 200
# Asked in turn with the folder's own questions, so that every third is Finglish.
FINGLISH = (
    "ehzare telefoni chie",
    "ghable bazjooyi gooshimo chikar konam",
    "filtershekan chi az man mibine",
    "telegramamo chetor amn konam",
    "internet ghat shode chikar konam",
    "signal amne?",
    "vakil az koja begiram",
    "clubhouse chera filter shod",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.speed", description=__doc__)
    parser.add_argument("--messages", type=int, metavar="N", help="messages of any kind to put")
    parser.add_argument("--state", type=Path, help="where the index lives")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        # A copy: an edit meanwhile would make a process bring the index up to date first.
        knowledge = Path(scratch) / "knowledge"
        shutil.copytree(PROJECT / "knowledge", knowledge)
        places = LibrarySettings(knowledge=knowledge, state=options.state or Path(scratch))
        if options.messages:
            _put_messages(options.messages, places)
        else:
            _measure(places)


def _measure(places: LibrarySettings) -> None:
    questions = _questions(places)
    firsts, small = zip(*(_first_answer(places, questions[0]) for _ in range(STARTS)), strict=True)
    _print("first answer after start", median(firsts), FIRST_ANSWER, "s")
    _print("memory after 1 question", max(small), MEMORY, "MB")
    seconds, memory = _conversation(places, questions)
    _print(f"memory after {len(questions)} questions", memory, MEMORY, "MB")
    _print("a warm question, median", 1000 * median(seconds), WARM, "ms")
    _print("a warm question, 95th percentile", 1000 * quantiles(seconds, n=20)[-1], WARM, "ms")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


def _questions(places: LibrarySettings) -> list[str]:
    """Build the index if need be; return the questions to ask, all three ways of writing mixed."""
    Library.open(places, announce=lambda line: print(line, file=sys.stderr))
    current = IndexStore(places.knowledge, places.state).current()
    assert current is not None
    known = [row["text"] for row in json.loads((current / "questions.json").read_text("utf-8"))]
    own = [known[n * len(known) // QUESTIONS] for n in range(QUESTIONS)]
    return [FINGLISH[n % len(FINGLISH)] if n % 3 == 2 else text for n, text in enumerate(own)]


def _print(what: str, value: float, limit: float, unit: str) -> None:
    print(f"{what:<34}{value:8.2f} {unit:<3} {value / limit:5.2f} of the {limit:g} {unit} allowed")


def _start(places: LibrarySettings) -> subprocess.Popen[str]:
    named = ("--knowledge", str(places.knowledge), "--state", str(places.state))
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--json", *named],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _ask(process: subprocess.Popen[str], question: str) -> float:
    """Put ``question`` to the process; return the seconds until its answer was there."""
    assert process.stdin is not None
    assert process.stdout is not None
    started = time.perf_counter()
    process.stdin.write(f"{question}\n")
    process.stdin.flush()
    if not process.stdout.readline():
        raise SystemExit("The command ended without an answer.")
    return time.perf_counter() - started


def _megabytes(process: subprocess.Popen[str]) -> float:
    return float(psutil.Process(process.pid).memory_info().rss) / 1e6


def _first_answer(places: LibrarySettings, question: str) -> tuple[float, float]:
    """Return the seconds from the start of a process to its first answer, and its memory then."""
    started = time.perf_counter()
    with _start(places) as process:
        _ask(process, question)
        return time.perf_counter() - started, _megabytes(process)


def _conversation(places: LibrarySettings, questions: Sequence[str]) -> tuple[list[float], float]:
    """Return the seconds each question took one process, once warm, and its memory at the end."""
    with _start(places) as process:
        for question in questions[:3]:  # loads what is loaded when first needed
            _ask(process, question)
        seconds = [_ask(process, question) for question in questions]
        return seconds, _megabytes(process)


def _put_messages(number: int, places: LibrarySettings) -> None:
    library = Library.open(places)
    counted: Counter[str] = Counter()

    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(messages())
    def put(message: str) -> None:
        try:
            counted[library.answer(message).status] += 1
        except Exception as error:  # noqa: BLE001 - every kind is what is counted here
            counted[f"exception {type(error).__name__}"] += 1

    put()
    failed = sum(count for name, count in counted.items() if name.startswith("exception"))
    for name, count in counted.most_common():
        print(f"{name:<24}{count:8}")
    print(f"{counted.total()} messages, {failed} exceptions")
    if failed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
