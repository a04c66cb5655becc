"""What comes before every other handler: the panic word, and messages that delete themselves."""

from __future__ import annotations

import asyncio
import logging

from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.quiet import Shown, describe
from bot.telegram import panic, render
from bot.telegram.addressed import is_private
from bot.telegram.choosing import Choosing
from bot.telegram.desk import Context, Desk
from bot.telegram.erasing import erase

# The flow whose conversation deletes itself unless the person has chosen otherwise
DELICATE = "/summons"
_log = logging.getLogger(__name__)


class Discretion:
    """Looks at every message in a private chat before anything else does."""

    def __init__(self, desk: Desk, choosing: Choosing) -> None:
        self._desk = desk
        self._choosing = choosing

    async def before(self, update: Update, _context: Context) -> None:
        """Let the message pass, or stop it here where it is a panic word, old or new."""
        message = update.message or update.edited_message
        if message is None or not is_private(message):
            return
        chat, sessions = message.chat.id, self._desk.sessions
        sessions.choices.used(chat)
        if await self._is_panic(message):
            await self._panic(update, message)
            raise ApplicationHandlerStop
        if update.message is None:
            return
        session = sessions.held(chat)
        awaited = session is not None and sessions.now() < session.word_until
        if session is not None and awaited and not _command(message):
            await self._choosing.take_word(message, self._desk.language(update))
            raise ApplicationHandlerStop
        if session is not None:
            session.word_until = 0.0
        sessions.timetable.hasten(chat, sessions.now(), but=message.message_id)
        if _command(message) == DELICATE:
            await self._begin_delicate(update, chat)

    async def _is_panic(self, message: Message) -> bool:
        kept = self._desk.sessions.choices.of(message.chat.id).word
        if kept is None or not message.text:
            return False
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._desk.threads, panic.is_word, message.text, kept)

    async def _panic(self, update: Update, message: Message) -> None:
        """Delete and forget everything, then answer as a bot would that knows nothing."""
        chat, language = message.chat.id, self._desk.language(update)
        decoy = self._desk.sessions.choices.of(chat).decoy
        await erase(self._desk, chat, also=[message.message_id])
        line = self._desk.texts[language].choices.decoys.model_dump()[decoy]
        try:
            await self._desk.outbox.send_unnoted(chat, render.chrome(line, language))
        except TelegramError as error:
            _log.info("a line could not be sent: %s", Shown(describe(error)))

    async def _begin_delicate(self, update: Update, chat: int) -> None:
        """From here on messages delete themselves, unless the person has chosen for themselves."""
        sessions = self._desk.sessions
        session = sessions.touch(chat)
        if session.delicate or sessions.choices.of(chat).vanish is not None:
            return
        session.delicate = True
        language = self._desk.language(update)
        text = self._desk.texts[language].choices.summons
        await self._desk.outbox.send(chat, render.chrome(text, language))


def _command(message: Message) -> str:
    """Return the command that a message begins with, without the bot's name, or nothing."""
    words = (message.text or "").split()
    if not words or not words[0].startswith("/"):
        return ""
    return words[0].partition("@")[0].lower()
