"""A crowd at the door: who was served, and who was not."""

from __future__ import annotations

import pytest

from bot.telegram.app import TelegramBot
from tests.bot.telegram.conftest import _own_state, bot, library, telegram  # noqa: F401  fixtures
from tests.bot.telegram.scripted import ASKED_EN, ASKED_FA, Scripted
from tests.capacity import arrivals
from tests.capacity.arrivals import Crowd, serve
from tests.telegram.server import StandIn

CROWD = Crowd(people=6, seconds=0.2, patience=30.0)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "SETTLE", 0.1)


async def test_everybody_who_comes_is_counted_once(
    telegram: StandIn,  # noqa: F811
    bot: TelegramBot,  # noqa: F811
) -> None:
    served = await serve(telegram, (ASKED_FA, ASKED_EN), CROWD)
    assert (len(served.waits), served.unanswered, served.twice) == (6, 0, 0)
    assert 0 < served.middle <= served.p95


async def test_who_gets_no_answer_counts_as_unanswered(
    telegram: StandIn,  # noqa: F811
    bot: TelegramBot,  # noqa: F811
    library: Scripted,  # noqa: F811
) -> None:
    library.hold.clear()
    served = await serve(telegram, (ASKED_FA,), Crowd(people=2, seconds=0.1, patience=0.5))
    library.hold.set()
    assert served.unanswered == 2
    assert served.p95 == float("inf")
