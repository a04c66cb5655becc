"""The line to a model: who may speak on it, how often it is tried, what it costs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing

from retrieval.model.breaker import REST, Breaker
from retrieval.model.chat import Chat, Prompt, UnansweredError
from retrieval.model.insisting import Sleep, insist
from retrieval.model.spending import Spending

# Characters of a token, low so that no limit is overrun: Persian has about two.
_CHARACTERS = 2
# What a text is expected to take, in tokens, when it is asked whether there is room for it.
EXPECTED = 400
_log = logging.getLogger(__name__)


class OverLimitError(Exception):
    """The chat or the day has used up what it may."""


class RestingError(Exception):
    """The model failed too often just now."""


class Line:
    """Speaks to one model, within its limits. All it knows is in memory."""

    def __init__(
        self, chat: Chat, spending: Spending, breaker: Breaker, sleep: Sleep = asyncio.sleep
    ) -> None:
        self.chat = chat
        self._spending = spending
        self._breaker = breaker
        self._sleep = sleep

    async def say(self, prompt: Prompt, who: int) -> AsyncGenerator[str, None]:
        """Yield what the model says to ``prompt``, asked for chat ``who``.

        Raises ``OverLimitError``, ``RestingError`` or ``UnansweredError``. A caller that has heard
        enough closes the iterator.
        """
        read = (len(prompt.rules) + len(prompt.case)) // _CHARACTERS
        if not self._spending.allows(who, read + EXPECTED):
            raise OverLimitError
        if not self._breaker.lets_through():
            raise RestingError
        length, counted_read, counted_written = 0, 0, 0
        try:
            async with aclosing(insist(self.chat, prompt, self._sleep)) as pieces:
                async for piece in pieces:
                    length += len(piece.text)
                    counted_read += piece.read
                    counted_written += piece.written
                    yield piece.text
            self._breaker.worked()
        except UnansweredError as error:
            self.failed()
            _log.warning("the language model gave no answer (status %d)", error.status)
            raise
        finally:
            self._spending.spend(
                who, counted_read or read, counted_written or length // _CHARACTERS
            )

    def failed(self) -> None:
        """Count a failure that only the caller sees: the model took too long."""
        self._breaker.failed()
        if self._breaker.is_open:
            _log.warning("the language model is left alone for %d seconds", REST)
