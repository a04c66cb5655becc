"""A bot that talks to the stand-in over HTTP, with a scripted answerer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.settings import BotSettings
from bot.telegram.answerer import Answerer
from bot.telegram.app import TelegramBot
from bot.telegram.patience import Patience
from tests.bot.telegram.judge import judge_all
from tests.bot.telegram.scripted import ALL, Scripted
from tests.telegram.server import StandIn

QUICK = Patience(first=0.02, longest=0.1, attempts=5, longest_ban=30)


def settings(telegram: StandIn, **more: Any) -> BotSettings:
    """Return settings that point to the stand-in and read no file."""
    given = {"telegram_token": telegram.token, "telegram_api_url": telegram.url, **more}
    return BotSettings(_env_file=None, **given)


@asynccontextmanager
async def running(
    telegram: StandIn, library: Answerer, patience: Patience = QUICK, **more: Any
) -> AsyncIterator[TelegramBot]:
    """Run a bot against the stand-in; afterwards judge everything it sent."""
    bot = TelegramBot(settings(telegram, **more), library, patience, clock=telegram.now)
    serving = asyncio.create_task(bot.serve())
    try:
        yield bot
    finally:
        bot.stop()
        await asyncio.wait_for(serving, 60)
    judge_all(telegram)


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with StandIn() as server:
        yield server


@pytest.fixture
def library() -> Iterator[Scripted]:
    scripted = Scripted(*ALL)
    yield scripted
    scripted.hold.set()


@pytest.fixture
async def bot(telegram: StandIn, library: Scripted) -> AsyncIterator[TelegramBot]:
    async with running(telegram, library) as bot:
        yield bot
