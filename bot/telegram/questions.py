"""A question in free text, or one that was edited: answered, or its answer changed."""

from __future__ import annotations

import unicodedata

from telegram import Message, Update

from bot.telegram import render
from bot.telegram.addressed import is_private, words_to
from bot.telegram.busy import typing
from bot.telegram.desk import Context, Desk
from bot.telegram.flow_commands import Flows
from bot.telegram.session import Session, Turn
from retrieval.answering.answer import Language


class Questions:
    """Handles text that is not a command."""

    def __init__(self, desk: Desk, flows: Flows) -> None:
        self._desk = desk
        self._flows = flows

    async def asked(self, update: Update, _context: Context) -> None:
        """Answer a message that asks something."""
        message = update.effective_message
        if message is None:
            return
        words = words_to(message, self._desk.bot.id, self._desk.bot.username)
        if words is None:
            return
        self._note(message)
        if not _has_words(words):
            await self._without_words(update, message)
            return
        await self.answer(message, words)

    async def edited(self, update: Update, _context: Context) -> None:
        """Change the answer to a question that was edited; answer it where there was none."""
        message = update.effective_message
        if message is None or not (message.text or message.caption):
            return
        words = words_to(message, self._desk.bot.id, self._desk.bot.username)
        if words is None or not _has_words(words):
            return
        session = self._desk.sessions.touch(message.chat.id)
        turn = session.turn_of(message.message_id)
        if turn is None:
            await self.answer(message, words)
        else:
            await self._answer_anew(message, words, session, turn)

    async def answer(self, message: Message, words: str) -> None:
        """Answer ``words`` in the chat of ``message``."""
        chat = message.chat.id
        session = self._desk.sessions.touch(chat)
        async with typing(self._desk.bot, chat):
            given = await self._desk.ask(words, language_hint(words, session.language))
        turn = session.keep(message.message_id, given)
        pages = render.answer(turn.answer, self._desk.texts[given.language], turn.key)
        reply_to = None if is_private(message) else message.message_id
        turn.message_ids = await self._desk.outbox.send(chat, pages, reply_to)
        await self._flows.offer(chat, given.language)

    async def _answer_anew(self, message: Message, words: str, session: Session, old: Turn) -> None:
        chat, outbox = message.chat.id, self._desk.outbox
        async with typing(self._desk.bot, chat):
            given = await self._desk.ask(words, language_hint(words, session.language))
        session.turns.pop(old.key, None)
        turn = session.keep(message.message_id, given)
        pages = render.answer(turn.answer, self._desk.texts[given.language], turn.key)
        for page, number in zip(pages, old.message_ids, strict=False):
            if await outbox.edit(chat, number, page):
                turn.message_ids.append(number)
            else:
                turn.message_ids += await outbox.send(chat, [page])
        turn.message_ids += await outbox.send(chat, pages[len(old.message_ids) :])
        stale = [*old.message_ids[len(pages) :], *old.shown_ids]
        await outbox.delete(chat, stale)  # sources of the old answer would stand under the new

    async def _without_words(self, update: Update, message: Message) -> None:
        texts, language = self._desk.say(update), self._desk.language(update)
        text = texts.messages.empty_question
        if not is_private(message):
            text = texts.messages.addressed_empty
        await self._desk.outbox.send(message.chat.id, render.chrome(text, language))

    def _note(self, message: Message) -> None:
        """Hold the number of a person's message: in a private chat the bot may delete it too."""
        if is_private(message):
            self._desk.sessions.note(message.chat.id, message.message_id, message.date.timestamp())


def language_hint(words: str, chosen: Language | None) -> Language | None:
    """Return the language to answer in where the words themselves may not tell, else None.

    One or two Latin words are as likely a product's name as English ("VPN?").
    """
    if chosen == "fa" and words.isascii() and len(words.split()) <= 2:
        return "fa"
    return None


def _has_words(text: str) -> bool:
    return any(unicodedata.category(character)[0] in "LN" for character in text)
