"""Which messages are to be deleted when: numbers and times, and nothing of what they say.

Plain data; ``vanishing`` carries it out and ``ledger`` keeps it over a restart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

MOST_MESSAGES = 400  # of a chat; with more, the oldest go early rather than never


@dataclass(slots=True)
class Due:
    """A message to delete at ``time`` (seconds since the epoch), or ``at_next``: when the person
    writes again, and at ``time`` at the latest."""

    time: float
    at_next: bool = False


class Timetable:
    """The deletions that are due, by chat. ``changed`` is called after every change."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self._due: dict[int, dict[int, Due]] = {}
        self._changed = changed

    def __len__(self) -> int:
        return sum(len(messages) for messages in self._due.values())

    def add(self, chat: int, message_id: int, time: float, *, at_next: bool = False) -> None:
        """Enter a message, or move it where it is entered already."""
        messages = self._due.setdefault(chat, {})
        messages.pop(message_id, None)
        messages[message_id] = Due(time, at_next)
        if len(messages) > MOST_MESSAGES:
            next(iter(messages.values())).time = 0.0
        self._changed()

    def has(self, chat: int, message_id: int) -> bool:
        """Whether a message is entered."""
        return message_id in self._due.get(chat, ())

    def chats(self) -> list[int]:
        """Return the chats with messages to delete."""
        return list(self._due)

    def of(self, chat: int) -> list[list[Any]]:
        """Return the chat's part of ``surviving``."""
        return [
            [chat, number, due.time, due.at_next] for number, due in self._due.get(chat, {}).items()
        ]

    def next_of(self, chat: int) -> float | None:
        """Return when the chat's next message is due, None where none is."""
        return min((due.time for due in self._due.get(chat, {}).values()), default=None)

    def hasten(self, chat: int, now: float, but: int | None = None) -> None:
        """The person wrote again: what waited for that is due, but for the message ``but``."""
        waiting = [
            due for number, due in self._due.get(chat, {}).items() if due.at_next and number != but
        ]
        for due in waiting:
            due.time, due.at_next = now, False
        if waiting:
            self._changed()

    def due(self, now: float) -> dict[int, list[int]]:
        """Return the messages whose time has come, by chat."""
        found = {
            chat: sorted(number for number, due in messages.items() if due.time <= now)
            for chat, messages in self._due.items()
        }
        return {chat: numbers for chat, numbers in found.items() if numbers}

    def strike(self, chat: int, numbers: Iterable[int]) -> None:
        """Take messages out: they are deleted, or never will be."""
        messages = self._due.get(chat)
        if messages is None:
            return
        for number in numbers:
            messages.pop(number, None)
        if not messages:
            del self._due[chat]
        self._changed()

    def take(self, chat: int) -> list[int]:
        """Take out and return all messages of a chat."""
        messages = self._due.pop(chat, {})
        if messages:
            self._changed()
        return list(messages)

    def surviving(self) -> list[list[Any]]:
        """Return the whole timetable as plain lists: chat, message, time, at next."""
        return [
            [chat, number, int(due.time), due.at_next]
            for chat, messages in self._due.items()
            for number, due in messages.items()
        ]

    def restore(self, kept: list[list[Any]]) -> None:
        """Take up what ``surviving`` returned; raise ``ValueError`` if it is not that."""
        for chat, number, time, at_next in kept:
            self._due.setdefault(int(chat), {})[int(number)] = Due(float(time), bool(at_next))
