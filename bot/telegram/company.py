"""One process of several, which share their state in Redis."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from redis.exceptions import RedisError

from bot.shared.opening import Shared
from bot.telegram.leading import Leading
from bot.telegram.together import Errand, Together
from bot.telegram.workings import Workings
from bot.webhook.listener import NotTakenError

ACCEPTS = 15.0  # seconds that a call waits for Redis; then Telegram is to call again


class Company:
    """The state and the updates of a bot that is several processes.

    ``renew`` gives polling new connections, where it has been deaf for ``deaf`` seconds.
    """

    def __init__(
        self,
        shared: Shared,
        workings: Workings,
        renew: Callable[[], Awaitable[None]],
        deaf: float,
    ) -> None:
        self._shared, self._bot, self._together = shared, workings.bot, Together(shared, workings)
        self._renew, self._deaf = renew, deaf
        self._leading: Leading | None = None
        self._keeping: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Nothing is to be taken up: state lies in Redis."""

    async def poll(self, wanted: list[str], poll: int) -> None:
        """Ask Telegram for updates whenever no other process does."""
        self._leading = Leading(
            self._shared, self._bot, self._together.accept, self._renew, wanted, poll, self._deaf
        )

    def aside(self) -> list[Coroutine[Any, Any, None]]:
        """Return what runs beside the conversations, until the bot is stopped."""
        # What is in hand is kept until it is ended, and so longer than the rest.
        self._keeping = asyncio.create_task(self._together.keep())
        running = [self._together.run()]
        return [*running, self._leading.run()] if self._leading else running

    async def accept(self, update: dict[str, Any]) -> None:
        """Return when an update waits in Redis; raise ``NotTakenError``."""
        try:
            async with asyncio.timeout(ACCEPTS):
                await self._together.accept(update)
        except (RedisError, OSError, TimeoutError) as error:
            raise NotTakenError("Redis is away") from error

    async def visit(self, errand: Errand) -> None:
        """Do an errand in every chat whose conversation goes on."""
        await self._together.visit(errand)

    @property
    def in_hand(self) -> int:
        """How many chats this process has in hand."""
        return self._together.in_hand

    async def ready(self) -> bool:
        """Return whether Redis answers."""
        try:
            return bool(await self._shared.redis.ping())
        except (RedisError, OSError, TimeoutError):
            return False

    async def ended(self, grace: float) -> None:
        """End what is in hand, and give back what cannot be ended in so many seconds."""
        await self._together.close(grace)
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)

    async def close(self) -> None:
        """Let go of Redis."""
        await self._shared.close()
