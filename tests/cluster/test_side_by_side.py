"""Several bots in one process, over one real Redis: what people notice of it, namely nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.telegram.app import TelegramBot
from tests.bot.telegram.conftest import running
from tests.bot.telegram.scripted import ALL, ASKED_EN, ASKED_FA, Scripted
from tests.cluster.redis_server import RedisServer
from tests.telegram.server import StandIn


@asynccontextmanager
async def together(
    telegram: StandIn, redis: RedisServer, libraries: list[Scripted], **more: object
) -> AsyncIterator[list[TelegramBot]]:
    """Run a bot for each library, all on one Redis."""
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(
                running(telegram, library, redis_url=redis.url, **more)  # type: ignore[arg-type]
            )
            for library in libraries
        ]


def libraries(count: int) -> list[Scripted]:
    return [Scripted(*ALL) for _ in range(count)]


async def test_everybody_is_answered_once_and_in_order(
    telegram: StandIn, redis: RedisServer
) -> None:
    both = libraries(2)
    async with together(telegram, redis, both):
        people = [telegram.person(6000 + n) for n in range(20)]
        for person in people:
            person.says(ASKED_FA, deliveries=2)
            person.says("/help")
            person.says(ASKED_EN)
        for person in people:
            first, help_text, second = await person.hears(3)
            assert "احضار رسمی نیست" in first["text"]
            assert "/forget" in help_text["text"]
            assert second["text"].startswith("Telegram has been blocked")
        for person in people:
            await person.hears_nothing(0.01)
    assert all(library.asked for library in both)
    assert sum(len(library.asked) for library in both) == 2 * len(people)


async def test_buttons_choices_and_what_was_spoken_of_are_known_to_whoever_comes_next(
    telegram: StandIn, redis: RedisServer
) -> None:
    sara = telegram.person(6101)
    async with together(telegram, redis, libraries(1)):
        sara.says(ASKED_FA)
        [answer] = await sara.hears()
    later = libraries(1)
    async with together(telegram, redis, later):
        sara.presses(answer, "منابع")
        [sources] = await sara.hears()
        assert "ایران‌وایر" in sources["text"]
        sara.says("/forget")
        await sara.hears()
        sara.says("/help")
        await sara.hears()
        sara.presses_data(answer, answer["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
        await sara.hears_nothing()
