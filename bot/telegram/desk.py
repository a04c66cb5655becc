"""What every handler works with."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from telegram import Bot, Update

from bot.gaps import Gaps
from bot.telegram.answerer import Answerer
from bot.telegram.direction import clean
from bot.telegram.sending import Outbox
from bot.telegram.session import Sessions
from bot.telegram.texts import Texts
from retrieval.answering.answer import Answer, Language

LONGEST_QUESTION = 4096  # Telegram's own limit for a message


@dataclass(frozen=True)
class Desk:
    """The library and the means to talk to people; ``texts`` are per language."""

    bot: Bot
    answerer: Answerer
    threads: Executor
    texts: dict[Language, Texts]
    sessions: Sessions
    outbox: Outbox
    gaps: Gaps | None = None

    async def ask(self, question: str, language: Language | None = None) -> Answer:
        """Return the library's answer to a cleaned question, looked for in a thread of its own."""
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(
            self.threads, self.answerer.answer, clean(question)[:LONGEST_QUESTION], language
        )
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
        if session is not None and session.language is not None:
            return session.language
        code = (update.effective_user.language_code or "") if update.effective_user else ""
        return "en" if code.lower().startswith("en") else "fa"

    def say(self, update: Update) -> Texts:
        """Return the texts in the language of this chat."""
        return self.texts[self.language(update)]


Context = Any  # the handlers use nothing of python-telegram-bot's context
