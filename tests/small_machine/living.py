"""A bot in a box, and people who ask it while its index is made, made anew, and opened again."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.telegram.texts import load
from retrieval.settings import PROJECT
from tests.small_machine.box import Box
from tests.telegram.people import Person, until
from tests.telegram.server import TOKEN, StandIn

LONGEST = 1800.0  # seconds that anything may take on a slow machine
EVERY = 0.25  # seconds between looks at the memory
_ERRORS = tuple(texts.messages.error for texts in load().values())


@dataclass
class Asked:
    """What came of questions: how long each waited, in seconds, and how many failed."""

    waits: list[float] = field(default_factory=list)
    failed: int = 0


class Bot:
    """A bot that runs in a box."""

    def __init__(self, process: asyncio.subprocess.Process, telegram: StandIn) -> None:
        self._process = process
        self._telegram = telegram
        self.most = 0.0  # megabytes that it and its children held together, what they share once

    def megabytes(self, which: str) -> float:
        """Return its resident memory: ``VmRSS``, or only what is its own and not of files
        (``RssAnon``)."""
        return _kilobytes(Path(f"/proc/{self._process.pid}/status"), which) / 1000

    async def watch(self) -> None:
        """Keep ``most`` up to date, until cancelled: the index is made by a child."""
        while True:
            self.most = max(self.most, self._together())
            await asyncio.sleep(EVERY)

    def _together(self) -> float:
        own = Path(f"/proc/{self._process.pid}")
        kilobytes = 0
        with suppress(OSError, ValueError):  # a process or a thread that ended meanwhile
            ids = [file.read_text("ascii").split() for file in own.glob("task/*/children")]
            for process in (own, *(own.parent / child for each in ids for child in each)):
                kilobytes += _kilobytes(process / "smaps_rollup", "Pss")
        return kilobytes / 1000

    async def answers(self, person: Person, text: str) -> float:
        """Let ``person`` say ``text``; return the seconds until there was an answer."""
        began, heard = time.perf_counter(), len(person.chat.events)
        person.says(text)
        await until(lambda: self._heard(person, heard), lambda: "an answer", LONGEST)
        return time.perf_counter() - began

    def _heard(self, person: Person, since: int) -> bool:
        assert self._process.returncode is None, "the bot ended"
        return any(kind == "sent" for kind, _ in person.chat.events[since:])

    async def ask(self, people: Sequence[Person], questions: Sequence[str]) -> Asked:
        """Let ``people`` ask ``questions``, each person the next when the last is answered."""
        asked = Asked()
        waiting = iter(questions)

        async def one(person: Person) -> None:
            for question in waiting:
                heard = len(person.chat.events)
                asked.waits.append(await self.answers(person, question))
                news = [message["text"] for kind, message in person.chat.events[heard:]
                        if kind == "sent"]  # fmt: skip
                asked.failed += any(error in text for error in _ERRORS for text in news)

        await asyncio.gather(*(one(person) for person in people))
        return asked

    def look_at_the_folder(self) -> None:
        """Tell it to bring its index up to date."""
        self._process.send_signal(signal.SIGHUP)


def _kilobytes(file: Path, which: str) -> int:
    match = re.search(rf"^{which}:\s+(\d+) kB", file.read_text("ascii"), re.MULTILINE)
    if match is None:
        raise ValueError(f"no {which} in {file}")
    return int(match.group(1))


@asynccontextmanager
async def living(
    box: Box, telegram: StandIn, knowledge: Path, state: Path, log: Path
) -> AsyncIterator[Bot]:
    """Run a bot in ``box`` with its index of ``knowledge`` in ``state``; its output goes to
    ``log``."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DARICHEH_")},
        "DARICHEH_TELEGRAM_TOKEN": TOKEN,
        "DARICHEH_TELEGRAM_API_URL": telegram.url,
        "DARICHEH_KNOWLEDGE": str(knowledge),
        "DARICHEH_STATE": str(state),
        "PYTHONPATH": str(PROJECT),
    }
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "bot",
            env=environment, stdout=output, stderr=output, preexec_fn=box.enter,
        )  # fmt: skip
        bot = Bot(process, telegram)
        watching = asyncio.create_task(bot.watch())
        try:
            yield bot
        finally:
            watching.cancel()
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), 60)
