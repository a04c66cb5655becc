"""Bots killed at the moments that matter, and in turn while people ask: nobody is answered never,
and twice only where `deploy/scaling.md` says so."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.cluster.bot_process import LEASE, LONG, SLOW
from tests.cluster.crew import BotProcess, answers, ask_on, crew
from tests.cluster.redis_server import RedisServer
from tests.telegram.chats import Json
from tests.telegram.faults import Fault, Faults
from tests.telegram.people import Person, until
from tests.telegram.server import StandIn

PATIENCE = 90.0  # seconds until somebody counts as never answered


class Moments(Faults):
    """Does something when a request comes, before it is carried out; the request is cut off."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted: tuple[str, Callable[[], None]] | None = None

    def at(self, method: str, act: Callable[[], None], after: int = 0) -> None:
        """Do ``act`` at a request of that method, after so many others of it."""
        left = after

        def counted() -> None:
            nonlocal left
            if left:
                left -= 1
                return
            self._wanted = None
            act()

        self._wanted = (method, counted)

    def take(self, method: str, chat: int | None) -> Fault | None:
        """Return nothing but a cut, where the moment has come."""
        if self._wanted is None or method != self._wanted[0]:
            return None
        self._wanted[1]()
        return Fault("drop_before", method) if self._wanted is None else None


class Struck(list[tuple[str, Json]]):
    """The events of a chat; at the first message sent something is done before Telegram says so."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act: Callable[[], None] | None = act

    def append(self, event: tuple[str, Json]) -> None:
        """Note an event."""
        super().append(event)
        if event[0] == "sent" and self._act is not None:
            act, self._act = self._act, None
            act()


async def test_killed_at_any_moment_another_goes_on_where_it_stopped(
    telegram: StandIn, redis: RedisServer, tmp_path: Path
) -> None:
    moments = telegram.faults = Moments()
    async with crew(telegram, redis.url, tmp_path, 1, **{LEASE: "1"}) as [bot]:
        await bot.until_it_runs()
        asking, long, unlucky = (telegram.person(6201 + n) for n in range(3))

        moments.at("sendChatAction", bot.strike)  # the question is being answered
        asking.says(f"a {SLOW} question one?")
        await again(bot)
        await asking.hears()

        moments.at("sendMessage", bot.strike, after=1)  # one of two messages is sent
        long.says(f"a {LONG} question two?")
        await again(bot)
        pages = await long.hears(2)
        assert pages[0]["text"].startswith("Answer to")
        assert not pages[1]["text"].startswith("Answer to")
        buttons = pages[1]["reply_markup"]["inline_keyboard"]
        long.presses_data(pages[1], buttons[0][0]["callback_data"])
        await long.hears()  # the button of an answer that two processes have given

        unlucky.chat.events = Struck(bot.strike)  # sent, and not heard that it was
        unlucky.says("question three?")
        await again(bot)
        await until(lambda: answers([unlucky])["question three"] == 2, lambda: "the second answer")
    assert answers([asking, long]) == {f"a {SLOW} question one": 1, f"a {LONG} question two": 1}


async def again(bot: BotProcess) -> None:
    """Wait until the bot is gone, and start it again."""
    await until(lambda: not bot.alive, lambda: "the bot's end")
    await bot.start()


async def test_killed_in_turn_while_people_ask_nobody_is_answered_never(
    telegram: StandIn, redis: RedisServer, tmp_path: Path
) -> None:
    people = [telegram.person(6300 + n) for n in range(10)]
    async with crew(telegram, redis.url, tmp_path, 2, **{LEASE: "4"}) as bots:
        [first, _] = bots
        await first.until_it_runs()
        enough = asyncio.Event()
        asking = asyncio.gather(*(ask_on(person, enough, PATIENCE) for person in people))
        kills = 0
        for bot in bots:
            await goes_on(people)
            await bot.kill()
            kills += 1
            if bot is first:
                await first.start()
                await first.until_it_runs()
        await goes_on(people)
        enough.set()
        asked = [question for questions in await asking for question in questions]
        statuses = [await bot.stop() for bot in bots if bot.alive]
    found = answers(people)
    assert set(asked) == set(found)
    assert max(found.values()) <= 1 + kills  # see deploy/scaling.md
    assert set(statuses) == {0}
    told = json.dumps([bot.output.read_text("utf-8") for bot in bots if bot.output.exists()])
    assert "question" not in told


async def goes_on(people: Sequence[Person]) -> None:
    """Wait until as many were answered again as there are people."""
    before = answers(people).total()
    await until(
        lambda: answers(people).total() >= before + len(people),
        lambda: "people to be answered",
        PATIENCE,
    )
