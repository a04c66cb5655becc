"""/settings: one message, edited in place, that deletes itself; and the panic word as it is set."""

from __future__ import annotations

import asyncio
import contextlib

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.error import TelegramError

from bot.telegram import choice_screens, panic, render
from bot.telegram.addressed import is_private
from bot.telegram.choices import DECOYS, VANISH
from bot.telegram.desk import Context, Desk
from bot.telegram.message import Message, Press, read_press
from bot.telegram.render import number
from bot.telegram.texts import LANGUAGES
from retrieval.answering.answer import Language

STANDS = 600.0  # seconds after which the settings delete themselves
WAITS = 300.0  # seconds for which the next message is taken for the panic word


class Choosing:
    """Handles /settings and its buttons."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def settings(self, update: Update, _context: Context) -> None:
        """Show what is chosen in this chat."""
        message = update.effective_message
        if message is None:
            return
        chat, language = message.chat.id, self._desk.language(update)
        if not is_private(message):
            text = self._desk.texts[language].choices.private_only
            pages = render.chrome(text, language)
            await self._desk.outbox.send(chat, pages, message.message_id)
            return
        self._desk.sessions.note(chat, message.message_id, message.date.timestamp())
        choices = self._desk.sessions.choices.of(chat)
        screen = choice_screens.menu(choices, language, self._desk.texts)
        self._for_a_while(chat, message.message_id)
        for shown in await self._desk.outbox.send(chat, [screen]):
            self._for_a_while(chat, shown)

    async def pressed(self, update: Update, _context: Context) -> None:
        """Change a choice, or show another screen."""
        query = update.callback_query
        press = read_press(query.data) if query else None
        if query is None or press is None or query.message is None:
            return
        await self._desk.outbox.acknowledge(query.id)
        chat, shown = query.message.chat.id, query.message.message_id
        self._desk.sessions.touch(chat).word_until = 0.0
        if press.key == "close":
            await self._desk.outbox.delete(chat, [shown])
            self._desk.sessions.deleted(chat, [shown])
            return
        screen = self._led(chat, press, self._desk.language(update))
        self._for_a_while(chat, shown)
        await self._desk.outbox.edit(chat, shown, screen)
        if self._desk.sessions.vanish(chat) != "off":  # then the edit has begun its time anew
            self._for_a_while(chat, shown)

    def _led(self, chat: int, press: Press, language: Language) -> Message:
        """Do what a button says and return the screen that it leads to."""
        sessions, texts, part = self._desk.sessions, self._desk.texts, press.part
        book = sessions.choices
        if press.key == "vanish" and part == 0:
            return choice_screens.vanish(book.of(chat), language, texts)
        if press.key == "vanish" and part <= len(VANISH):
            book.change(chat, vanish=VANISH[part - 1])
            sessions.reschedule(chat)
        elif press.key in {"neutral", "feedback", "remembered"}:
            book.change(chat, **{press.key: part == 1})
        elif press.key == "language" and part < len(LANGUAGES):
            language = sessions.touch(chat).language = LANGUAGES[part]
            book.change(chat, language=language)
        elif press.key == "decoy" and part < len(DECOYS):
            book.change(chat, decoy=DECOYS[part])
        elif press.key == "remove":
            book.change(chat, word=None)
            removed = texts[language].choices.word_removed
            return choice_screens.said(removed, language, texts)
        elif press.key == "set":
            sessions.touch(chat).word_until = sessions.now() + WAITS
            return choice_screens.waiting(language, texts)
        if press.key in {"word", "decoy"}:
            return choice_screens.word(book.of(chat), language, texts)
        return choice_screens.menu(book.of(chat), language, texts)

    async def take_word(self, message: TelegramMessage, language: Language) -> None:
        """Take a message for the panic word: delete it at once, keep its hash, and say so."""
        chat, texts = message.chat.id, self._desk.texts
        own = texts[language].choices
        gone = await self._deleted(chat, message.message_id)
        written = message.text or ""
        if panic.usable(written):
            loop = asyncio.get_running_loop()
            kept = await loop.run_in_executor(self._desk.threads, panic.sealed, written)
            choices = self._desk.sessions.choices.change(chat, word=kept)
            self._desk.sessions.touch(chat).word_until = 0.0
            decoy = own.decoys.model_dump()[choices.decoy]
            text = own.word_kept.format(decoy=decoy)
            if not choices.remembered:
                text = f"{text}\n\n{own.word_until_restart}"
        else:
            self._desk.sessions.touch(chat).word_until = self._desk.sessions.now() + WAITS
            text = own.word_unfit.format(
                shortest=number(panic.SHORTEST, language), longest=number(panic.LONGEST, language)
            )
        if not gone:
            text = f"{text}\n\n{own.word_stands}"
        for shown in await self._desk.outbox.send(
            chat, [choice_screens.said(text, language, texts)]
        ):
            self._for_a_while(chat, shown)

    async def _deleted(self, chat: int, number_: int) -> bool:
        with contextlib.suppress(TelegramError):
            return await self._desk.outbox.delete(chat, [number_]) == 1
        self._desk.sessions.timetable.add(chat, number_, self._desk.sessions.now())
        return False

    def _for_a_while(self, chat: int, shown: int) -> None:
        sessions = self._desk.sessions
        sessions.timetable.add(chat, shown, sessions.now() + STANDS)
