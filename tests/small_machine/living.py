"""A bot in a box, and people who ask it while its index is made, made anew, and opened again."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.telegram.texts import load
from retrieval.settings import PROJECT
from tests.small_machine.box import Box
from tests.telegram.people import Person, until
from tests.telegram.server import TOKEN, StandIn

LONGEST = 1800.0  # seconds that anything may take on a slow machine
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

    def megabytes(self, which: str) -> float:
        """Return its resident memory: ``VmRSS`` as it is now, ``VmHWM`` at its largest, or only
        what is its own and not of files (``RssAnon``)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        match = re.search(rf"^{which}:\s+(\d+) kB", status, re.MULTILINE)
        assert match, f"no {which} in /proc/{self._process.pid}/status"
        return int(match.group(1)) / 1000

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
        try:
            yield Bot(process, telegram)
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), 60)
