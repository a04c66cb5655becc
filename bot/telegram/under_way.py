"""What is being answered right now: known to whoever sends, without being handed through.

Where several processes share their state, an answer can be begun by one process and ended by
another. Then a message that is already sent must not be sent again, and buttons must lead to the
same answer. So every message has a place: the step (an update, or a burst by its last update) and
its number within it. In one process alone there is nothing under way, and nothing of this happens.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from telegram.error import TelegramError


class Stands(NamedTuple):
    """A message that stands in a chat, and when it was sent."""

    number: int
    sent: float


Send = Callable[[], Awaitable[Stands]]
# Makes a message that another process has sent into the one to be sent; False where it is gone.
Again = Callable[[int], Awaitable[bool]]


class TakenOverError(TelegramError):
    """Another process has this chat in hand now: nothing may be sent any more."""


class Work(Protocol):
    """A chat that this process has in hand."""

    async def once(self, step: str, number: int, send: Send, again: Again) -> Stands:
        """Return the message that ``send`` sends, or that a process before has sent; raise
        ``TakenOverError``."""
        ...

    def key(self, step: str, number: int) -> str:
        """Return a name for an answer that no other has."""
        ...

    def check(self) -> None:
        """Raise ``TakenOverError`` where another process has the chat in hand."""
        ...

    def put_off(self) -> None:
        """What is in hand cannot be ended here: it is left to another process."""
        ...

    async def paused(self, seconds: float) -> None:
        """Telegram asks to wait with this chat; whoever has it next is to know."""
        ...


@dataclass
class _Step:
    work: Work
    name: str
    sent: int = 0
    answers: int = 0


_step: ContextVar[_Step | None] = ContextVar("step", default=None)


def begin(work: Work, update: int) -> None:
    """From here on an update is dealt with as part of ``work``."""
    _step.set(_Step(work, f"u{update}"))


def begin_burst(last_update: int) -> None:
    """From here on what ends with that update is answered."""
    before = _step.get()
    if before is not None:
        _step.set(_Step(before.work, burst(last_update)))


def burst(last_update: int) -> str:
    """Return the name of the step in which a burst is answered."""
    return f"b{last_update}"


async def once(send: Send, again: Again) -> Stands:
    """Return the message that ``send`` sends: once for all processes."""
    step = _step.get()
    if step is None:
        return await send()
    number = step.sent
    step.sent += 1
    return await step.work.once(step.name, number, send, again)


def fresh_key() -> str:
    """Return the key of a new answer: eight letters that nobody can guess."""
    step = _step.get()
    if step is None:
        return secrets.token_urlsafe(6)
    step.answers += 1
    return step.work.key(step.name, step.answers)


def check() -> None:
    """Raise ``TakenOverError`` where another process deals with this by now."""
    step = _step.get()
    if step is not None:
        step.work.check()


async def paused(seconds: float) -> None:
    """Let other processes know that Telegram asks to wait with the chat in hand."""
    step = _step.get()
    if step is not None:
        await step.work.paused(seconds)


def put_off() -> None:
    """Leave what is in hand to another process, where there are several."""
    step = _step.get()
    if step is not None:
        step.work.put_off()
