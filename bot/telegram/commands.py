"""/start, /help, /language, /privacy, /forget, and a kind word to any other command."""

from __future__ import annotations

from telegram import Update

from bot.telegram import render
from bot.telegram.addressed import is_private
from bot.telegram.choices import KEPT_DAYS
from bot.telegram.desk import Context, Desk
from bot.telegram.direction import directed
from bot.telegram.erasing import Erased, erase
from bot.telegram.message import Button, Message, Press
from bot.telegram.render import Rows, number
from bot.telegram.session import DELETE_HOURS, IDLE_HOURS
from bot.telegram.texts import LANGUAGES, Texts
from retrieval.answering.answer import Language


class Commands:
    """Handles commands."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def start(self, update: Update, _context: Context) -> None:
        """Say what this is and what it does not keep, and offer the languages."""
        language = self._desk.language(update)
        await self._say(update, self._welcome(language))

    async def help(self, update: Update, _context: Context) -> None:
        """Say how to ask."""
        language = self._desk.language(update)
        await self._say(update, render.chrome(self._desk.texts[language].messages.help, language))

    async def language(self, update: Update, _context: Context) -> None:
        """Offer the languages."""
        language = self._desk.language(update)
        text = self._desk.texts[language].messages.language
        await self._say(update, render.chrome(text, language, self._choice(part=0)))

    async def privacy(self, update: Update, _context: Context) -> None:
        """Say what is kept, and by whom."""
        language = self._desk.language(update)
        messages, teller = self._desk.texts[language].messages, self._desk.teller
        text = with_hours(messages.privacy, language)
        if self._desk.shared:
            text += "\n\n" + messages.privacy_shared
        if teller is not None:
            inside, outside = messages.privacy_model_inside, messages.privacy_model_outside
            text += "\n\n" + (outside if teller.outside else inside).format(host=teller.host)
        await self._say(update, render.chrome(text, language))

    async def forget(self, update: Update, _context: Context) -> None:
        """Drop what is held of the chat, delete what can be deleted, and say what cannot."""
        chat = update.effective_chat
        if chat is None:
            return
        language = self._desk.language(update)
        self._note(update)
        erased = await erase(self._desk, chat.id)
        text = forgotten(self._desk.texts[language], language, erased)
        await self._desk.outbox.send_unnoted(chat.id, render.chrome(text, language))

    async def unknown(self, update: Update, _context: Context) -> None:
        """Name the commands there are; in a group other bots' commands are left alone."""
        message = update.effective_message
        if message is None or not is_private(message):
            return
        language = self._desk.language(update)
        text = self._desk.texts[language].messages.unknown_command
        await self._say(update, render.chrome(text, language))

    def language_set(self, language: Language, *, welcome: bool) -> list[Message]:
        """Return what replaces the choice: the welcome in that language, or one line."""
        if welcome:
            return self._welcome(language)
        return render.chrome(self._desk.texts[language].messages.language_set, language)

    def _welcome(self, language: Language) -> list[Message]:
        text = with_hours(self._desk.texts[language].messages.start, language)
        return render.chrome(text, language, self._choice(part=1))

    def _choice(self, part: int) -> Rows:
        return (
            tuple(
                Button(directed(self._desk.texts[each].name, each), Press("language", each, part))
                for each in LANGUAGES
            ),
        )

    async def _say(self, update: Update, messages: list[Message]) -> None:
        chat = update.effective_chat
        if chat is not None:
            self._note(update)
            await self._desk.outbox.send(chat.id, messages)

    def _note(self, update: Update) -> None:
        message = update.effective_message
        if message is not None and is_private(message):
            self._desk.sessions.note(message.chat.id, message.message_id, message.date.timestamp())


def with_hours(text: str, language: Language) -> str:
    """Return ``text`` with the times after which things are forgotten."""
    return text.format(
        idle_hours=number(IDLE_HOURS, language),
        delete_hours=number(DELETE_HOURS, language),
        kept_days=number(KEPT_DAYS, language),
    )


def forgotten(texts: Texts, language: Language, erased: Erased) -> str:
    """Return what /forget says."""
    kept_line = texts.messages.forget_all_deleted
    if erased.refused:
        kept_line = texts.messages.forget_some_kept.format(kept=number(erased.refused, language))
    if erased.pending:
        kept_line = texts.messages.forget_pending.format(pending=number(erased.pending, language))
    return texts.messages.forget.format(
        deleted=number(erased.deleted, language),
        delete_hours=number(DELETE_HOURS, language),
        kept_line=kept_line,
    )
