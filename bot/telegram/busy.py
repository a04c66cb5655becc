"""The "typing" line, for as long as an answer is being looked for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

AGAIN = 4.5  # seconds; Telegram shows the line for five
FIRST = 0.4  # an answer that is there by then needs no such line
LATEST = 2.0  # an answer that is ready waits no longer than this for the line before it

_log = logging.getLogger(__name__)


@asynccontextmanager
async def typing(bot: Bot, chat: int) -> AsyncIterator[None]:
    """Show that the bot is typing while the body runs. Never fails and never delays for long.

    The last request is waited for: overtaken by the answer, the line would stand below it.
    """
    done = asyncio.Event()
    task = asyncio.create_task(_keep_typing(bot, chat, done))
    try:
        yield
    finally:
        done.set()
        _, late = await asyncio.wait({task}, timeout=LATEST)
        for each in late:
            each.cancel()


async def _keep_typing(bot: Bot, chat: int, done: asyncio.Event) -> None:
    pause = FIRST
    while not await _within(done, pause):
        pause = AGAIN
        try:
            await bot.send_chat_action(chat, ChatAction.TYPING)
        except TelegramError:
            _log.debug("the typing line could not be shown")
            return


async def _within(done: asyncio.Event, seconds: float) -> bool:
    """Wait, and return whether it is done."""
    try:
        await asyncio.wait_for(done.wait(), seconds)
    except TimeoutError:
        return False
    return True
