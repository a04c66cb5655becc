"""Carries out the timetable: deletes messages when their time has come, also after a restart."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence

from telegram.error import Forbidden, TelegramError

from bot.quiet import Shown, describe
from bot.telegram.sending import Outbox
from bot.telegram.session import Sessions

EVERY = 10.0  # seconds between looks at the timetable
_log = logging.getLogger(__name__)


class Vanishing:
    """Deletes what is due, every chat for itself: one that has to wait holds up no other."""

    def __init__(self, sessions: Sessions, outbox: Outbox) -> None:
        self._sessions = sessions
        self._outbox = outbox
        self._at_work: dict[int, asyncio.Task[None]] = {}
        self._awake = asyncio.Event()

    def wake(self) -> None:
        """Something may be due at once."""
        self._awake.set()

    async def run(self) -> None:
        """Look and delete, until cancelled."""
        try:
            while True:
                self._awake.clear()
                for chat, numbers in self._sessions.timetable.due(self._sessions.now()).items():
                    if chat not in self._at_work:
                        self._at_work[chat] = asyncio.create_task(self._delete(chat, numbers))
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(EVERY):
                        await self._awake.wait()
        finally:
            for task in self._at_work.values():
                task.cancel()

    async def carry_out(self, chat: int) -> None:
        """Delete what is due in one chat, and return when that is done."""
        numbers = self._sessions.timetable.due(self._sessions.now()).get(chat)
        if numbers and chat not in self._at_work:
            self._at_work[chat] = asyncio.create_task(self._delete(chat, numbers))
            await self._at_work[chat]

    async def _delete(self, chat: int, numbers: Sequence[int]) -> None:
        try:
            await self._outbox.delete(chat, numbers)
        except Forbidden:  # the chat is closed to the bot: nothing there can be deleted any more
            self._sessions.forget(chat)
        except TelegramError as error:
            _log.info("messages could not be deleted, for now: %s", Shown(describe(error)))
        else:
            self._sessions.deleted(chat, numbers)
        finally:
            del self._at_work[chat]
