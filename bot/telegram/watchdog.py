"""Notices when the bot has gone deaf.

Behind some proxies a request for updates has been seen to end neither with an answer nor with an
error, and polling with it. Each such request ends after less than a minute when all is well; where
none has ended for minutes, polling is begun anew.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.quiet import Shown

DEAF = 300.0  # seconds without the end of any request for updates
_log = logging.getLogger(__name__)


class Watchdog:
    """Told of every request for updates that ended; begins polling anew when none does."""

    def __init__(self, restart: Callable[[], Awaitable[None]], deaf: float = DEAF) -> None:
        self._restart = restart
        self._deaf = deaf
        self._ended = asyncio.Event()

    def ended(self) -> None:
        """A request for updates has ended: with an answer or with an error, but it ended."""
        self._ended.set()

    async def watch(self) -> None:
        """Watch until cancelled."""
        while True:
            self._ended.clear()
            try:
                async with asyncio.timeout(self._deaf):  # wait_for can swallow a cancellation
                    await self._ended.wait()
            except TimeoutError:
                _log.error("no updates could be asked for in %s seconds", Shown(int(self._deaf)))
                await self._restart()
                _log.info("polling has begun anew")
