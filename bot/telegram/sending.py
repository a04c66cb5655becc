"""Everything that leaves for a chat passes here, and its number is noted for /forget."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Container, Mapping, Sequence

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.quiet import describe
from bot.telegram import under_way
from bot.telegram.message import Message
from bot.telegram.neutral import veiled
from bot.telegram.session import Sessions
from bot.telegram.under_way import Stands
from retrieval.answering.answer import Language

AT_ONCE = 100  # messages that one deleteMessages takes
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_log = logging.getLogger(__name__)


class Outbox:
    """Sends, edits and deletes the bot's messages; ``took`` is told how many seconds each took
    to be sent."""

    def __init__(
        self,
        bot: Bot,
        sessions: Sessions,
        neutral_lines: Mapping[Language, str],
        took: Callable[[float], None] = lambda _: None,
    ) -> None:
        self._bot = bot
        self._sessions = sessions
        self._neutral_lines = neutral_lines
        self._took = took

    async def send(
        self, chat: int, messages: Sequence[Message], reply_to: int | None = None
    ) -> list[int]:
        """Send the messages in order and return their numbers, noted for /forget.

        Where the conversation is forgotten while one is on its way, that one is deleted and the
        rest is not sent.
        """
        numbers: list[int] = []
        conversation = self._sessions.held(chat)
        for message in messages:
            sent = await self._send(chat, message, reply_to)
            numbers.append(sent[0])
            if conversation is not None and not self._sessions.goes_on(chat, conversation):
                await self.delete(chat, [sent[0]])
                break
            self._sessions.note(chat, *sent)
        return numbers

    async def send_unnoted(self, chat: int, messages: Sequence[Message]) -> None:
        """Send without holding anything of it: the last word after /forget."""
        for message in messages:
            await self._send(chat, message, None)

    async def _send(self, chat: int, message: Message, reply_to: int | None) -> Stands:
        return await under_way.once(
            lambda: self._sent(chat, message, reply_to),
            lambda number: self.edit(chat, number, message),
        )

    async def _sent(self, chat: int, message: Message, reply_to: int | None) -> Stands:
        reply = (
            ReplyParameters(reply_to, allow_sending_without_reply=True)
            if reply_to is not None
            else None
        )
        began = time.monotonic()
        sent = await self._bot.send_message(
            chat,
            self._as_chosen(chat, message.html),
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=_markup(message),
            reply_parameters=reply,
            protect_content=message.protect or self._protects(chat, message),
            disable_notification=message.silent,
        )
        self._took(time.monotonic() - began)
        return Stands(sent.message_id, sent.date.timestamp())

    def _as_chosen(self, chat: int, html: str) -> str:
        """Return a message below the neutral line, where the chat has chosen one."""
        if not self._sessions.choices.of(chat).neutral:
            return html
        return veiled(html, self._neutral_lines)

    def _protects(self, chat: int, message: Message) -> bool:
        """Whether copies would outlive the message. An address stays: it is there to be copied."""
        return self._sessions.vanish(chat) != "off" and "<code>" not in message.html

    async def send_picture(self, chat: int, png: bytes, caption: Message) -> int:
        """Send a picture with a caption and return its number, noted for /forget."""
        stands = await under_way.once(lambda: self._sent_picture(chat, png, caption), _as_it_is)
        self._sessions.note(chat, *stands)
        return stands.number

    async def _sent_picture(self, chat: int, png: bytes, caption: Message) -> Stands:
        sent = await self._bot.send_photo(
            chat,
            png,
            caption=self._as_chosen(chat, caption.html),
            parse_mode=ParseMode.HTML,
            filename="picture.png",
        )
        return Stands(sent.message_id, sent.date.timestamp())

    async def edit(self, chat: int, number: int, message: Message) -> bool:
        """Put ``message`` in the place of another; return whether that one is still there."""
        try:
            await self._bot.edit_message_text(
                self._as_chosen(chat, message.html),
                chat,
                number,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=_markup(message),
            )
        except BadRequest as error:
            return _unchanged(error)
        self._sessions.prolong(chat, number)
        return True

    async def replace(
        self, chat: int, numbers: Sequence[int], messages: Sequence[Message]
    ) -> list[int]:
        """Put ``messages`` in the place of others, as far as they go; return their numbers."""
        standing: list[int] = []
        for number, message in zip(numbers, messages, strict=False):
            if await self.edit(chat, number, message):
                standing.append(number)
            else:
                standing += await self.send(chat, [message])
        standing += await self.send(chat, messages[len(numbers) :])
        if len(numbers) > len(messages):
            await self.delete(chat, numbers[len(messages) :])
        return standing

    async def take_buttons(
        self, chat: int, number: int, markup: InlineKeyboardMarkup | None, used: Container[str]
    ) -> None:
        """Take the buttons whose data is in ``used`` from a message: they have done their work."""
        rows = markup.inline_keyboard if markup else ()
        kept = [[b for b in row if b.callback_data not in used] for row in rows]
        left = [row for row in kept if row]
        try:
            await self._bot.edit_message_reply_markup(
                chat, number, reply_markup=InlineKeyboardMarkup(left) if left else None
            )
        except BadRequest:  # the message was deleted meanwhile: then so is its button
            _log.debug("a button's message is gone")

    async def delete(self, chat: int, numbers: Sequence[int]) -> int:
        """Delete what Telegram lets the bot delete; return how many messages are gone."""
        return sum(
            [
                await self._delete_batch(chat, numbers[start : start + AT_ONCE])
                for start in range(0, len(numbers), AT_ONCE)
            ]
        )

    async def _delete_batch(self, chat: int, numbers: Sequence[int]) -> int:
        """Delete a batch; one message that may not be deleted must not save the others."""
        try:
            await self._bot.delete_messages(chat, numbers)
        except BadRequest:
            return sum([await self._delete_one(chat, number) for number in numbers])
        return len(numbers)

    async def _delete_one(self, chat: int, number: int) -> bool:
        try:
            await self._bot.delete_message(chat, number)
        except BadRequest as error:
            return "not found" in error.message.lower()
        return True

    async def acknowledge(self, query_id: str, text: str | None = None) -> None:
        """Answer a pressed button, so that it stops turning; ``text`` shows for a moment."""
        try:
            await self._bot.answer_callback_query(query_id, text)
        except BadRequest:  # pressed too long ago: nothing turns any more
            _log.debug("a button's query ran out")


async def _as_it_is(_number: int) -> bool:
    """A picture is drawn of the same answers, whoever sends it."""
    return True


def _unchanged(error: BadRequest) -> bool:
    if "not modified" in error.message.lower():
        return True
    _log.info("a message could not be edited: %s", describe(error))
    return False


def _markup(message: Message) -> InlineKeyboardMarkup | None:
    rows = [
        [InlineKeyboardButton(button.label, callback_data=button.press.data()) for button in row]
        for row in message.rows
    ]
    if message.link is not None:
        rows.append([InlineKeyboardButton(message.link.label, url=message.link.url)])
    return InlineKeyboardMarkup(rows) if rows else None
