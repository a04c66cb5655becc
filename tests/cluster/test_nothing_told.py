"""Whoever has all of Redis, on the wire, in memory and on disk, has nothing of anybody."""

from __future__ import annotations

import asyncio
import codecs
from pathlib import Path

import pytest

from bot.shared.seal import Seal
from tests.bot.telegram.scripted import ANSWERED_FA, Scripted
from tests.bot.telegram.settings_menu import WORD, leads, opened, sets_word
from tests.bot.telegram.test_nothing_kept import CHAT, GROUP, WORDS, Outcome
from tests.cluster.redis_server import RedisServer
from tests.cluster.together import together
from tests.telegram.people import until
from tests.telegram.server import BOT, TOKEN, StandIn

OTHERS = [str(CHAT), str(GROUP), str(abs(GROUP)), TOKEN, TOKEN.split(":")[1], f"Person{CHAT}"]


class Watched:
    """Everything that anybody says to Redis, as MONITOR shows it."""

    def __init__(self, redis: RedisServer) -> None:
        self._redis = redis
        self.said = b""

    async def __aenter__(self) -> Watched:
        self._reader, self._writer = await asyncio.open_unix_connection(str(self._redis.socket))
        self._writer.write(b"MONITOR\r\n")
        await self._reader.readline()
        self._task = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._writer.close()
        await self._writer.wait_closed()

    async def _read(self) -> None:
        while data := await self._reader.read(2**16):
            self.said += codecs.escape_decode(data)[0]


async def kept_of(telegram: StandIn, redis: RedisServer, state: Path) -> Outcome:
    """Talk with marked words, leave some of it unanswered, and return all that Redis has of it."""
    library = Scripted(ANSWERED_FA)
    sara, group = telegram.person(CHAT), telegram.group(GROUP)
    async with Watched(redis) as watched:
        async with together(telegram, redis, [library], state=state):
            await leads(sara, await opened(sara), "پاک شدن خودکار", "بعد از یک ساعت")
            await sets_word(sara)
            for word in WORDS:
                sara.says(f"{word}؟")
                await sara.hears()
            sara.says(ANSWERED_FA.question)
            await sara.hears()
            group.says(f"@{BOT['username']} {WORDS[0]}?")
            await group.hears()
            library.hold.clear()
            asked = len(library.asked)
            sara.says(f"{WORDS[1]} {WORDS[2]}؟")
            await until(lambda: len(library.asked) > asked, lambda: "the last question")
            await redis.asked("SAVE")  # while it waits
            library.hold.set()
            await sara.hears()
        await redis.asked("BGREWRITEAOF")
    files = {path: path.read_bytes() for path in redis.folder.rglob("*") if path.is_file()}
    files |= {path: path.read_bytes() for path in state.rglob("*") if path.is_file()}
    return Outcome(watched.said, files)


SECRETS = [*WORDS, WORD, ANSWERED_FA.question, ANSWERED_FA.statements[0].text, *OTHERS]


async def test_nothing_of_anybody_can_be_read_in_redis(
    telegram: StandIn, redis: RedisServer, tmp_path: Path
) -> None:
    outcome = await kept_of(telegram, redis, tmp_path / "state")
    assert outcome.found(SECRETS) == []
    assert any(path.suffix == ".rdb" for path in outcome.files)
    assert any(b"lane:" in content for content in outcome.files.values())
    assert outcome.output.count(b"lane:") > len(WORDS)


async def test_without_the_seal_the_search_would_have_found_it(
    telegram: StandIn, redis: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Seal, "sealed", lambda _self, plain, _place: plain)
    monkeypatch.setattr(Seal, "opened", lambda _self, value, _place: value)
    monkeypatch.setattr("bot.telegram.together.bare", lambda update: update)
    outcome = await kept_of(telegram, redis, tmp_path / "state")
    found = " ".join(outcome.found(SECRETS))
    for secret in (*WORDS, ANSWERED_FA.statements[0].text, str(CHAT), f"Person{CHAT}"):
        assert repr(secret) in found
    assert repr(TOKEN) not in found
