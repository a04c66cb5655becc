"""One process of several, which share their state in Redis."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from redis.exceptions import RedisError

from bot.quiet import Shown, describe
from bot.shared.opening import Shared
from bot.telegram.leading import Leading
from bot.telegram.ledger import Ledger
from bot.telegram.together import Errand, Together
from bot.telegram.workings import Workings
from bot.webhook.listener import NotTakenError

AGAIN = 1.0  # seconds until a part that has failed begins anew
ACCEPTS = 15.0  # seconds that a call waits for Redis; then Telegram is to call again
_log = logging.getLogger(__name__)


class Company:
    """The state and the updates of a bot that is several processes.

    What a process alone has left in its ``ledger`` is handed over to all. ``renew`` gives polling
    new connections, where it has been deaf for ``deaf`` seconds.
    """

    def __init__(
        self,
        shared: Shared,
        workings: Workings,
        ledger: Ledger,
        renew: Callable[[], Awaitable[None]],
        deaf: float,
    ) -> None:
        self._shared, self._bot, self._together = shared, workings.bot, Together(shared, workings)
        self._ledger, self._sessions = ledger, workings.sessions
        self._renew, self._deaf = renew, deaf
        self._adopted = False
        self._leading: Leading | None = None
        self._keeping: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Take up what a process alone has left here."""
        self._ledger.load(self._sessions)

    async def poll(self, wanted: list[str], poll: int) -> None:
        """Ask Telegram for updates whenever no other process does."""
        self._leading = Leading(
            self._shared, self._bot, self._together.accept, self._renew, wanted, poll, self._deaf
        )

    def aside(self) -> list[Coroutine[Any, Any, None]]:
        """Return what runs beside the conversations, until the bot is stopped."""
        # What is in hand is kept until it is ended, and so longer than the rest.
        self._keeping = asyncio.create_task(_anew(self._together.keep))
        parts = [self._run, *([self._leading.run] if self._leading else [])]
        return [_anew(part) for part in parts]

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

    async def _run(self) -> None:
        if not self._adopted:
            await self._together.adopt()
            self._ledger.changed()
            self._ledger.close(self._sessions)  # nothing is held here any more: the file goes
            self._adopted = True
        await self._together.run()

    async def ended(self, grace: float) -> None:
        """End what is in hand, and give back what cannot be ended in so many seconds."""
        await self._together.close(grace)
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)

    async def close(self) -> None:
        """Let go of Redis."""
        await self._shared.close()


async def _anew(part: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a part until cancelled; one that fails says so and begins anew: without it the process
    would live on and do nothing."""
    while True:
        running = asyncio.create_task(part())
        try:
            await asyncio.wait({running})
        finally:
            running.cancel()
            [failed] = await asyncio.gather(running, return_exceptions=True)
        if isinstance(failed, BaseException):
            _log.error("a part of the bot has failed: %s", Shown(describe(failed)))
        await asyncio.sleep(AGAIN)
