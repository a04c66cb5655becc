"""Several bots in processes of their own, that can be killed and started again; and people."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from retrieval.settings import PROJECT
from tests.telegram.people import Person, until
from tests.telegram.server import StandIn

ENDS = 60.0  # seconds that a bot has to end when it is asked to
_MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")  # of direction, around Latin words in Persian
NAMING = "tests.cluster.bot_process"  # what a bot's process runs: answers that name the question


class BotProcess:
    """One bot. Its output goes into a file, and everything it writes into ``folder``; ``runs`` is
    its module with arguments."""

    def __init__(
        self, name: str, folder: Path, environment: dict[str, str], runs: Sequence[str] = (NAMING,)
    ) -> None:
        self.name = name
        self._runs = runs
        self.output = folder / f"{name}.output"
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(PROJECT),
            "DARICHEH_STATE": str(folder / f"{name}.state"),
            **environment,
        }
        self._process: asyncio.subprocess.Process | None = None
        self._said = 0

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start; it takes a second or two until it is there."""
        with self.output.open("ab") as output:
            self._said = self._ran()
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *self._runs,
                env=self._environment, stdout=output, stderr=asyncio.subprocess.STDOUT,
            )  # fmt: skip

    async def until_it_runs(self, patience: float = ENDS) -> None:
        """Return when it takes updates."""
        async with asyncio.timeout(patience):
            while self._ran() <= self._said:
                if not self.alive:
                    raise AssertionError(self.output.read_text("utf-8"))
                await asyncio.sleep(0.02)

    def _ran(self) -> int:
        return self.output.read_bytes().count(b"the bot is running")

    def strike(self) -> None:
        """Kill it as the kernel does when memory is short, in this very moment."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGKILL)

    async def kill(self) -> None:
        """Kill it, and return when it is gone."""
        self.strike()
        if self._process is not None:
            await self._process.wait()

    async def stop(self) -> int | None:
        """Ask it to end; return its exit status."""
        if self._process is None:
            return None
        if self.alive:
            self._process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self._process.wait(), ENDS)


@asynccontextmanager
async def crew(
    telegram: StandIn, redis_url: str, folder: Path, count: int, **environment: str
) -> AsyncIterator[list[BotProcess]]:
    """Run ``count`` bots that poll, or take calls where ``environment`` says so."""
    given = {
        "DARICHEH_TELEGRAM_TOKEN": telegram.token,
        "DARICHEH_TELEGRAM_API_URL": telegram.url,
        "DARICHEH_REDIS_URL": redis_url,
        **environment,
    }
    bots = [BotProcess(f"bot{n}", folder, given) for n in range(count)]
    try:
        for bot in bots:
            await bot.start()
        yield bots
    finally:
        for bot in bots:
            await bot.kill()


def answers(people: Sequence[Person]) -> Counter[str]:
    """Return how often each question was answered."""
    found: Counter[str] = Counter()
    for person in people:
        for kind, message in person.chat.events:
            text = _MARKS.sub("", str(message.get("text", "")))
            _, marked, question = text.partition("Answer to: ")
            if kind == "sent" and marked:
                found[question.partition("?")[0]] += 1
    return found


async def ask_on(person: Person, enough: asyncio.Event, patience: float) -> list[str]:
    """Ask one question after another, each when the one before is answered, until it is enough;
    return them all. Ends with one that is not answered within ``patience`` seconds."""
    asked: list[str] = []
    while not enough.is_set():
        question = f"question {len(asked)} of {person.chat.id}"
        asked.append(question)
        person.says(f"{question}?")
        with suppress(AssertionError):
            await until(lambda q=question: answers([person])[q] > 0, lambda: "an answer", patience)  # type: ignore[misc]
        if not answers([person])[question]:
            break
    return asked
