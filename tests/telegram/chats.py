"""Chats and the people in them, as Telegram keeps them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Chat:
    """One chat: its messages by number, and all that ever happened in it, in order."""

    id: int
    type: str = "private"
    title: str | None = None
    language_code: str | None = "fa"
    blocked: bool = False
    messages: dict[int, Json] = field(default_factory=dict)
    events: list[tuple[str, Json]] = field(default_factory=list)

    def describe(self) -> Json:
        """Return the API's Chat object."""
        if self.type == "private":
            return {"id": self.id, "type": "private", "first_name": f"Person{self.id}"}
        return {"id": self.id, "type": self.type, "title": self.title or "Group"}

    def from_bot(self) -> list[Json]:
        """Return the bot's messages that stand in the chat, oldest first."""
        return [m for _, m in sorted(self.messages.items()) if m["from"]["is_bot"]]


class Chats:
    """All chats of the stand-in. ``clock`` gives seconds since the epoch."""

    def __init__(self, bot: Json, clock: Callable[[], float]) -> None:
        self.bot = bot
        self._clock = clock
        self._numbers = itertools.count(100)
        self._chats: dict[int, Chat] = {}

    def add(self, chat: Chat) -> Chat:
        """Add a chat and return it; one of that id that is there already stays."""
        return self._chats.setdefault(chat.id, chat)

    def get(self, number: int) -> Chat | None:
        """Return a chat by its id."""
        return self._chats.get(number)

    def post(self, chat: Chat, author: Json, **content: Any) -> Json:
        """Put a message into a chat and return it."""
        message: Json = {
            "message_id": next(self._numbers),
            "date": int(self._clock()),
            "chat": chat.describe(),
            "from": author,
            **content,
        }
        chat.messages[message["message_id"]] = message
        return message

    def person(self, chat: Chat) -> Json:
        """Return the API's User object of the person in a chat."""
        person = {
            "id": abs(chat.id),
            "is_bot": False,
            "first_name": f"Person{abs(chat.id)}",
            "username": f"person_{abs(chat.id)}",
        }
        return person | ({"language_code": chat.language_code} if chat.language_code else {})
