"""Fetching updates so that one that cannot be read does not stop the rest.

The library reads a batch as a whole: one update it does not understand and it asks for the same
batch again, for ever.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.quiet import Shown, describe
from bot.telegram.patience import passing

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)
# Telegram takes method names in any case; in this one the library lets a raw call through
_RAW = "getupdates"
# A failure within so many seconds is a passing one; then these pauses.
QUICKLY, AGAIN = 5.0, (0.1, 0.3)
_log = logging.getLogger(__name__)


class SteadyBot(ExtBot[None]):
    """ExtBot whose ``get_updates`` leaves out what cannot be read."""

    __slots__ = ()

    async def get_updates(self, *args: Any, **options: Any) -> tuple[Update, ...]:
        """Return the waiting updates; see ``telegram.Bot.get_updates``.

        A request that fails at once is tried again at once: the library would be deaf for a second
        or more after each, and everybody would wait.
        """
        loop = asyncio.get_running_loop()
        for pause in AGAIN:
            began = loop.time()
            try:
                return await self._fetched(*args, **options)
            except TelegramError as error:
                if loop.time() - began > QUICKLY or not passing(error):
                    raise
            _log.info("updates could not be fetched, and are asked for again")
            await asyncio.sleep(pause)
        return await self._fetched(*args, **options)

    async def _fetched(self, *args: Any, **options: Any) -> tuple[Update, ...]:
        try:
            return await super().get_updates(*args, **options)
        except UNREADABLE:
            return await self._readable(options.get("offset"))

    async def _readable(self, offset: int | None) -> tuple[Update, ...]:
        """Return the readable ones of the waiting updates, and confirm the others."""
        raw = await self.do_api_request(_RAW, {"offset": offset, "timeout": 0})
        updates = []
        for each in raw:
            try:
                updates.append(Update.de_json(each, self))
            except UNREADABLE as error:
                _log.error("an update cannot be read and is left out: %s", Shown(describe(error)))
        if raw and not updates:
            after = {"offset": raw[-1]["update_id"] + 1, "timeout": 0, "limit": 1}
            await self.do_api_request(_RAW, after)
        return tuple(updates)
