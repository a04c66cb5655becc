"""Polling where there are several processes: one leads and asks Telegram, for all of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from redis.exceptions import RedisError
from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.quiet import Shown, describe
from bot.shared import leader
from bot.shared.opening import Shared

FIRST, SELDOM = 1.0, 30.0  # seconds between attempts to ask Telegram
_log = logging.getLogger(__name__)


class Leading:
    """Asks Telegram for updates while this process leads; ``accept`` returns when one is safe.

    An update counts as fetched for Telegram when the next ones are asked for. That is done after
    all are safe: whoever dies before has them fetched again by the next that leads.
    """

    def __init__(
        self,
        shared: Shared,
        bot: Bot,
        accept: Callable[[dict[str, Any]], Awaitable[None]],
        renew: Callable[[], Awaitable[None]],
        wanted: list[str],
        poll: int,
        deaf: float,
    ) -> None:
        self._shared, self._bot, self._accept, self._renew = shared, bot, accept, renew
        self._wanted, self._poll, self._deaf = wanted, poll, deaf
        self._offset: int | None = None

    async def run(self) -> None:
        """Lead whenever nobody else does, until cancelled."""
        polling: asyncio.Task[None] | None = None
        try:
            while True:
                leads = await self._shared.line.steady(self._shared.leader.leads)
                if leads and (polling is None or polling.done()):
                    polling = asyncio.create_task(self._ask())
                    _log.info("this process asks Telegram for updates")
                elif not leads and polling is not None:
                    polling.cancel()
                    polling = None
                    _log.info("another process asks Telegram for updates")
                await asyncio.sleep(leader.LEADS / 4)
        finally:
            if polling is not None:
                polling.cancel()
                await asyncio.gather(polling, return_exceptions=True)
                await self._resign()

    async def _resign(self) -> None:
        try:
            await self._shared.leader.resign()
        except (RedisError, OSError, TimeoutError):
            _log.debug("the lead runs out by itself")

    async def _ask(self) -> None:
        pause, hook = FIRST, True
        while True:
            try:
                if hook:
                    await self._bot.delete_webhook()
                    hook = False
                await self._fetch()
                pause = FIRST
            except InvalidToken:
                return
            except (TelegramError, TimeoutError) as error:
                _log.warning("updates could not be fetched: %s", Shown(describe(error)))
                if isinstance(error, TimeoutError):  # deaf: see `watchdog`
                    await self._renew()
                await asyncio.sleep(_after(error, pause))
                pause = min(pause * 2, SELDOM)

    async def _fetch(self) -> None:
        async with asyncio.timeout(self._deaf):
            updates = await self._bot.get_updates(
                offset=self._offset, timeout=self._poll, allowed_updates=self._wanted
            )
        for update in updates:
            await self._accept(update.to_dict())
            self._offset = update.update_id + 1


def _after(error: BaseException, pause: float) -> float:
    if not isinstance(error, RetryAfter):
        return pause
    after = error.retry_after
    return max(pause, float(after) if isinstance(after, int) else after.total_seconds())
