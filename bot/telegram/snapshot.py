"""What is held of one chat, as bytes: laid down by one process, taken up by another.

Three parts, because they live for different times: the conversation, the numbers of messages with
the deletions that are due, and the choices.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.quiet import Shown
from bot.telegram.choices import KEPT_DAYS, NOTHING_CHOSEN, Choices
from bot.telegram.session import DELETE_HOURS, IDLE_HOURS, Session, Sessions

_HOUR = 3600
_log = logging.getLogger(__name__)


@dataclass
class _Talk:
    chat: int
    session: Session


@dataclass
class _Marks:
    chat: int
    messages: list[tuple[int, float]] = field(default_factory=list)
    due: list[list[Any]] = field(default_factory=list)


@dataclass
class _Wishes:
    chat: int
    choices: Choices


_SHAPES: dict[str, TypeAdapter[Any]] = {
    "talk": TypeAdapter(_Talk),
    "marks": TypeAdapter(_Marks),
    "wishes": TypeAdapter(_Wishes),
}
Parts = dict[str, bytes]


def laid_down(sessions: Sessions, chat: int) -> Parts:
    """Return what ``sessions`` hold of a chat, by part; parts that hold nothing are left out."""
    found: dict[str, Any] = {}
    session = sessions.held(chat)
    if session is not None:
        found["talk"] = _Talk(chat, session)
    messages, due = sessions.messages(chat), sessions.timetable.of(chat)
    if messages or due:
        found["marks"] = _Marks(chat, messages, due)
    choices = sessions.choices.of(chat)
    if choices != NOTHING_CHOSEN:
        found["wishes"] = _Wishes(chat, choices)
    return {part: _SHAPES[part].dump_json(value) for part, value in found.items()}


def seconds(sessions: Sessions, chat: int, part: str) -> int:
    """Return how many seconds a part stays from now on."""
    if part == "talk":
        session = sessions.held(chat)
        idle = sessions.now() - session.touched if session else 0
        return int(IDLE_HOURS * _HOUR - idle)
    return DELETE_HOURS * _HOUR if part == "marks" else KEPT_DAYS * 24 * _HOUR


def take_up(sessions: Sessions, parts: Mapping[str, bytes]) -> int | None:
    """Give ``sessions`` what was laid down; return the chat, None where there is no part of it.

    A part in the form of another version is left out: its buttons say that they are too old.
    """
    chat = None
    for part, value in parts.items():
        try:
            read = _SHAPES[part].validate_json(value)
        except ValidationError:
            _log.warning("state of another version is left out: %s", Shown(part))
            continue
        chat = read.chat
        if part == "talk":
            sessions.put(chat, read.session)
        elif part == "marks":
            sessions.put_messages(chat, read.messages)
            sessions.timetable.restore(read.due)
        else:
            sessions.choices.put(chat, read.choices)
    return chat
