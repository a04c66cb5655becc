"""Many messages at once are one thing that somebody wants to know, or a few.

People write a question in pieces: a greeting, half a sentence, the other half. What comes within a
short while is put together before it is answered: a question is answered a moment later for it, and
twenty messages get one answer rather than twenty.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram import Message, Update

from bot.telegram.addressed import is_private
from bot.telegram.under_way import begin_burst
from retrieval.language.normalise import search_form
from retrieval.language.words import greetings, surface_words, tokens

# A message of so many content words is a question by itself, one of fewer a piece of one.
WHOLE = 3
# Letters of a message in which these are looked for. All of a flood of the longest messages would
# hold up everybody else.
LOOKED_AT = 500
# Of more questions than this the last ones are answered.
MOST_QUESTIONS = 3
# Messages held of one burst; of a flood only the last ones.
MOST_PARTS = 50


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait for the next message, in seconds: when a whole question has been said, when
    only pieces of one have, and at most in all."""

    settle: float = 0.4
    pieces: float = 1.0
    longest: float = 4.0


@dataclass(frozen=True, slots=True)
class Part:
    """A message of a burst and its words; ``update`` is what brought it."""

    update: Update
    message: Message
    words: str


def may_go_on(update: Update) -> bool:
    """Return whether an update may be a further piece of what a person is saying."""
    message = update.message
    return bool(message and message.text and is_private(message) and message.text[0] != "/")


def questions_in(words: Sequence[str]) -> list[list[int]]:
    """Return which messages make a question together, by their positions, in order.

    Greetings beside a question and what was sent twice go with the first. Pieces go with the
    question before them, or with the first one where there is none before.
    """
    groups: list[list[int]] = []
    seen: set[str] = set()
    asks = False  # whether a message of the last group is a question by itself
    for at, each in enumerate(words):
        form = search_form(each[:LOOKED_AT]) + each[LOOKED_AT:]
        repeated, seen = form in seen, seen | {form}
        new = not repeated and _content(each) >= WHOLE
        if not groups or (new and asks):
            groups.append([])
            asks = False
        groups[-1].append(at)
        asks = asks or _content(each) >= WHOLE
    return groups


def joined(words: Sequence[str]) -> str:
    """Return the messages of one question as one text: without repeats, and without greetings
    where anything else was said."""
    distinct = list({search_form(each): each for each in words}.values())
    said = [each for each in distinct if not _greets(each)]
    return "\n".join(said or distinct)


def _content(words: str) -> int:
    """Return how many content words a message begins with."""
    return len(tokens(words[:LOOKED_AT]))


def _is_whole(parts: Sequence[Part]) -> bool:
    """Return whether so much was said, in all, that it may be a question."""
    said = 0
    for part in parts:
        said += _content(part.words)
        if said >= WHOLE:
            return True
    return False


def _greets(words: str) -> bool:
    found = surface_words(words)
    return bool(found) and all(word in greetings() for word in found)


@dataclass(eq=False, slots=True)
class _Burst:
    parts: list[Part] = field(default_factory=list)
    more: asyncio.Event = field(default_factory=asyncio.Event)
    hurry: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)


Answering = Callable[[Sequence[Part]], Coroutine[Any, Any, None]]
# Starts a task whose errors are dealt with, before it ends, as those of an update are.
Start = Callable[[Coroutine[Any, Any, None], Update], asyncio.Task[None]]


class Bursts:
    """Collects what each chat says, and has it answered when the chat is quiet for a moment."""

    def __init__(self, pace: Pace, start: Start) -> None:
        self._pace = pace
        self._start = start
        self._open: dict[int, _Burst] = {}
        self._last: dict[int, _Burst] = {}

    def add(self, part: Part, answer: Answering) -> None:
        """Take a message; ``answer`` is called with all of its burst."""
        chat = part.message.chat.id
        burst = self._open.get(chat)
        if burst is not None:
            burst.parts = [*burst.parts, part][-MOST_PARTS:]
            burst.more.set()
            return
        burst, before = _Burst([part]), self._last.get(chat)
        self._open[chat] = self._last[chat] = burst
        self._start(self._run(chat, burst, before, answer), part.update)

    async def finish(self, chat: int) -> None:
        """Wait no longer for more from this chat, and return when what it said is answered."""
        burst = self._last.get(chat)
        if burst is not None:
            burst.hurry.set()
            await burst.done.wait()

    async def answered(self, chat: int) -> None:
        """Return when what the chat has said is answered, without hurrying it."""
        while (burst := self._last.get(chat)) is not None:
            await burst.done.wait()

    async def _run(
        self, chat: int, burst: _Burst, before: _Burst | None, answer: Answering
    ) -> None:
        try:
            if before is not None:
                await before.done.wait()
            await self._settled(burst)
            del self._open[chat]
            last = burst.parts[-1].update
            begin_burst(last.update_id)
            # What fails is said before the chat is let go, where several processes share it.
            await asyncio.wait({self._start(answer(burst.parts), last)})
        finally:
            if self._open.get(chat) is burst:
                del self._open[chat]
            if self._last.get(chat) is burst:
                del self._last[chat]
            burst.done.set()

    async def _settled(self, burst: _Burst) -> None:
        """Return when nothing more came for a while, when it took long, or at once in a hurry."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self._pace.longest
        while not burst.hurry.is_set():
            burst.more.clear()
            quiet = self._pace.settle if _is_whole(burst.parts) else self._pace.pieces
            wait = min(quiet, end - loop.time())
            if wait <= 0 or not await _first(burst.more.wait(), burst.hurry.wait(), seconds=wait):
                return


async def _first(*awaited: Awaitable[object], seconds: float) -> bool:
    """Wait until one of ``awaited`` is there; return False where none was in time."""
    tasks = [asyncio.ensure_future(each) for each in awaited]
    done, waiting = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for each in waiting:
        each.cancel()
    return bool(done)
