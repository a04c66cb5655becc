"""What is sent: a message's HTML and its buttons, and what a button's data says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Action = Literal[
    "language", "sources", "more", "ask", "flow", "leaf",
    "choice", "read", "helped", "wrong", "reason", "again", "view", "page",
]  # fmt: skip
_LETTERS: dict[str, Action] = {
    "l": "language",
    "s": "sources",
    "m": "more",
    "q": "ask",
    "f": "flow",
    "b": "leaf",
    "c": "choice",
    "d": "read",
    "h": "helped",
    "w": "wrong",
    "r": "reason",
    "a": "again",
    "v": "view",
    "p": "page",
}
_BY_ACTION = {action: letter for letter, action in _LETTERS.items()}


class Press(NamedTuple):
    """What a pressed button asks for: of which answer (or language, flow or list), which part."""

    action: Action
    key: str
    part: int = 0

    def data(self) -> str:
        """Return the callback data (Telegram takes 64 bytes at most; this is under 60)."""
        return f"{_BY_ACTION[self.action]}:{self.key}:{self.part}"


def read_press(data: str | None) -> Press | None:
    """Return what callback data asks for, or None where it is not of this bot's making."""
    letter, _, rest = (data or "").partition(":")
    key, _, part = rest.rpartition(":")
    if letter not in _LETTERS or not key or not part.isascii() or not part.isdigit():
        return None
    return Press(_LETTERS[letter], key, int(part[:6]))


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message."""

    label: str
    press: Press


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message to send: Telegram HTML and rows of buttons.

    A ``protect``-ed one can be neither forwarded nor saved from the chat; a ``silent`` one makes no
    sound. ``link`` is a last row of its own.
    """

    html: str
    rows: tuple[tuple[Button, ...], ...] = ()
    protect: bool = False
    silent: bool = False
    link: Link | None = None
