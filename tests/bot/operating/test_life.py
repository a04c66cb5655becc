"""A bot shows whether it lives and can answer: over HTTP, to systemd, and to itself."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest

from bot.operating.exposition import Moment
from bot.operating.health import DEAD, FAR, Contact, Part, held, looked_at
from bot.operating.life import Life
from bot.operating.listener import CannotListenError
from bot.operating.notify import notify, watched_every
from bot.operating.reach import chroma_answers
from bot.operating.settings import Address, OperatingSettings
from bot.operating.stuck import STATUS, Stuck
from bot.telegram.app import TelegramBot
from bot.telegram.starting import CannotRunError
from retrieval.settings import PROJECT
from tests.bot.telegram.conftest import QUICK, running
from tests.bot.telegram.conftest import settings as bot_settings
from tests.bot.telegram.scripted import ASKED_FA, Scripted
from tests.telegram.people import until
from tests.telegram.server import StandIn

LOOPBACK = Address("127.0.0.1", 0)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def settings(address: Address | None = LOOPBACK) -> OperatingSettings:
    return OperatingSettings(_env_file=None, metrics_listen=address)


@asynccontextmanager
async def living(clock: Clock, *, polls: bool = True) -> AsyncIterator[Life]:
    """Give signs of life of no bot at all, by the clock."""
    life = Life(settings(), Moment, {}, polls=polls)
    life.contact = Contact(clock)
    life.open()
    running = asyncio.create_task(life.run())
    try:
        yield life
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await life.close()


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


async def page(port: int | None, name: str, method: str = "GET") -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.request(method, f"http://127.0.0.1:{port}/{name}")


async def parts(life: Life, name: str) -> tuple[int, dict[str, bool]]:
    answer = await page(life.port, name)
    return answer.status_code, answer.json()["parts"]


async def test_a_running_bot_is_alive_and_ready_and_shows_its_figures(
    telegram: StandIn, library: Scripted
) -> None:
    async with running(telegram, library, metrics_listen=LOOPBACK) as bot:
        sara = telegram.person(3001)
        sara.says(ASKED_FA)
        await sara.hears()
        assert await parts(bot.life, "healthz") == (200, {"poller": True})
        assert await parts(bot.life, "readyz") == (200, {"telegram": True})
        figures = await page(bot.life.port, "metrics")
        assert figures.status_code == 200
        assert "daricheh_documents 18.0" in figures.text
        assert (await page(bot.life.port, "other")).status_code == 404
        assert (await page(bot.life.port, "metrics", "POST")).status_code == 405
        port = bot.life.port
    with pytest.raises(httpx.ConnectError):
        await page(port, "healthz")


async def test_a_bot_that_cannot_reach_telegram_lives_and_is_not_ready(
    telegram: StandIn, library: Scripted
) -> None:
    telegram.fault("server_error", "getMe", times=10_000)
    async with running(telegram, library, metrics_listen=LOOPBACK) as bot:
        await until(lambda: "getMe" in telegram.requests, lambda: "the first request")
        assert (await parts(bot.life, "healthz"))[0] == 200
        assert await parts(bot.life, "readyz") == (503, {"telegram": False})


async def test_a_bot_whose_updates_are_refused_for_long_is_not_ready() -> None:
    clock = Clock()
    async with living(clock) as life:
        life.listening(True)
        assert (await parts(life, "readyz"))[0] == 503  # nothing was heard yet
        life.replied(200)
        assert (await parts(life, "readyz"))[0] == 200
        clock.now += FAR + 1
        life.replied(502)
        life.replied(None)
        assert (await parts(life, "readyz"))[0] == 503
        life.replied(400)
        assert (await parts(life, "readyz"))[0] == 200


async def test_a_dead_poller_is_no_life() -> None:
    clock = Clock()
    async with living(clock) as life:
        clock.now += DEAD + 1
        assert (await parts(life, "healthz"))[0] == 200  # it has not begun to poll
        life.listening(True)
        assert (await parts(life, "healthz"))[0] == 200
        clock.now += DEAD + 1
        assert await parts(life, "healthz") == (503, {"poller": False})
        life.contact.polled()
        assert (await parts(life, "healthz"))[0] == 200


async def test_a_bot_whose_poller_is_dead_ends_so_that_it_is_started_anew(
    telegram: StandIn, library: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Polling was begun anew by then, in vain; a container's engine does not ask for health."""
    monkeypatch.setattr("bot.operating.life.BEAT", 0.05)
    clock = Clock()
    bot = TelegramBot(bot_settings(telegram), library, QUICK, telegram.now)
    bot.life.contact = Contact(clock)
    serving = asyncio.create_task(bot.serve())
    sara = telegram.person(3002)
    sara.says(ASKED_FA)
    await sara.hears()
    clock.now += DEAD + 1
    with pytest.raises(CannotRunError, match="ending, so that"):
        await asyncio.wait_for(serving, 60)


async def test_a_bot_that_is_called_polls_nothing_and_lives() -> None:
    clock = Clock()
    async with living(clock, polls=False) as life:
        assert (await parts(life, "readyz"))[0] == 503
        life.listening(True)
        clock.now += DEAD + 1
        assert (await parts(life, "healthz"))[0] == 200
        assert (await parts(life, "readyz"))[0] == 200


async def test_a_part_that_fails_or_hangs_is_not_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.operating.health.PATIENCE", 0.05)

    async def well() -> bool:
        return True

    async def failing() -> bool:
        raise ConnectionRefusedError

    async def hanging() -> bool:
        await asyncio.Event().wait()
        return True

    found: dict[Part, bool] = await looked_at(
        {"telegram": well, "redis": failing, "chroma": hanging}
    )
    assert found == {"telegram": True, "redis": False, "chroma": False}
    assert not held(found)


async def test_without_chroma_a_bot_is_ready_and_says_so() -> None:
    async def gone() -> bool:
        return await chroma_answers(f"http://127.0.0.1:{free_port()}", None)

    life = Life(settings(), Moment, {"chroma": gone}, polls=False)
    life.open()
    life.listening(True)
    assert await parts(life, "readyz") == (200, {"telegram": True, "chroma": False})
    await life.close()


async def test_an_address_that_is_taken_is_said_with_the_mend() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        life = Life(settings(Address("127.0.0.1", port)), Moment, {}, polls=True)
        with pytest.raises(CannotListenError, match="set DARICHEH_METRICS_LISTEN"):
            life.open()
        await life.close()


async def test_without_an_address_nothing_listens() -> None:
    life = Life(settings(None), Moment, {}, polls=True)
    life.open()
    assert life.port is None
    await life.close()


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A socket where systemd would listen, and its wish for a sign of life."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(30)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "60000")
        monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()))
        yield listening


async def heard(listening: socket.socket, wanted: str) -> list[str]:
    """Return what systemd was told up to ``wanted``."""
    told: list[str] = []
    while wanted not in told:
        message = await asyncio.to_thread(listening.recv, 1024)
        told += message.decode().splitlines()
    return told


def emptied(listening: socket.socket) -> list[bytes]:
    """Return what systemd was told and has not read yet."""
    listening.setblocking(False)
    told: list[bytes] = []
    with suppress(BlockingIOError):
        while True:
            told.append(listening.recv(1024))
    return told


async def test_systemd_hears_that_the_bot_is_ready_lives_and_stops(
    systemd: socket.socket, telegram: StandIn, library: Scripted
) -> None:
    async with running(telegram, library):
        assert (await heard(systemd, "STATUS=running"))[0] == "READY=1"
        await heard(systemd, "WATCHDOG=1")
    await heard(systemd, "STOPPING=1")


async def test_systemd_hears_nothing_more_of_a_dead_poller(systemd: socket.socket) -> None:
    clock = Clock()
    async with living(clock) as life:
        life.listening(True)
        await heard(systemd, "WATCHDOG=1")
        clock.now += DEAD + 1
        looks = 0

        async def counted() -> dict[Part, bool]:
            nonlocal looks
            looks += 1
            return await Life.alive(life)

        life.alive = counted  # type: ignore[method-assign]
        await until(lambda: looks >= 3, lambda: "three looks")
        emptied(systemd)
        before = looks
        await until(lambda: looks >= before + 3, lambda: "three more looks")
        assert emptied(systemd) == []


def test_an_abstract_socket_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"daricheh-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0{name}")
        listening.settimeout(30)
        monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}")
        assert notify("READY=1")
        assert listening.recv(64) == b"READY=1"


def test_without_systemd_nobody_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert not notify("READY=1")
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    assert not notify("READY=1")
    monkeypatch.setenv("WATCHDOG_USEC", "60000")
    monkeypatch.setenv("WATCHDOG_PID", "1")
    assert watched_every() is None  # another process is meant
    monkeypatch.delenv("WATCHDOG_PID")
    assert watched_every() == 0.06


def test_a_loop_that_turns_between_looks_is_never_stuck() -> None:
    stuck = Stuck(looks=3)
    for _ in range(10):
        stuck.turned()
        assert not stuck.look()
        assert not stuck.look()
        assert not stuck.look()
    assert stuck.look()


STANDING = """
import asyncio, time
from bot import quiet
from bot.operating.stuck import Stuck

async def main():
    question = "pomegranate"
    Stuck(every=0.05, looks=3).start()
    time.sleep(600)

quiet.set_up("INFO", "json")
asyncio.run(main())
"""


def test_a_process_whose_loop_stands_still_ends_and_says_where() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", STANDING],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        check=False,
        timeout=120,
    )
    assert ended.returncode == STATUS
    said = json.loads(ended.stderr.splitlines()[-1])
    assert said["level"] == "CRITICAL"
    assert "the event loop stands still at" in said["message"]
    assert "pomegranate" not in ended.stderr
