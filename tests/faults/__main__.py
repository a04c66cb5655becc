"""``python -m tests.faults --minutes 10``: bots, Redis and Chroma killed in turn, and worse.

Three bots on the real library share a Redis and a Chroma server, over a network that fails now and
then, while people ask one question after another. One trouble follows the other: a bot is killed,
Redis, Chroma; Telegram is away; the disk that the bots write on is full (where one can be mounted,
as root); their clock jumps. Ends with 1 where a question was lost, where one was answered twice
more often than bots were killed, or where anything on a disk holds what somebody wrote.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from retrieval.settings import PROJECT
from tests.faults.run import Outcome, run


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--knowledge", type=Path, default=PROJECT / "knowledge")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        outcome = asyncio.run(
            run(options.knowledge, Path(scratch), options.people, options.minutes * 60, _say)
        )
    _print(outcome)
    raise SystemExit(0 if outcome.sound else 1)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _print(outcome: Outcome) -> None:
    print(f"questions       {outcome.asked}")
    for name, times in outcome.struck.items():
        print(f"{name:15} {times} times")
    print(f"asked again     {outcome.again}, told that something went wrong")
    print(f"lost            {', '.join(outcome.lost) or 'none'}")
    print(f"answered twice  {len(outcome.twice)}, with {outcome.kills} bots killed")
    print(f"kept            {', '.join(outcome.kept) or 'nothing'}")


if __name__ == "__main__":
    main()
