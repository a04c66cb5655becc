"""``python -m tests.small_machine``: the bot with its full knowledge on one core and 768 MB.

It starts with nothing, makes its index, answers 200 questions, makes the index anew while it goes
on answering, and starts once more. Prints how long each took and how much memory; ends with 1 where
a question failed or the memory was more than it may be.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from retrieval.settings import PROJECT
from tests.eval.questions import read_questions
from tests.small_machine.box import Box, box
from tests.small_machine.living import LONGEST, Asked, Bot, living
from tests.telegram.people import Person
from tests.telegram.server import StandIn

WHOLE, STEADY = 768, 400  # MB: what the box holds, what the bot may hold while it answers
QUESTIONS, PEOPLE = 200, 4


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.small_machine", description=__doc__)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--megabytes", type=int, default=WHOLE, help="what the box holds")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, box(options.megabytes) as place:
        print(
            f"in a box of {place.how}; {os.cpu_count()} cores here, load {os.getloadavg()[0]:.1f}"
        )
        held = asyncio.run(_measure(place, Path(scratch), options.questions))
    raise SystemExit(0 if held else 1)


async def _measure(place: Box, scratch: Path, number: int) -> bool:
    knowledge, state, log = scratch / "knowledge", scratch / "state", scratch / "log"
    shutil.copytree(PROJECT / "knowledge", knowledge)
    questions = sorted({each.question for each in read_questions() if each.split == "dev"})
    questions = [questions[n * len(questions) // number] for n in range(number)]
    try:
        async with StandIn() as telegram:
            people = [telegram.person(7000 + n) for n in range(PEOPLE)]
            async with living(place, telegram, knowledge, state, log) as bot:
                held = await _first_life(bot, people, questions, knowledge, state)
            async with living(place, telegram, knowledge, state, log) as bot:
                held &= await _second_life(bot, people, questions)
    finally:
        print(log.read_text("utf-8"), file=sys.stderr)
        killed = place.killed()
        print(f"killed for its memory           {'not counted' if killed is None else killed}")
    return held and not killed


async def _first_life(
    bot: Bot, people: list[Person], questions: list[str], knowledge: Path, state: Path
) -> bool:
    _say("started, index made, first word", await bot.answers(people[0], "/start"), "s")
    _say("memory at its largest till then", bot.most, "MB", WHOLE)
    asked = await bot.ask(people, questions)
    steady = _answered(bot, asked)
    current = state / "index" / "current"
    before = current.read_text("utf-8")
    page = next(iter(sorted((knowledge / "guidance").glob("*.en.md"))))
    _touch(page)
    began = time.perf_counter()
    bot.look_at_the_folder()
    meanwhile = Asked()
    while current.read_text("utf-8") == before:
        more = await bot.ask(people, questions[:PEOPLE])
        meanwhile.waits += more.waits
        meanwhile.failed += more.failed
        assert time.perf_counter() - began < LONGEST, "no new index was made"
    _say("index made anew under questions", time.perf_counter() - began, "s")
    print(f"questions meanwhile             {len(meanwhile.waits)}, failed {meanwhile.failed}")
    after = await bot.ask(people, questions)
    _say("memory at its largest till then", bot.most, "MB", WHOLE)
    steady = max(steady, _answered(bot, after))
    failed = asked.failed + meanwhile.failed + after.failed
    return not failed and bot.most < WHOLE and steady < STEADY


async def _second_life(bot: Bot, people: list[Person], questions: list[str]) -> bool:
    _say("started again, first word", await bot.answers(people[0], "/start"), "s")
    return _answered(bot, await bot.ask(people, questions)) < STEADY


def _answered(bot: Bot, asked: Asked) -> float:
    """Print what came of questions; return the memory after them."""
    waits = [1000 * wait for wait in asked.waits]
    print(f"questions answered              {len(waits)}, failed {asked.failed}")
    _say("an answer, median", median(waits), "ms")
    _say("an answer, 95th percentile", quantiles(waits, n=20)[-1], "ms")
    steady = bot.megabytes("VmRSS")
    _say("memory then", steady, "MB", STEADY)
    _say("of that its own", bot.megabytes("RssAnon"), "MB")
    return steady


def _touch(page: Path) -> None:
    """Change what ``page`` says, as a maintainer would."""
    text = page.read_text("utf-8")
    page.write_text(text.replace("reviewed: ", "reviewed:  ", 1), "utf-8")


def _say(what: str, value: float, unit: str, limit: float | None = None) -> None:
    of = f"  of {limit:g} {unit} allowed" if limit else ""
    print(f"{what:<32}{value:9.1f} {unit}{of}", flush=True)


if __name__ == "__main__":
    main()
