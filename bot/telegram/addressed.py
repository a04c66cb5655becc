"""Who is meant: everything in a private chat, in a group only what is said to the bot."""

from __future__ import annotations

from telegram import Message
from telegram.constants import ChatType, MessageEntityType

_MENTIONS: list[str | None] = [MessageEntityType.MENTION]


def is_private(message: Message) -> bool:
    """Whether the message stands in a chat of one person and the bot."""
    return message.chat.type == ChatType.PRIVATE


def is_group(message: Message) -> bool:
    """Whether the message stands in a group of people."""
    return message.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}


def words_to(message: Message, bot_id: int, bot_name: str) -> str | None:
    """Return the words said to the bot (perhaps none), or None where it is not addressed.

    In a group the bot is addressed by its @name or by a reply to one of its messages. A channel,
    or a group that speaks for its administrators, is nobody who asks.
    """
    if message.sender_chat is not None:
        return None
    words = message.text or message.caption or ""
    if is_private(message):
        return words
    if not is_group(message):
        return None
    found = {**message.parse_entities(_MENTIONS), **message.parse_caption_entities(_MENTIONS)}
    named = [name for name in found.values() if name.lower() == f"@{bot_name.lower()}"]
    replied = message.reply_to_message
    author = replied.from_user if replied else None
    if not named and (author is None or author.id != bot_id):
        return None
    for name in named:
        words = words.replace(name, " ")
    return " ".join(words.split()) if named else words
