"""The bot in a process of its own, with the project's knowledge, and many people at once."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil

from retrieval.settings import PROJECT
from tests.load.faults import ChanceFaults, Shares
from tests.load.people import MARK, Asker, Tally
from tests.telegram.server import TOKEN, StandIn

SAMPLE = 2.0  # seconds between looks at the bot's memory


@dataclass(frozen=True, slots=True)
class Load:
    """How many people for how long, and how long each thinks between two questions, on average."""

    people: int
    seconds: float
    think: float
    patience: float = 60.0
    shares: Shares = field(default_factory=Shares)
    seed: int = 20261123


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: memory in MB over time; ``kept`` names the places that hold the mark."""

    tally: Tally
    memory: tuple[float, ...]
    struck: dict[str, int]
    kept: tuple[str, ...]
    exit_status: int | None

    @property
    def sound(self) -> bool:
        """Whether every question was answered once and in order, and nothing was kept."""
        return not self.tally.faults and not self.kept and self.exit_status == 0

    @property
    def growth(self) -> float:
        """How much more memory the last third took than the middle one, as a share."""
        third = len(self.memory) // 3
        if not third:
            return 0.0
        return median(self.memory[-third:]) / median(self.memory[third : 2 * third]) - 1


async def run(
    load: Load, questions: Sequence[str], knowledge: Path, state: Path, scratch: Path
) -> Outcome:
    """Put the load on a bot whose index of ``knowledge`` lies in ``state``; its output goes into
    ``scratch``."""
    async with StandIn() as telegram:
        faults = ChanceFaults(Shares(0, 0, 0), load.seed)
        telegram.faults = faults
        with (scratch / "output").open("wb") as output:
            process = await _bot(telegram.url, knowledge, state, output.fileno())
            try:
                memory: list[float] = []
                tally = Tally()
                askers = [
                    Asker(telegram.person(9000 + n), questions, load.think, load.seed + n, tally)
                    for n in range(load.people)
                ]
                await _greeted(telegram)
                faults.shares = load.shares
                watching = asyncio.create_task(_memory(process.pid, memory))
                until = time.monotonic() + load.seconds
                await asyncio.gather(*(each.live(until, load.patience) for each in askers))
                await asyncio.sleep(SAMPLE)  # an answer too many would come now
                for each in askers:
                    each.settle()
                watching.cancel()
                faults.shares = Shares(0, 0, 0)
            finally:
                with suppress(ProcessLookupError):
                    process.send_signal(signal.SIGTERM)
                status = await asyncio.wait_for(process.wait(), 60)
    kept = tuple(holding(MARK, [scratch, state]))
    return Outcome(tally, tuple(memory), dict(faults.struck), kept, status)


async def _bot(url: str, knowledge: Path, state: Path, output: int) -> asyncio.subprocess.Process:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DARICHEH_")},
        "DARICHEH_TELEGRAM_TOKEN": TOKEN,
        "DARICHEH_TELEGRAM_API_URL": url,
        "DARICHEH_KNOWLEDGE": str(knowledge),
        "DARICHEH_STATE": str(state),
        "PYTHONPATH": str(PROJECT),
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "bot", env=environment, stdout=output, stderr=output
    )


async def _greeted(telegram: StandIn) -> None:
    """Wait until the bot answers: its index may have to be made first."""
    first = telegram.person(8999)
    first.says("/start")
    while not first.chat.from_bot():
        await asyncio.sleep(0.1)


async def _memory(process: int, samples: list[float]) -> None:
    bot = psutil.Process(process)
    while True:
        samples.append(bot.memory_info().rss / 2**20)
        await asyncio.sleep(SAMPLE)


def holding(mark: str, folders: Sequence[Path]) -> list[str]:
    """Return the files that hold ``mark``, plain or as UTF-16."""
    forms = (mark.encode(), mark.encode("utf-16-le"))
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [str(path) for path in files if any(form in path.read_bytes() for form in forms)]
