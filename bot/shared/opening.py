"""Everything of the shared state, opened together."""

from __future__ import annotations

from dataclasses import dataclass

from redis.asyncio import Redis

from bot.shared.connection import Line, connect
from bot.shared.leader import Leader
from bot.shared.names import Names
from bot.shared.queue import Queue
from bot.shared.seal import Seal
from bot.shared.settings import SharedSettings


@dataclass(frozen=True, slots=True)
class Shared:
    """The shared state of one bot, as one process sees it."""

    redis: Redis
    names: Names
    line: Line
    queue: Queue
    leader: Leader

    async def close(self) -> None:
        """Let go of the connections."""
        self.line.close()
        await self.redis.aclose()


def open_shared(settings: SharedSettings, secret: str) -> Shared:
    """Return the shared state; nothing is connected before it is used.

    Raises ``DarichehError`` where the settings are not usable.
    """
    redis, names = connect(settings), Names(secret)
    queue = Queue(redis, names, Seal(secret))
    return Shared(redis, names, Line(), queue, Leader(redis, names, queue.me))
