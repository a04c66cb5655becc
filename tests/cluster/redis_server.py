"""A real Redis on loopback, that can be killed and started again."""

from __future__ import annotations

import asyncio
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

PROGRAM = shutil.which("redis-server")
MISSING = "redis-server is not installed"
# Every write is in the file before it is answered: killed, it comes back as it was. Where it runs
# for people the folder lies in memory (see deploy/scaling.md).
_OPTIONS = ("--port", "0", "--save", "", "--appendonly", "yes", "--appendfsync", "no")
_READY = 20.0  # seconds


class RedisServer:
    """A server on a socket in a folder of its own; what it keeps lies there too."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "s"
        self.url = f"unix://{self.socket}"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, *options: str) -> None:
        """Start, and return when it answers."""
        assert PROGRAM is not None, MISSING
        self.socket.unlink(missing_ok=True)
        self._process = await asyncio.create_subprocess_exec(
            PROGRAM, *_OPTIONS, "--unixsocket", str(self.socket), "--dir", str(self.folder),
            *options, stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        async with asyncio.timeout(_READY):
            while await self.asked("PING") != b"PONG":
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """Kill it as the kernel does when memory is short."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
            await self._process.wait()

    async def lose_everything(self) -> None:
        """Kill it, and what it keeps with it."""
        await self.kill()
        shutil.rmtree(self.folder / "appendonlydir", ignore_errors=True)

    async def asked(self, command: str) -> bytes:
        """Return the answer to a command, in one line; nothing where the server is away."""
        try:
            reader, writer = await asyncio.open_unix_connection(str(self.socket))
        except OSError:
            return b""
        writer.write(f"{command}\r\n".encode())
        line = await reader.readline()
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        return line.strip().lstrip(b"+:$")


@asynccontextmanager
async def redis_server() -> AsyncIterator[RedisServer]:
    """A server that runs; its folder is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="redis-"))  # a socket's path must be short
    server = RedisServer(folder)
    try:
        await server.start()
        yield server
    finally:
        await server.kill()
        shutil.rmtree(folder, ignore_errors=True)
