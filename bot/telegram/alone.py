"""One process by itself: all state in its memory, what must outlive it in one sealed file."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from telegram import Update
from telegram.error import Conflict, TelegramError

from bot.quiet import Shown, describe
from bot.telegram.fetching import UNREADABLE
from bot.telegram.ledger import Ledger
from bot.telegram.workings import Workings

SWEEP = 60.0
_log = logging.getLogger(__name__)


class Alone:
    """The state and the updates of a bot that is one process."""

    def __init__(self, workings: Workings, ledger: Ledger) -> None:
        self._workings, self._ledger = workings, ledger
        self._sessions = workings.sessions
        self._called: dict[int, asyncio.Task[None]] = {}

    def open(self) -> None:
        """Take up what the last process left."""
        self._ledger.load(self._sessions)

    async def poll(self, wanted: list[str], poll: int) -> None:
        """Begin to ask Telegram for updates."""
        await self._workings.updater.start_polling(
            timeout=poll, allowed_updates=wanted, error_callback=_polling_failed
        )

    def aside(self) -> list[Coroutine[Any, Any, None]]:
        """Return what runs beside the conversations, until the bot is stopped."""
        return [self._sweep(), self._ledger.run(self._sessions), self._workings.vanishing.run()]

    async def accept(self, update: dict[str, Any]) -> None:
        """Return when an update is dealt with: before, nothing but this memory holds it.

        Telegram gives up a call after a while and calls again; that waits for the same answer.
        """
        number = int(update["update_id"])
        if number not in self._called:
            self._called[number] = asyncio.create_task(self._deal(update))
            self._called[number].add_done_callback(lambda _: self._called.pop(number))
        await asyncio.shield(self._called[number])

    async def ended(self, _grace: float) -> None:
        """Return when the calls under way are answered."""
        if self._workings.updater.running:
            await self._workings.updater.stop()
        if self._called:
            await asyncio.wait(self._called.values())

    async def close(self) -> None:
        """Leave the next process what is to survive."""
        self._ledger.close(self._sessions)

    async def _deal(self, raw: dict[str, Any]) -> None:
        try:
            update = Update.de_json(raw, self._workings.bot)
        except UNREADABLE as error:
            _log.error("an update cannot be read and is left out: %s", Shown(describe(error)))
            return
        await self._workings.process(update)
        if update.effective_chat is not None:
            # Telegram sends a chat's next message after this one is taken: nothing more comes.
            await self._workings.bursts.finish(update.effective_chat.id)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            self._sessions.sweep()


def _polling_failed(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        _log.error("another process asks for this bot's updates: stop one of the two")
        return
    _log.warning("updates could not be fetched: %s", Shown(describe(error)))
