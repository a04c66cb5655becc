"""A chat that this process has in hand, for as long as it has."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

from redis.exceptions import RedisError

from bot.shared.opening import Shared
from bot.shared.queue import Sent, Taken
from bot.telegram.under_way import Again, Send, Stands, TakenOverError

_KEY = 8  # letters of an answer's key


class Hold:
    """Sends every message once for all processes, as long as the chat is in no other hand.

    ``news``: something more has come from the chat. ``lost``: another process has it now.
    ``unfinished``: what is in hand cannot be ended here.
    """

    def __init__(self, shared: Shared, taken: Taken) -> None:
        self._shared = shared
        self.taken = taken
        self.news = asyncio.Event()
        self.lost = False
        self.unfinished = False
        self._sent = {
            (each.step, each.number): Stands(each.message, each.at) for each in taken.sent
        }
        self._heard = asyncio.get_running_loop().time()

    def began(self, step: str) -> bool:
        """Return whether another process has already sent something in this step."""
        return any(name == step for name, _ in self._sent)

    def committed(self) -> None:
        """What was sent so far belongs to updates that are done with."""
        self._sent.clear()

    async def renew(self) -> None:
        """Keep the chat in hand, or notice that another process has it."""
        if not await self._shared.line.steady(lambda: self._shared.queue.renew(self.taken)):
            self.lost = True
        self._heard = asyncio.get_running_loop().time()

    async def once(self, step: str, number: int, send: Send, again: Again) -> Stands:
        """Return the message that ``send`` sends, or that a process before has sent.

        Between Telegram's taking a message and the note that it did lies a moment; a process that
        dies in it has its message sent once more. Twice is better than never.
        """
        before = self._sent.get((step, number))
        if before is not None and await again(before.number):
            return before
        silent = asyncio.get_running_loop().time() - self._heard
        if silent > self._shared.queue.lease / 2:  # this process was asleep
            await self._or_put_off(self.renew())
        self.check()
        stands = await send()
        note = Sent(step, number, stands.number, stands.sent)
        noted = self._shared.line.steady(lambda: self._shared.queue.note_sent(self.taken, note))
        if not await self._or_put_off(noted):
            self.lost = True
        return stands

    def check(self) -> None:
        """Raise ``TakenOverError`` where another process has the chat in hand."""
        if self.lost:
            raise TakenOverError("another process has this chat in hand")

    def key(self, step: str, number: int) -> str:
        """Return the key of an answer: the same in whichever process it is given."""
        return self._shared.names.hidden("answer", self.taken.lane, step, number)[:_KEY]

    def put_off(self) -> None:
        """Leave what is in hand to another process."""
        self.unfinished = True

    async def paused(self, seconds: float) -> None:
        """Telegram asks to wait with this chat; whoever has it next is to know."""
        lane, queue = self.taken.lane, self._shared.queue
        await self._or_put_off(self._shared.line.steady(lambda: queue.pause(lane, seconds)))

    async def _or_put_off(self, asked: Awaitable[Any]) -> Any:
        try:
            return await asked
        except (RedisError, OSError, TimeoutError) as error:
            self.put_off()
            raise TakenOverError("Redis is away, and this process is ending") from error
