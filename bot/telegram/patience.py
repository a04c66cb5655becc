"""Waiting for Telegram: the chat that is told to wait waits, and no other.

The stock rate limiter stops every chat when one is told to slow down. Here a 429 holds back the
requests of its own chat; server errors, timeouts and dropped connections are tried again with
growing pauses. A sendMessage whose answer was lost may have arrived: trying again can show a
message twice, which is better than not at all, and Telegram offers no key to tell.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.quiet import Shown
from bot.telegram import under_way

Result = bool | dict[str, Any] | list[dict[str, Any]]
ONLY_ONCE = frozenset({"sendChatAction"})  # late, it would say "typing" under the answer

# python-telegram-bot gives waiting times as timedelta where this is set, and warns where it is not
os.environ.setdefault("PTB_TIMEDELTA", "true")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on trying, in seconds.

    Eight attempts with these pauses are about two minutes: a short outage passes, and nobody gets
    an answer to a question long given up.
    """

    first: float = 0.5
    longest: float = 30.0
    attempts: int = 8
    longest_ban: float = 900.0


class Patient(BaseRateLimiter[None]):
    """Runs the bot's requests (all but getUpdates), each as often as it takes."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._held: dict[object, float] = {}
        self._leaving = asyncio.Event()

    async def initialize(self) -> None:
        """Begin with nobody waiting."""
        self._leaving.clear()

    async def shutdown(self) -> None:
        """Let whoever still waits go."""
        self.leave()

    def leave(self) -> None:
        """Stop waiting: requests under way get no further attempt, the bot is being stopped."""
        self._leaving.set()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002  the library passes it by name
    ) -> Result:
        """Return Telegram's answer; raise ``TelegramError`` where waiting will not help."""
        chat = data.get("chat_id")
        pause = self._patience.first
        attempt = 1
        while True:
            await self._turn(chat)
            under_way.check()
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                wait = _seconds(error)
                self.hold(chat, wait)
                if chat is not None:
                    await under_way.paused(wait)
                if endpoint in ONLY_ONCE or wait > self._patience.longest_ban:
                    raise
                await self._pause(wait, error)
            except TelegramError as error:
                vain = endpoint in ONLY_ONCE or attempt >= self._patience.attempts
                if vain or not passing(error):
                    raise
                _log.info("%s failed, attempt %s", Shown(endpoint), Shown(attempt))
                await self._pause(pause * random.uniform(0.8, 1.2), error)  # noqa: S311
                pause = min(pause * 2, self._patience.longest)
                attempt += 1

    def hold(self, chat: object, wait: float) -> None:
        """Send nothing to the chat for so many seconds."""
        if chat is not None:
            now = asyncio.get_running_loop().time()
            self._held = {who: until for who, until in self._held.items() if until > now}
            self._held[chat] = now + wait

    async def _turn(self, chat: object) -> None:
        """Wait while the chat is held back on account of another request."""
        until = self._held.get(chat)
        if until is not None:
            left = until - asyncio.get_running_loop().time()
            if left > 0:
                await self._sleep(left)

    async def _pause(self, seconds: float, error: TelegramError) -> None:
        if await self._sleep(seconds):
            under_way.put_off()
            raise error

    async def _sleep(self, seconds: float) -> bool:
        """Wait, and return whether the bot is leaving."""
        try:
            await asyncio.wait_for(self._leaving.wait(), seconds)
        except TimeoutError:
            return False
        return True


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()


def passing(error: TelegramError) -> bool:
    """Return whether trying again may help.

    BadRequest is a NetworkError in the library, but asking again is vain. A bare TelegramError is
    its word for a body that is not JSON: a gateway's error page.
    """
    if isinstance(error, BadRequest):
        return False
    return isinstance(error, NetworkError) or type(error) is TelegramError
