"""A real Redis and the Bot API stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cluster.redis_server import MISSING, PROGRAM, RedisServer, redis_server
from tests.telegram.server import StandIn


@pytest.fixture
async def redis() -> AsyncIterator[RedisServer]:
    if PROGRAM is None:
        pytest.skip(MISSING)
    async with redis_server() as server:
        yield server


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with StandIn() as server:
        yield server


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a bot keeps stays within its test."""
    monkeypatch.setenv("DARICHEH_STATE", str(tmp_path / "state"))
