"""Deletes what a chat holds at once; what Telegram does not take now is tried again later."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import NamedTuple

from telegram.error import Forbidden, TelegramError

from bot.quiet import Shown, describe
from bot.telegram.desk import Desk

_log = logging.getLogger(__name__)


class Erased(NamedTuple):
    """How many messages are gone, how many Telegram keeps, and how many are tried again."""

    deleted: int
    refused: int = 0
    pending: int = 0


async def erase(desk: Desk, chat: int, also: Sequence[int] = ()) -> Erased:
    """Drop all that is held of ``chat`` and delete its messages, and those named in ``also``."""
    desk.writing.cut_short(chat)
    numbers = sorted({*desk.sessions.forget(chat), *also})
    try:
        deleted = await desk.outbox.delete(chat, numbers)
    except Forbidden:
        return Erased(0, refused=len(numbers))
    except TelegramError as error:
        _log.warning("messages could not be deleted, for now: %s", Shown(describe(error)))
        for number in numbers:
            desk.sessions.timetable.add(chat, number, desk.sessions.now())
        return Erased(0, pending=len(numbers))
    return Erased(deleted, refused=len(numbers) - deleted)
