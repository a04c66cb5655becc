"""``python -m tests.capacity``: how many questions a second are answered in time.

Sustained: the highest rate of those tried at which 95 of 100 people have their answer within a
second, and none is left without; for one process, for three behind one Redis, and for a plain
LangChain pipeline behind the same bot, as ratios to that. Then a burst: a thousand people within a
minute. The people and Telegram's stand-in take their share of the same machine.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from retrieval.encoder import load_encoder
from retrieval.index.store import IndexStore
from retrieval.settings import PROJECT
from tests.capacity.arrivals import Crowd, Served, serve
from tests.capacity.setups import PLAIN, SETUPS, Setup, serving
from tests.load.questions import whole_questions

IN_TIME = 1.0  # seconds
RATES = (1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 25, 30, 40, 50)  # questions a second


def main() -> None:
    """Measure and print; end with 1 where the burst lost somebody."""
    parser = argparse.ArgumentParser(prog="python -m tests.capacity", description=__doc__)
    parser.add_argument("--state", type=Path, help="where the index lives; else it is made")
    parser.add_argument("--seconds", type=float, default=20.0, help="that each rate is kept up")
    parser.add_argument("--burst", type=int, default=1000, help="people within a minute")
    parser.add_argument("--without-plain", action="store_true", help="leave out the comparison")
    options = parser.parse_args()
    setups = [each for each in SETUPS if not (options.without_plain and each.runs is PLAIN)]
    questions = whole_questions()
    with tempfile.TemporaryDirectory() as scratch:
        state = options.state or Path(scratch) / "state"
        IndexStore(PROJECT / "knowledge", state, print).update(load_encoder("bundled"))
        lost = asyncio.run(_all(setups, questions, state, Path(scratch), options))
    raise SystemExit(1 if lost else 0)


async def _all(
    setups: Sequence[Setup],
    questions: Sequence[str],
    state: Path,
    scratch: Path,
    options: argparse.Namespace,
) -> int:
    lost, plain = 0, None
    for setup in setups:
        print(f"\n{setup.name}")
        async with serving(setup, state, scratch) as telegram:
            # Until every process has opened what it needs: of few questions all may go to one.
            await serve(telegram, questions, Crowd(12 * setup.count, 12))
            best = 0.0
            for rate in RATES:
                crowd = Crowd(round(rate * options.seconds), options.seconds)
                served = await serve(telegram, questions, crowd)
                print(_line(f"{rate} a second", served))
                if served.unanswered or served.p95 > IN_TIME:
                    break
                best = crowd.rate
            plain = best if setup.runs is PLAIN else plain
            ratio = f", {best / plain:.1f} times the plain pipeline" if plain else ""
            print(f"  sustained: {best:.0f} a second{ratio}")
            if setup.runs is not PLAIN and options.burst:
                served = await serve(telegram, questions, Crowd(options.burst, 60.0, 120.0))
                print(_line(f"{options.burst} in a minute", served))
                lost += served.unanswered
    return lost


def _line(what: str, served: Served) -> str:
    return (
        f"  {what:>16}: median {served.middle:.2f} s, p95 {served.p95:.2f} s, "
        f"{served.unanswered} unanswered, {served.twice} answered twice"
    )


if __name__ == "__main__":
    main()
