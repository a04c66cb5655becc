"""Answers that a language model is writing: shown as they grow, and cut short when need be.

Only what has passed the check comes here. Telegram takes about one change a second in a chat, so
the message that grows is edited with pauses between, always to the newest state.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

from telegram.error import TelegramError

from bot.quiet import Shown, describe
from bot.telegram import render
from bot.telegram.message import Message
from bot.telegram.sending import Outbox
from bot.telegram.texts import Texts
from retrieval.answering.answer import Answer, Language

PAUSE = 1.5  # seconds between two changes of a message
Result = TypeVar("Result")
_log = logging.getLogger(__name__)


class Writing:
    """The answers that are being written, by chat."""

    def __init__(self) -> None:
        self._under_way: dict[int, set[asyncio.Task[Any]]] = {}

    def cut_short(self, chat: int) -> None:
        """Stop what is being written for ``chat``: the person has asked for something else."""
        for task in self._under_way.get(chat, ()):
            task.cancel()

    async def unless_cut_short(self, chat: int, work: Coroutine[Any, Any, Result]) -> Result | None:
        """Return what ``work`` does, None where it was cut short."""
        task = asyncio.create_task(work)
        tasks = self._under_way.setdefault(chat, set())
        tasks.add(task)
        try:
            await asyncio.wait({task})
        finally:
            task.cancel()  # where this itself was cancelled
            tasks.discard(task)
            if not tasks:
                self._under_way.pop(chat, None)
        return None if task.cancelled() else task.result()


class Growing:
    """A message that grows while the body of ``async with`` runs; ``numbers`` are of what stands
    in the chat afterwards. ``goes_on`` tells whether the conversation was not forgotten."""

    def __init__(
        self,
        outbox: Outbox,
        texts: dict[Language, Texts],
        chat: int,
        reply_to: int | None,
        goes_on: Callable[[], bool],
        pause: float = PAUSE,
    ) -> None:
        self._outbox = outbox
        self._texts = texts
        self._chat = chat
        self._reply_to = reply_to
        self._goes_on = goes_on
        self._pause = pause
        self._newest: Answer | None = None
        self._news = asyncio.Event()
        self._ended = asyncio.Event()
        self.numbers: list[int] = []

    def show(self, answer: Answer) -> None:
        """Show ``answer``, or what is newer by the time the message may be changed again."""
        self._newest = answer
        self._news.set()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._grow())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._news.set()
        await self._task  # a message on its way has a number that is needed

    async def _grow(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            if self._ended.is_set() or self._newest is None or not self._goes_on():
                return
            try:
                await self._put(pages(self._newest, self._texts))
            except TelegramError as error:  # the whole answer is sent all the same
                _log.info("an answer cannot grow: %s", Shown(describe(error)))
                return
            await self._rest()

    async def _put(self, messages: list[Message]) -> None:
        if self.numbers:
            self.numbers = await self._outbox.replace(self._chat, self.numbers, messages)
        else:
            self.numbers = await self._outbox.send(self._chat, messages, self._reply_to)

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._ended.wait(), self._pause)
        except TimeoutError:
            return


def pages(answer: Answer, texts: dict[Language, Texts]) -> list[Message]:
    """Return the messages of an answer that is not complete: nothing can be pressed yet."""
    so_far = dataclasses.replace(answer, suggestions=(), further=())
    made = render.answer(so_far, texts[answer.language], key="")
    return [dataclasses.replace(page, rows=()) for page in made]
