"""A bot that runs shows its secrets nowhere that others of the machine or its logs can look."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tornado.netutil import bind_sockets

from retrieval.settings import PROJECT
from tests.telegram.people import until
from tests.telegram.server import StandIn

PATIENCE = 120  # seconds for what takes two
WORDS = {
    "redis-password": "cardamom-terrace",
    "state-key": "pomegranate-ledger",
    "model-key": "saffron-lighthouse",
}


@pytest.fixture
def port() -> int:
    """A port where nobody listens."""
    sockets = bind_sockets(0, "127.0.0.1")
    number = int(sockets[0].getsockname()[1])
    for each in sockets:
        each.close()
    return number


@asynccontextmanager
async def bot(telegram: StandIn, folder: Path, **more: str) -> AsyncIterator[tuple[Process, bytes]]:
    """Run a bot at DEBUG with its secrets in files; also yield what others see of the process."""
    for name, word in {**WORDS, "telegram-token": telegram.token}.items():
        (folder / name).write_text(f"{word}\n")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(PROJECT),
        "HOME": str(folder),
        "DARICHEH_STATE": str(folder / "state"),
        "DARICHEH_LOG_LEVEL": "DEBUG",
        "DARICHEH_TELEGRAM_API_URL": telegram.url,
        "DARICHEH_TELEGRAM_TOKEN_FILE": str(folder / "telegram-token"),
        "DARICHEH_STATE_KEY_FILE": str(folder / "state-key"),
        "DARICHEH_MODEL_KEY_FILE": str(folder / "model-key"),
        "DARICHEH_REDIS_PASSWORD_FILE": str(folder / "redis-password"),
        **more,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.telegram.marked_bot",
        cwd=folder, env=environment, stdout=PIPE, stderr=STDOUT,
    )  # fmt: skip
    try:
        own = Path(f"/proc/{process.pid}")
        yield process, (own / "cmdline").read_bytes() + (own / "environ").read_bytes()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ended(process: Process) -> bytes:
    """Ask the bot to end and return what it still printed."""
    process.send_signal(signal.SIGTERM)
    output, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0
    return output


def seen(places: bytes, *secrets: str) -> list[str]:
    return [secret for secret in secrets if secret.encode() in places]


async def test_a_bot_that_cannot_reach_redis_shows_no_secret(tmp_path: Path, port: int) -> None:
    url = f"redis://somebody:{WORDS['redis-password']}@127.0.0.1:{port}/0"
    async with StandIn() as telegram:
        secrets = (*WORDS.values(), telegram.token, telegram.token.partition(":")[2])
        async with bot(telegram, tmp_path, DARICHEH_REDIS_URL=url) as (process, own):
            assert process.stdout is not None
            output = b""
            async with asyncio.timeout(PATIENCE):
                while b"Redis does not answer" not in output:
                    output += await process.stdout.readline()
            # The environment holds what was put there by hand; a file keeps a secret out of it.
            assert seen(own, *secrets) == [WORDS["redis-password"]]
            process.kill()
            output += await process.stdout.read()
    assert seen(output, *secrets) == []


async def test_a_bot_that_is_called_shows_neither_token_nor_address(
    tmp_path: Path, port: int
) -> None:
    settings = {
        "DARICHEH_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
        "DARICHEH_WEBHOOK_PORT": str(port),
    }
    async with StandIn() as telegram:
        secrets = (*WORDS.values(), telegram.token, telegram.token.partition(":")[2])
        async with bot(telegram, tmp_path, **settings) as (process, own):
            await until(lambda: bool(telegram.webhook["url"]), lambda: "the webhook")
            sara = telegram.person(2031)
            sara.says("/start")
            await sara.hears()
            hook = telegram.webhook
            secrets += (hook["secret_token"], hook["url"].rpartition("/")[2])
            assert seen(own, *secrets) == []
            output = await ended(process)
    assert b"telegram" in output  # it did log
    assert seen(output, *secrets) == []
