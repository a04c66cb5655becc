"""The queue in a real Redis, as two processes see it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.shared import queue as queues
from bot.shared.opening import Shared, open_shared
from bot.shared.queue import MOST_WAITING, Kept, Sent, Taken
from bot.shared.settings import SharedSettings
from tests.cluster.redis_server import RedisServer

LANE = "a-lane"


@pytest.fixture
async def two(redis: RedisServer) -> AsyncIterator[tuple[Shared, Shared]]:
    settings = SharedSettings.model_validate({"redis_url": redis.url})
    one, other = open_shared(settings, "secret"), open_shared(settings, "secret")
    yield one, other
    await one.close()
    await other.close()


def update(number: int, **more: Any) -> dict[str, Any]:
    return {"update_id": number, **more}


async def take(shared: Shared, lane: str = LANE) -> Taken:
    taken = await shared.queue.take(lane, shared.queue.hand())
    assert taken is not None
    return taken


def numbers(taken: Taken) -> list[int]:
    return [each.update["update_id"] for each in taken.waiting if each.update is not None]


async def test_what_comes_twice_waits_once_and_in_order(two: tuple[Shared, Shared]) -> None:
    one, other = two
    for number in (11, 12, 11, 13, 12):
        assert await one.queue.accept(LANE, update(number, text="چه کار کنم؟"))
    assert await other.queue.called(1) == LANE
    taken = await take(other)
    assert numbers(taken) == [11, 12, 13]
    assert taken.waiting[0].update == update(11, text="چه کار کنم؟")


async def test_a_lane_is_in_one_hand_and_more_of_it_is_said_to_that_one(
    two: tuple[Shared, Shared],
) -> None:
    one, other = two
    await one.queue.accept(LANE, update(1))
    assert await other.queue.called(1) == LANE
    taken = await take(other)
    assert await one.queue.take(LANE, one.queue.hand()) is None
    assert await one.queue.overdue() == []
    await one.queue.accept(LANE, update(2))
    assert await other.queue.called(1) == LANE
    [more] = await other.queue.more(LANE, taken.waiting[-1].place)
    assert more.update == update(2)
    assert await other.queue.commit(taken, taken.waiting[-1].place, {}, None) == 1
    assert await other.queue.commit(taken, more.place, {}, None) == 0
    assert await one.queue.waiting() == 0


async def test_who_is_not_heard_of_loses_the_lane_and_cannot_undo_what_the_next_does(
    two: tuple[Shared, Shared], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    one.queue._lease = 1  # a millisecond
    await one.queue.accept(LANE, update(1))
    late = await take(one)
    await until_overdue(other)
    sent = Sent("b1", 0, 7, 1.5)
    assert await one.queue.note_sent(late, sent)  # nobody has taken it yet: it counts
    taken = await take(other)
    assert numbers(taken) == [1]
    assert taken.sent == (sent,)
    assert not await one.queue.note_sent(late, sent)
    assert not await one.queue.renew(late)
    assert await one.queue.commit(late, 99, {"talk": Kept(b"old", 60)}, None) == -1
    await one.queue.give_back(late)
    upto = taken.waiting[-1].place
    assert await other.queue.commit(taken, upto, {"talk": Kept(b"new", 60)}, None) == 0
    again = await take(one)
    assert again.parts == {"talk": b"new"}
    assert (again.waiting, again.sent) == ((), ())


async def until_overdue(shared: Shared) -> None:
    async with asyncio.timeout(20):
        while not await shared.queue.overdue():
            await asyncio.sleep(0.005)


async def test_what_is_done_twice_does_no_harm(two: tuple[Shared, Shared]) -> None:
    """An answer of Redis can be lost on its way: then everything is asked for again."""
    one, _ = two
    await one.queue.accept(LANE, update(1))
    hand = one.queue.hand()
    first, taken = await one.queue.take(LANE, hand), await one.queue.take(LANE, hand)
    assert first == taken
    assert taken is not None
    place = taken.waiting[0].place
    await one.queue.accept(LANE, update(2))
    assert await one.queue.commit(taken, place, {"talk": Kept(b"x", 60)}, None) == 1
    assert await one.queue.commit(taken, place, {"talk": Kept(b"x", 60)}, None) == 1
    await one.queue.give_back(taken)
    await one.queue.give_back(taken)
    assert numbers(await take(one)) == [2]


async def test_parts_change_alone_and_go_alone(two: tuple[Shared, Shared]) -> None:
    one, other = two
    taken = await take(one)
    await one.queue.commit(taken, 0, {"talk": Kept(b"t", 60), "marks": Kept(b"m", 60)}, None)
    taken = await take(other)
    assert taken.parts == {"talk": b"t", "marks": b"m"}
    assert await other.queue.lanes_with("talk") == [LANE]
    await other.queue.commit(taken, 0, {"talk": None, "wishes": Kept(b"w", 60)}, None)
    assert (await take(one)).parts == {"marks": b"m", "wishes": b"w"}
    assert await other.queue.lanes_with("talk") == []


async def test_what_is_due_calls_by_itself_and_not_before(two: tuple[Shared, Shared]) -> None:
    one, other = two
    await one.queue.commit(await take(one), 0, {}, 3600)
    assert await other.queue.overdue() == []
    await one.queue.commit(await take(one), 0, {}, 0)
    assert await other.queue.overdue() == [LANE]


async def test_how_often_a_lane_was_taken_and_not_let_go_is_known(
    two: tuple[Shared, Shared],
) -> None:
    one, other = two
    one.queue._lease = 1
    for tries in (1, 2, 3):
        taken = await take(one)
        assert taken.tries == tries
        await until_overdue(other)
    again = await one.queue.take(LANE, taken.hand)  # the answer was lost on its way
    assert again is not None
    assert again.tries == 3
    await one.queue.give_back(taken)
    taken = await take(one)
    assert taken.tries == 1
    await one.queue.commit(taken, 0, {}, None)
    assert (await take(one)).tries == 1


async def test_given_back_it_is_somebody_elses_at_once(two: tuple[Shared, Shared]) -> None:
    one, other = two
    await one.queue.accept(LANE, update(1))
    await one.queue.called(1)
    await one.queue.give_back(await take(one))
    assert await other.queue.called(1) == LANE
    assert numbers(await take(other)) == [1]


async def test_that_telegram_asks_to_wait_is_known_to_whoever_comes_next(
    two: tuple[Shared, Shared],
) -> None:
    one, other = two
    await one.queue.pause(LANE, 60)
    assert 0 < (await take(other)).pause <= 60


async def test_a_flood_of_one_lane_is_cut_and_others_are_not(two: tuple[Shared, Shared]) -> None:
    one, _ = two
    for number in range(MOST_WAITING):
        assert await one.queue.accept(LANE, update(number))
    assert not await one.queue.accept(LANE, update(999))
    assert await one.queue.accept("another", update(1000))


async def test_where_redis_loses_everything_who_has_a_lane_in_hand_has_it_still(
    two: tuple[Shared, Shared],
) -> None:
    one, other = two
    await one.queue.accept(LANE, update(1))
    await one.queue.accept("another", update(2))
    taken, second = await take(one), await take(one, "another")
    await one.redis.flushall()
    assert await one.queue.note_sent(taken, Sent("u1", 0, 7, 1.5))
    assert await one.queue.renew(second)
    await one.queue.accept(LANE, update(3))
    upto = taken.waiting[-1].place
    assert await one.queue.commit(taken, upto, {"talk": Kept(b"x", 60)}, None) == 1
    assert await one.queue.commit(second, second.waiting[-1].place, {}, None) == 0
    assert await other.queue.take(LANE, other.queue.hand()) is None
    await one.queue.give_back(taken)
    later = await take(other)
    assert numbers(later) == [3]
    assert later.parts == {"talk": b"x"}


async def test_nothing_waits_for_ever(
    two: tuple[Shared, Shared], redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = two
    await one.queue.accept(LANE, update(1))
    taken = await take(one)
    await one.queue.note_sent(taken, Sent("u1", 0, 7, 1.5))
    await one.queue.commit(taken, 0, {"talk": Kept(b"x", 60)}, None)
    without_end = [
        key
        async for key in one.redis.scan_iter()
        if await one.redis.ttl(key) < 0 and not key.endswith((b"ready", b"count", b"born"))
    ]
    assert without_end == []
    longest = max([await one.redis.ttl(key) async for key in one.redis.scan_iter(match="*lane:*")])
    assert longest <= queues.WAITS


async def test_sealed_with_another_secret_it_is_left_out_and_said(
    two: tuple[Shared, Shared], redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    one, _ = two
    await one.queue.accept(LANE, update(1))
    taken = await take(one)
    await one.queue.commit(taken, 0, {"talk": Kept(b"x", 60)}, None, leave=True)
    stranger = open_shared(SharedSettings.model_validate({"redis_url": redis.url}), "secret")
    stranger.queue._seal = open_shared(
        SharedSettings.model_validate({"redis_url": redis.url}), "another"
    ).queue._seal
    found = await take(stranger)
    assert [each.update for each in found.waiting] == [None]
    assert found.parts == {}
    assert "cannot be opened" in caplog.text
    await stranger.close()
