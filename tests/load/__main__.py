"""``python -m tests.load --people 300 --minutes 5``: many people at once, over a bad network.

Prints what came of it; ends with 1 where a question was not answered exactly once and in order,
where something of one was kept, or where it was slower or larger than it may be.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path
from statistics import median, quantiles

from retrieval.settings import PROJECT
from tests.load.questions import whole_questions
from tests.load.run import Load, Outcome, run

THINK = 45.0  # seconds
# What may be: seconds that 95 of 100 answers take at most; the share by which memory may grow.
SLOWEST, GROWTH = 1.5, 0.05


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--state", type=Path, help="where the index lives")
    options = parser.parse_args()
    questions = whole_questions()
    load = Load(options.people, options.minutes * 60, THINK)
    with tempfile.TemporaryDirectory() as scratch:
        state = options.state or Path(scratch) / "state"
        (Path(scratch) / "log").mkdir()
        outcome = asyncio.run(
            run(load, questions, PROJECT / "knowledge", state, Path(scratch) / "log")
        )
    raise SystemExit(0 if _held(outcome) else 1)


def _held(outcome: Outcome) -> bool:
    """Print the figures and return whether all is as it should be."""
    tally = outcome.tally
    p95 = quantiles(tally.waits, n=20)[-1]
    print(f"questions   {tally.asked}, faults of the network {sum(outcome.struck.values())}")
    for kind, number in sorted(outcome.struck.items()):
        print(f"            {kind} {number}")
    print(f"waits       median {median(tally.waits):.2f} s, p95 {p95:.2f} s, "
          f"longest {max(tally.waits):.2f} s")  # fmt: skip
    print(f"memory      {outcome.memory[0]:.0f} MB at first, {outcome.memory[-1]:.0f} MB at last, "
          f"growth {outcome.growth:+.1%}")  # fmt: skip
    print(f"went wrong  {dict(tally.faults) or 'nothing'}")
    print(f"kept        {', '.join(outcome.kept) or 'nothing'}")
    return outcome.sound and p95 <= SLOWEST and outcome.growth <= GROWTH


if __name__ == "__main__":
    main()
