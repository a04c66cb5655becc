"""A bot on the real library, whose answers name the question and whose clock can be set.

Run as ``python -m tests.faults.bot_process``, with settings in the environment.
"""

from __future__ import annotations

import asyncio
import dataclasses
import os
import signal
import time
from pathlib import Path

from bot import quiet
from bot.commands.serving import Reopening
from bot.settings import BotSettings
from bot.telegram.app import TelegramBot
from retrieval.answering.answer import Answer, Language, Statement
from retrieval.index.apart import Apart
from retrieval.library import Library
from retrieval.search.context import NOTHING, Context
from tests.bot.telegram.scripted import citation

CLOCK = "TEST_CLOCK"  # a file that says by how many seconds the clock is wrong


class Naming(Library):
    """Looks every question up, and answers with its own words."""

    def answer(
        self, question: str, language: Language | None = None, before: Context = NOTHING
    ) -> Answer:
        """Return an answer that names the question."""
        found = super().answer(question, language, before)
        named = Statement(f"Answer to: {question}", (1,))
        return dataclasses.replace(
            found, status="answered", statements=(named,), further=(), citations=(citation(1),)
        )


def wrong_clock() -> float:
    """Return the time as a clock tells it that somebody sets."""
    return time.time() + float(Path(os.environ[CLOCK]).read_text("utf-8"))


async def _serve(settings: BotSettings) -> None:
    library = Naming.open(settings)
    make = Apart(settings)
    reopen = Reopening(settings, library, make)
    bot = TelegramBot(settings, library, clock=wrong_clock, reopen=reopen)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, bot.stop)
    try:
        await bot.serve()
    finally:
        make.stop()


if __name__ == "__main__":
    found = BotSettings(_env_file=None)
    quiet.set_up(found.log_level, found.log_format)
    asyncio.run(_serve(found))
