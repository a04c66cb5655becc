"""Each chat its own lane: one update after another within a chat, chats side by side.

What a person says in pieces is collected meanwhile (see ``burst``); whatever else comes from the
chat waits until that is answered. An update that Telegram delivers twice is dealt with once.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.quiet import Shown
from bot.telegram.burst import Bursts, may_go_on

REMEMBERED = 10_000  # update numbers; they are Telegram's count of updates, not of people
LONGEST_LANE = 50  # updates of one chat that wait; more than that is a flood, not a conversation
SIDE_BY_SIDE = 4096  # updates in hand; most of them wait in their lane

_log = logging.getLogger(__name__)


class _Lane:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting = 0


class Lanes(BaseUpdateProcessor):
    """Processes updates in order per chat; ``cut_short`` is told of each chat that sends one. With
    ``once`` False it leaves it to others to drop what comes twice."""

    def __init__(self, bursts: Bursts, cut_short: Callable[[int], None], once: bool = True) -> None:
        super().__init__(SIDE_BY_SIDE)
        self._bursts = bursts
        self._cut_short = cut_short
        self._once = once
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._lanes: dict[int, _Lane] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Run ``coroutine`` when the earlier updates of its chat are done; drop a repeated one."""
        if not isinstance(update, Update):
            await coroutine
            return
        if self._once and self._repeated(update.update_id):
            _close(coroutine)
            return
        if update.inline_query is not None:  # it belongs to no chat, and each letter makes one
            await coroutine
            return
        chat = update.effective_chat.id if update.effective_chat else 0
        self._cut_short(chat)  # what is still being written would make this wait
        lane = self._lanes.setdefault(chat, _Lane())
        if lane.waiting >= LONGEST_LANE:
            _log.warning(
                "a chat sends faster than it can be answered: %s wait", Shown(lane.waiting)
            )
            _close(coroutine)
            return
        lane.waiting += 1
        try:
            async with lane.lock:
                if not may_go_on(update):
                    await self._bursts.finish(chat)
                await coroutine
        finally:
            lane.waiting -= 1
            if not lane.waiting:
                self._lanes.pop(chat, None)

    def _repeated(self, number: int) -> bool:
        if number in self._seen:
            return True
        self._seen[number] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return False


def _close(coroutine: Awaitable[Any]) -> None:
    if isinstance(coroutine, Coroutine):
        coroutine.close()
