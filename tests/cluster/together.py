"""Bots in the test's own process that share one Redis."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from bot.telegram.app import TelegramBot
from tests.bot.telegram.conftest import running
from tests.bot.telegram.scripted import ALL, Scripted
from tests.cluster.redis_server import RedisServer
from tests.telegram.server import StandIn


@asynccontextmanager
async def together(
    telegram: StandIn, redis: RedisServer, libraries: list[Scripted], **more: Any
) -> AsyncIterator[list[TelegramBot]]:
    """Run a bot for each library, all on one Redis."""
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(running(telegram, library, redis_url=redis.url, **more))
            for library in libraries
        ]


def libraries(count: int) -> list[Scripted]:
    """Return as many libraries that all say the same."""
    return [Scripted(*ALL) for _ in range(count)]
