"""People (and groups) who talk to the bot through the stand-in."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.telegram.chats import Chat, Json

if TYPE_CHECKING:
    from tests.telegram.server import StandIn

_QUERIES = itertools.count(1)
PATIENCE = 30.0  # seconds that a test waits for the bot


class Talk:
    """A chat seen from the people's side."""

    def __init__(self, server: StandIn, chat: Chat) -> None:
        self._server = server
        self.chat = server.chats.add(chat)
        self._heard = 0

    def sends(self, *, deliveries: int = 1, **content: Any) -> Json:
        """Send a message with any content and return it."""
        author = self._server.chats.person(self.chat)
        if "text" in content:
            content.setdefault("entities", _entities(content["text"]))
        message = self._server.chats.post(self.chat, author, **content)
        self._server.deliver("message", message, deliveries)
        return message

    def says(self, text: str, **options: Any) -> Json:
        """Send a text message and return it."""
        return self.sends(text=text, **options)

    def edits(self, message: Json, text: str) -> None:
        """Edit one's own message."""
        message = self.chat.messages[message["message_id"]]
        message.update(text=text, entities=_entities(text), edit_date=int(self._server.now()))
        self._server.deliver("edited_message", dict(message))

    def presses(self, message: Json, label: str, *, deliveries: int = 1) -> None:
        """Press the button of a message whose label contains ``label``."""
        rows = message["reply_markup"]["inline_keyboard"]
        button = next(b for row in rows for b in row if label in b["text"])
        self.presses_data(message, button["callback_data"], deliveries=deliveries)

    def presses_data(self, message: Json, data: str, *, deliveries: int = 1) -> None:
        """Press a button with this callback data, whether it is there or not."""
        number = str(next(_QUERIES))
        self._server.methods.queries[number] = {
            "asked": self._server.now(),
            "chat": self.chat.id,
        }
        query = {
            "id": number,
            "from": self._server.chats.person(self.chat),
            "message": self.chat.messages.get(message["message_id"], message),
            "chat_instance": "1",
            "data": data,
        }
        self._server.deliver("callback_query", query, deliveries)

    def types(self, text: str) -> str:
        """Write after the bot's name in some other chat, and return the inline query's number."""
        number = str(next(_QUERIES))
        self._server.methods.queries[number] = {"asked": self._server.now(), "chat": self.chat.id}
        author = self._server.chats.person(self.chat)
        query = {"id": number, "from": author, "query": text, "offset": ""}
        self._server.deliver("inline_query", query)
        return number

    async def hears(self, count: int = 1, kind: str = "sent") -> list[Json]:
        """Wait for ``count`` further events of a kind and return them (messages, with "html")."""
        found: list[Json] = []

        def enough() -> bool:
            found[:] = [e for k, e in self.chat.events[self._heard :] if k == kind]
            return len(found) >= count

        await until(enough, lambda: f"{count} {kind}, got {len(found)}")
        self._heard = len(self.chat.events)
        return found

    async def goes_on(self, start: int, wanted: dict[str, int]) -> list[tuple[str, Json]]:
        """Wait until, from event ``start``, as many of each kind as ``wanted`` have happened;
        return those of these kinds, in order."""
        found: list[tuple[str, Json]] = []

        def enough() -> bool:
            found[:] = [event for event in self.chat.events[start:] if event[0] in wanted]
            kinds = [kind for kind, _ in found]
            return all(kinds.count(kind) >= count for kind, count in wanted.items())

        await until(enough, lambda: f"{wanted}, got {[kind for kind, _ in found]}")
        return found

    async def hears_nothing(self, seconds: float = 0.3) -> None:
        """Check that the bot sends no message for a while."""
        await asyncio.sleep(seconds)
        news = [e["text"] for k, e in self.chat.events[self._heard :] if k == "sent"]
        if news:
            raise AssertionError(f"heard something: {news}")


class Person(Talk):
    """A person in a private chat with the bot."""

    def __init__(self, server: StandIn, number: int, language_code: str | None) -> None:
        super().__init__(server, Chat(number, language_code=language_code))

    def blocks(self) -> None:
        """Block the bot."""
        self.chat.blocked = True
        person, bot = self._server.chats.person(self.chat), self._server.chats.bot
        self._server.deliver(
            "my_chat_member",
            {
                "chat": self.chat.describe(),
                "from": person,
                "date": int(self._server.now()),
                "old_chat_member": {"user": bot, "status": "member"},
                "new_chat_member": {"user": bot, "status": "kicked", "until_date": 0},
            },
        )


class Group(Talk):
    """A group that the bot is in."""

    def __init__(self, server: StandIn, number: int) -> None:
        super().__init__(server, Chat(number, type="supergroup"))


async def until(
    happened: Callable[[], bool], what: Callable[[], str], seconds: float = PATIENCE
) -> None:
    """Wait until something has happened; fail with ``what`` was waited for."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not happened():
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"waited in vain for {what()}")
        await asyncio.sleep(0.005)


def _entities(text: str) -> list[Json]:
    """Return the entities Telegram finds: a command at the start, mentions anywhere."""
    entities: list[Json] = []
    offset = 0
    for word in text.split(" "):
        units = len(word.encode("utf-16-le", "surrogatepass")) // 2
        if word.startswith("/") and offset == 0 and len(word) > 1:
            entities.append({"type": "bot_command", "offset": 0, "length": units})
        elif word.startswith("@") and len(word) > 1:
            entities.append({"type": "mention", "offset": offset, "length": units})
        offset += units + 1
    return entities
