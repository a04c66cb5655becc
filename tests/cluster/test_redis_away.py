"""Redis killed and started again: the bot waits and says so, and goes on where it was."""

from __future__ import annotations

import pytest

from tests.bot.telegram.scripted import ASKED_EN, ASKED_FA
from tests.bot.telegram.test_webhook import port as port
from tests.cluster.redis_server import RedisServer
from tests.cluster.together import libraries, together
from tests.telegram.people import until
from tests.telegram.server import StandIn


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.together.OWNERS_FIRST", 0.1)


async def test_what_was_in_hand_is_answered_once_when_it_returns(
    telegram: StandIn, redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    both = libraries(2)
    people = [telegram.person(6400 + n) for n in range(8)]
    async with together(telegram, redis, both) as bots:
        await until(lambda: "getUpdates" in telegram.requests, lambda: "polling")
        for library in both:
            library.hold.clear()
        for person in people:
            person.says(ASKED_FA)
        await until(lambda: bool(both[0].asked or both[1].asked), lambda: "the first to be in hand")
        await redis.kill()
        for library in both:
            library.hold.set()
        await until(lambda: "Redis does not answer" in caplog.text, lambda: "a word of it")
        assert not (await bots[0].life.ready())["redis"]
        for person in people:
            person.says(ASKED_EN)  # waits at Telegram
        await redis.start()
        for person in people:
            first, second = await person.hears(2)
            assert "احضار رسمی نیست" in first["text"]
            assert second["text"].startswith("Telegram has been blocked")
        await until(lambda: "Redis answers again" in caplog.text, lambda: "a word of it")
        assert (await bots[0].life.ready())["redis"]
        for person in people:
            await person.hears_nothing(0.01)


async def test_where_it_returns_without_anything_what_was_in_hand_is_answered_all_the_same(
    telegram: StandIn, redis: RedisServer
) -> None:
    [library] = libraries(1)
    people = [telegram.person(6420 + n) for n in range(4)]
    async with together(telegram, redis, [library]) as [bot]:
        await until(lambda: "getUpdates" in telegram.requests, lambda: "polling")
        library.hold.clear()
        for person in people:
            person.says(ASKED_FA)
        await until(
            lambda: all(bot.sessions.held(p.chat.id) for p in people),
            lambda: "all to be in hand",
        )
        await redis.lose_everything()
        library.hold.set()
        await redis.start()
        for person in people:
            person.says(ASKED_EN)
        for person in people:
            await person.hears(2)
            await person.hears_nothing(0.01)


async def test_a_call_that_cannot_be_taken_comes_again(
    telegram: StandIn, redis: RedisServer, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.company.ACCEPTS", 0.2)
    [library] = libraries(1)
    url = f"http://127.0.0.1:{port}/hook"
    async with together(telegram, redis, [library], webhook_url=url, webhook_port=port):
        await until(lambda: bool(telegram.webhook["url"]), lambda: "the webhook")
        await redis.kill()
        sara = telegram.person(6411)
        sara.says(ASKED_FA)
        await until(lambda: telegram.calls.refused > 0, lambda: "a call to be refused")
        await redis.start()
        await sara.hears()
        await sara.hears_nothing(0.01)
    assert len(library.asked) == 1


async def test_a_call_is_taken_when_its_update_waits_in_redis_and_before_it_is_answered(
    telegram: StandIn, redis: RedisServer, port: int
) -> None:
    [library] = libraries(1)
    url = f"http://127.0.0.1:{port}/hook"
    async with together(telegram, redis, [library], webhook_url=url, webhook_port=port):
        await until(lambda: bool(telegram.webhook["url"]), lambda: "the webhook")
        library.hold.clear()
        sara = telegram.person(6412)
        sara.says(ASKED_FA, deliveries=2)
        await until(lambda: not telegram.calls.waiting, lambda: "the update to be taken")
        assert sara.chat.from_bot() == []
        library.hold.set()
        await sara.hears()
        await sara.hears_nothing(0.01)
    assert telegram.calls.refused == 0


async def test_stopped_while_redis_is_away_it_ends(telegram: StandIn, redis: RedisServer) -> None:
    async with together(telegram, redis, libraries(1)) as [bot]:
        await until(lambda: "getUpdates" in telegram.requests, lambda: "polling")
        await redis.kill()
        telegram.person(6413).says(ASKED_FA)
        bot.stop()
    assert telegram.chats.get(6413).from_bot() == []  # type: ignore[union-attr]
