"""What people choose for their chat: plain data, and for how long it is held.

A chat that has chosen nothing is not in here. Choices outlive the conversation: a panic word that
is silently gone after a few hours would be worse than none.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from retrieval.answering.answer import Language

Vanish = Literal["off", "hour", "day", "read"]
Decoy = Literal["greeting", "weather", "pause"]
VANISH: tuple[Vanish, ...] = ("off", "hour", "day", "read")
DECOYS: tuple[Decoy, ...] = ("greeting", "weather", "pause")
KEPT_DAYS = 30  # after the last message of a chat
MOST_CHATS = 20_000
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of one chat.

    ``vanish``: when messages delete themselves, None where nothing was chosen. ``neutral``: every
    message begins with a line that says nothing. ``word``: the salted hash of the panic word, and
    ``decoy`` what it is answered with. ``feedback``: whether answers carry its buttons.
    ``remembered``: whether all this survives a restart of the bot. ``day``: the day of the last
    message, counted from 1970.
    """

    language: Language | None = None
    vanish: Vanish | None = None
    neutral: bool = False
    word: str | None = None
    decoy: Decoy = "greeting"
    feedback: bool = True
    remembered: bool = False
    day: int = 0


NOTHING_CHOSEN = Choices()


class ChoiceBook:
    """The choices of all chats. ``clock`` gives seconds since the epoch; ``changed`` is called
    after a change of what is to survive a restart."""

    def __init__(
        self,
        clock: Callable[[], float],
        changed: Callable[[], None] = lambda: None,
        most_chats: int = MOST_CHATS,
    ) -> None:
        self._clock = clock
        self._changed = changed
        self._most = most_chats
        self._choices: OrderedDict[int, Choices] = OrderedDict()

    def __contains__(self, chat: int) -> bool:
        return chat in self._choices

    def chats(self) -> list[int]:
        """Return the chats that have chosen anything."""
        return list(self._choices)

    def of(self, chat: int) -> Choices:
        """Return the chat's choices."""
        return self._choices.get(chat, NOTHING_CHOSEN)

    def change(self, chat: int, **changes: Any) -> Choices:
        """Change fields of the chat's choices and return them all."""
        before = self.of(chat)
        after = replace(before, **changes, day=self._today())
        if replace(after, day=0) == NOTHING_CHOSEN:
            self._choices.pop(chat, None)
        else:
            self._choices[chat] = after
            self._choices.move_to_end(chat)
            while len(self._choices) > self._most:
                self._choices.popitem(last=False)
        if before.remembered or after.remembered:
            self._changed()
        return after

    def used(self, chat: int) -> None:
        """Take note that the chat is alive, to the day."""
        if chat in self._choices and self._choices[chat].day != self._today():
            self.change(chat)

    def forget(self, chat: int) -> None:
        """Drop the chat's choices."""
        if self._choices.pop(chat, NOTHING_CHOSEN).remembered:
            self._changed()

    def put(self, chat: int, choices: Choices) -> None:
        """Take up choices that were held elsewhere."""
        self._choices[chat] = choices

    def let_go(self, chat: int) -> None:
        """Hold the chat's choices no longer: they are held elsewhere from now on."""
        self._choices.pop(chat, None)

    def sweep(self) -> None:
        """Drop the choices of chats that have been silent for too long."""
        oldest = self._today() - KEPT_DAYS
        for chat in [chat for chat, choices in self._choices.items() if choices.day < oldest]:
            self.forget(chat)

    def surviving(self) -> list[list[Any]]:
        """Return what is to survive a restart, as plain lists and dictionaries."""
        return [
            [chat, asdict(choices)] for chat, choices in self._choices.items() if choices.remembered
        ]

    def restore(self, kept: list[list[Any]]) -> None:
        """Take up what ``surviving`` returned; raise ``TypeError`` or ``ValueError`` if it is not
        that."""
        for chat, choices in kept:
            self._choices[int(chat)] = Choices(**choices)
        self.sweep()

    def _today(self) -> int:
        return int(self._clock() // _DAY)
