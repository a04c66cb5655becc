"""What is compared: one bot, several behind one Redis, and one with a plain pipeline."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from retrieval.settings import PROJECT
from tests.cluster.crew import BotProcess
from tests.cluster.redis_server import redis_server
from tests.telegram.server import StandIn

OURS = ("bot", "bot")  # ``daricheh bot``
PLAIN = ("tests.capacity.plain",)
MADE = 3600.0  # seconds that the plain pipeline may take to make its store


@dataclass(frozen=True, slots=True)
class Setup:
    """``count`` processes that run ``runs``; more than one share a Redis."""

    name: str
    runs: Sequence[str]
    count: int = 1


SETUPS = (
    Setup("plain LangChain pipeline behind the same bot", PLAIN),
    Setup("one process", OURS),
    Setup("three processes behind Redis", OURS, 3),
)


@asynccontextmanager
async def serving(setup: Setup, state: Path, scratch: Path) -> AsyncIterator[StandIn]:
    """Run the bots of a setup, each with a copy of what lies in ``state``, until they are there."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(StandIn())
        environment = {
            "DARICHEH_TELEGRAM_TOKEN": telegram.token,
            "DARICHEH_TELEGRAM_API_URL": telegram.url,
            "DARICHEH_KNOWLEDGE": str(PROJECT / "knowledge"),
            "HF_HUB_OFFLINE": "1",
        }
        if setup.count > 1:
            redis = await stack.enter_async_context(redis_server())
            environment["DARICHEH_REDIS_URL"] = redis.url
        for number in range(setup.count):
            place = scratch / f"bot{number}.state"
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(state, place)
            bot = BotProcess(f"bot{number}", scratch, environment, setup.runs)
            await bot.start()
            stack.push_async_callback(bot.kill)
            await bot.until_it_runs(MADE)
        yield telegram
