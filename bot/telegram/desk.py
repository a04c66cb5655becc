"""What every handler works with."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telegram import Bot, Update

from bot.feedback import Feedback
from bot.gaps import Gaps
from bot.operating.meters import Meters
from bot.telegram.answerer import Answerer
from bot.telegram.direction import clean
from bot.telegram.sending import Outbox
from bot.telegram.session import Sessions
from bot.telegram.shelf import Shelf
from bot.telegram.texts import Texts
from bot.telegram.writing import Writing
from retrieval.answering.answer import Answer, Language
from retrieval.search import context

if TYPE_CHECKING:
    from collections.abc import Callable

    from retrieval.model.teller import Teller

LONGEST_QUESTION = 4096  # Telegram's own limit for a message


@dataclass(frozen=True)
class Desk:
    """The library and the means to talk to people; ``texts`` are per language. ``shared``: what is
    held of a conversation is shared with other processes."""

    bot: Bot
    shelf: Shelf
    threads: Executor
    texts: dict[Language, Texts]
    sessions: Sessions
    outbox: Outbox
    gaps: Gaps | None = None
    feedback: Feedback | None = None
    feedback_chat: int | None = None
    meters: Meters = field(default_factory=Meters)
    teller: Teller | None = None
    writing: Writing = field(default_factory=Writing)
    shared: bool = False

    @property
    def answerer(self) -> Answerer:
        """The library as it is now; a newer one may take its place at any time."""
        return self.shelf.library

    async def ask(
        self,
        question: str,
        language: Language | None = None,
        before: context.Context = context.NOTHING,
    ) -> Answer:
        """Return the library's answer to a cleaned question, looked for in a thread of its own;
        ``before`` is what was spoken of before."""
        return self._counted(await self._answer(_cleaned(question), language, before))

    async def tell(
        self,
        chat: int,
        question: str,
        language: Language | None = None,
        before: context.Context = context.NOTHING,
        show: Callable[[Answer], None] = lambda _: None,
    ) -> Answer:
        """Return the answer as ``ask`` does, composed by the language model where there is one;
        ``show`` is called with what has passed the check meanwhile. Where the person asks for
        something else in ``chat``, the library's own answer is returned at once."""
        if self.teller is None:
            return await self.ask(question, language, before)
        from retrieval.model.teller import Asked

        cleaned = _cleaned(question)
        plain = await self._answer(cleaned, language, before)
        began = time.perf_counter()

        async def ask(other: context.Context) -> Answer:
            return await self._answer(cleaned, language, other)

        asked = Asked(cleaned, ask, self.answerer.passage, before, chat, show)
        told = await self.writing.unless_cut_short(chat, self.teller.tell(asked, plain))
        self.meters.wrote(time.perf_counter() - began)
        return self._counted(told.answer if told else plain)

    async def _answer(
        self, cleaned: str, language: Language | None, before: context.Context
    ) -> Answer:
        loop, began = asyncio.get_running_loop(), time.perf_counter()
        answer = await loop.run_in_executor(
            self.threads, self.answerer.answer, cleaned, language, before
        )
        self.meters.looked_up(answer, time.perf_counter() - began)
        return answer

    def _counted(self, answer: Answer) -> Answer:
        self.meters.answered(answer)
        if self.gaps is not None:
            self.gaps.count(answer.gap)
        return answer

    def language(self, update: Update) -> Language:
        """Return the language chosen in this chat, or the likeliest.

        The phone's language decides only where it is English: most people here read Persian,
        whatever their phone is set to.
        """
        chat = update.effective_chat
        session = self.sessions.held(chat.id) if chat else None
        chosen = session.language if session else None
        if chosen is None and chat is not None:
            chosen = self.sessions.choices.of(chat.id).language
        if chosen is not None:
            return chosen
        code = (update.effective_user.language_code or "") if update.effective_user else ""
        return "en" if code.lower().startswith("en") else "fa"

    def say(self, update: Update) -> Texts:
        """Return the texts in the language of this chat."""
        return self.texts[self.language(update)]


def _cleaned(question: str) -> str:
    return clean(question)[:LONGEST_QUESTION]


Context = Any  # the handlers use nothing of python-telegram-bot's context
