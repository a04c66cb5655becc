"""A kind answer to what is not text: nothing is downloaded, nothing is looked at."""

from __future__ import annotations

from telegram import Message, Update

from bot.telegram import render
from bot.telegram.addressed import is_private
from bot.telegram.desk import Context, Desk
from bot.telegram.questions import Questions
from bot.telegram.texts import Kinds

# python-telegram-bot's attribute for each kind of message, and the text that answers it
KINDS = {
    "sticker": "sticker",
    "photo": "photo",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "document": "file",
    "location": "location",
    "venue": "location",
    "contact": "contact",
}


class Attachments:
    """Handles messages without text in private chats; in groups they were not meant for it."""

    def __init__(self, desk: Desk, questions: Questions) -> None:
        self._desk = desk
        self._questions = questions

    async def received(self, update: Update, _context: Context) -> None:
        """Say what the bot did not look at; answer the words beside it, if there are any."""
        message = update.effective_message
        if message is None or not is_private(message):
            return
        chat = message.chat.id
        self._desk.sessions.note(chat, message.message_id, message.date.timestamp())
        session = self._desk.sessions.touch(chat)
        again = message.media_group_id is not None and message.media_group_id == session.album
        session.album = message.media_group_id
        if again and not message.caption:
            return
        language = self._desk.language(update)
        kinds = self._desk.texts[language].kinds
        text = kinds.caption if message.caption else text_for(message, kinds)
        await self._desk.outbox.send(chat, render.chrome(text, language))
        if message.caption:
            await self._questions.answer(message, message.caption)


def text_for(message: Message, kinds: Kinds) -> str:
    """Return what to say to a message of this kind."""
    for attribute, kind in KINDS.items():
        if getattr(message, attribute):
            return str(getattr(kinds, kind))
    return kinds.other
