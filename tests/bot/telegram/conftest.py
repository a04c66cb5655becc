"""A bot that talks to the stand-in over HTTP, with a scripted answerer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.settings import BotSettings
from bot.telegram.answerer import Answerer
from bot.telegram.app import TelegramBot
from bot.telegram.burst import Pace
from bot.telegram.patience import Patience
from bot.telegram.shelf import Reopen
from bot.telegram.watchdog import DEAF
from retrieval.model.teller import Teller
from tests.bot.telegram.judge import judge_all
from tests.bot.telegram.scripted import ALL, Scripted
from tests.telegram.server import StandIn

SWIFT = Pace(settle=0.03, pieces=0.03, longest=1.0)
# Long enough for a slow machine to take in twenty messages.
CALM = Pace(settle=0.8, pieces=0.8, longest=20.0)
QUICK = Patience(first=0.02, longest=0.1, attempts=5, longest_ban=30)


def settings(telegram: StandIn, **more: Any) -> BotSettings:
    """Return settings that point to the stand-in and read no file."""
    given = {"telegram_token": telegram.token, "telegram_api_url": telegram.url, **more}
    return BotSettings(_env_file=None, **given)


@asynccontextmanager
async def running(
    telegram: StandIn,
    library: Answerer,
    patience: Patience = QUICK,
    reopen: Reopen | None = None,
    pace: Pace = SWIFT,
    deaf: float = DEAF,
    teller: Teller | None = None,
    **more: Any,
) -> AsyncIterator[TelegramBot]:
    """Run a bot against the stand-in; afterwards judge everything it sent."""
    bot = TelegramBot(
        settings(telegram, **more), library, patience, telegram.now, reopen, pace, deaf, teller
    )
    serving = asyncio.create_task(bot.serve())
    try:
        yield bot
    finally:
        bot.stop()
        await asyncio.wait_for(serving, 60)
    judge_all(telegram)


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a bot keeps over a restart stays within its test."""
    monkeypatch.setenv("DARICHEH_STATE", str(tmp_path / "state"))


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
