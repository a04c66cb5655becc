"""What befalls the bots and their servers, and how it ends again."""

from __future__ import annotations

import asyncio
import errno
import subprocess
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.cluster.crew import BotProcess
from tests.cluster.redis_server import RedisServer
from tests.load.faults import ChanceFaults, Shares
from tests.retrieval.index.served.chroma_process import ChromaProcess

Trouble = Callable[[], Awaitable[None]]
LASTS = 4.0  # seconds that a server is gone, Telegram is away, the disk is full
JUMPS = (3600.0, -7200.0, 0.0)  # seconds by which the bots' clock is wrong, one after the other
USUAL = Shares(1.0, 1.0, 0.5)
_DISK = 1024  # MB
_PIECE = bytes(2**20)


@dataclass(eq=False)
class Scene:
    """All that can be struck. ``disk`` is the file system that the bots' state lies on, None where
    it cannot be filled without filling the machine's."""

    bots: Sequence[BotProcess]
    redis: RedisServer
    chroma: ChromaProcess
    network: ChanceFaults
    clock: Path
    disk: Path | None
    kills: int = 0
    _jumps: int = 0
    _turn: int = 0
    struck: list[str] = field(default_factory=list)

    def troubles(self) -> dict[str, Trouble]:
        """Return every trouble by its name, in the order in which they come."""
        found: dict[str, Trouble] = {
            "a bot killed": self.kill_a_bot,
            "Redis killed": self.kill_redis,
            "Chroma killed": self.kill_chroma,
            "Telegram away": self.cut_telegram_off,
            "the clock jumps": self.set_the_clock,
        }
        if self.disk is not None:
            found["the disk is full"] = self.fill_the_disk
        return found

    async def kill_a_bot(self) -> None:
        """Kill the next bot and start it again."""
        bot = self.bots[self._turn % len(self.bots)]
        self._turn += 1
        self.kills += 1
        await bot.kill()
        await bot.start()
        await bot.until_it_runs(300)

    async def kill_redis(self) -> None:
        """Kill Redis; it comes back with what it had."""
        await self.redis.kill()
        await asyncio.sleep(LASTS)
        await self.redis.start()

    async def kill_chroma(self) -> None:
        """Kill the Chroma server; it comes back with what it had."""
        await asyncio.to_thread(self.chroma.kill)
        await asyncio.sleep(LASTS)
        await asyncio.to_thread(self.chroma.start)

    async def cut_telegram_off(self) -> None:
        """Let every request to Telegram fail, one way or the other."""
        self.network.shares = Shares(0.0, 50.0, 50.0)
        await asyncio.sleep(LASTS)
        self.network.shares = USUAL

    async def set_the_clock(self) -> None:
        """Set the clock of all bots wrong, the third time right again."""
        self.clock.write_text(str(JUMPS[self._jumps % len(JUMPS)]), "utf-8")
        self._jumps += 1

    async def fill_the_disk(self) -> None:
        """Fill the disk that the bots write on, and free it again."""
        if self.disk is None:
            return
        filler = self.disk / "filler"
        await asyncio.to_thread(_fill, filler)
        await asyncio.sleep(LASTS)
        filler.unlink()


def small_disk(place: Path) -> Path | None:
    """Mount a small file system in memory at ``place``; return None where that is not allowed."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}m", "tmpfs", str(place)]
    done = subprocess.run(command, capture_output=True, check=False)
    return None if done.returncode else place


def let_go(disk: Path | None) -> None:
    """Unmount what ``small_disk`` has mounted."""
    if disk is not None:
        subprocess.run(["umount", "--lazy", str(disk)], capture_output=True, check=False)


def _fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(_PIECE)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
