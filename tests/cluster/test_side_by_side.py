"""Several bots over one real Redis: what people notice of it, namely nothing."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from bot.shared.opening import open_shared
from bot.shared.settings import SharedSettings
from bot.telegram.app import LEDGER
from retrieval.search.context import Context
from tests.bot.telegram.conftest import running
from tests.bot.telegram.scripted import ALL, ANSWERED_FA, ASKED_EN, ASKED_FA, Scripted
from tests.bot.telegram.settings_menu import WORD, gone, leads, opened, sets_word
from tests.bot.telegram.test_corrections import TEXT, Renewing, passage, stocked
from tests.cluster.redis_server import RedisServer
from tests.cluster.together import libraries, together
from tests.telegram.faults import Faults
from tests.telegram.people import until
from tests.telegram.server import StandIn


async def test_everybody_is_answered_once_and_in_order(
    telegram: StandIn, redis: RedisServer
) -> None:
    both = libraries(2)
    async with together(telegram, redis, both):
        people = [telegram.person(6000 + n) for n in range(10)]
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
    assert sum(len(library.asked) for library in both) == 2 * len(people)


async def test_buttons_are_known_to_whoever_comes_next_and_forgotten_by_all(
    telegram: StandIn, redis: RedisServer
) -> None:
    sara = telegram.person(6101)
    async with together(telegram, redis, libraries(1)):
        sara.says(ASKED_FA)
        [answer] = await sara.hears()
    async with together(telegram, redis, libraries(1)):
        sara.presses(answer, "منابع")
        [sources] = await sara.hears()
        assert "ایران‌وایر" in sources["text"]
        sara.says("/forget")
        await sara.hears()
    async with together(telegram, redis, libraries(1)):
        pressed = telegram.requests.count("answerCallbackQuery")
        sara.presses_data(answer, answer["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
        await until(
            lambda: telegram.requests.count("answerCallbackQuery") > pressed,
            lambda: "the button to be answered",
        )
        await sara.hears_nothing(0.01)


async def test_choices_and_what_was_spoken_of_are_known_to_whoever_comes_next(
    telegram: StandIn, redis: RedisServer
) -> None:
    sara = telegram.person(6102)
    spoken_of = Context(("احضار",), ("phone-summons#first.1@fa",))
    before = Scripted(dataclasses.replace(ANSWERED_FA, context=spoken_of))
    async with together(telegram, redis, [before]):
        await sets_word(sara)
        sara.says(ASKED_FA)
        await sara.hears()
    [later] = libraries(1)
    async with together(telegram, redis, [later]) as [bot]:
        sara.says("و روی اندروید؟")
        await sara.hears()
        assert later.before[0] == spoken_of
        await until(
            lambda: bot.sessions.held(sara.chat.id) is None, lambda: "the chat to be laid down"
        )
        stood = list(sara.chat.messages.values())
        sara.says(WORD)
        await sara.hears()
        await until(lambda: gone(sara, *stood), lambda: "the messages to go")


async def test_what_a_process_alone_has_left_is_handed_over_to_all(
    telegram: StandIn, redis: RedisServer, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    sara, omid = telegram.person(6110), telegram.person(6111)
    async with running(telegram, Scripted(*ALL), state=state):
        await leads(sara, await opened(sara), "به یاد ماندن")
        await sets_word(sara)
        await leads(omid, await opened(omid), "پاک شدن خودکار", "بعد از خواندن")
        asked = omid.says(ASKED_FA)
        [answer] = await omid.hears()
    assert (state / LEDGER).exists()
    async with together(telegram, redis, libraries(1), state=state):
        await until(lambda: not (state / LEDGER).exists(), lambda: "the file to go")
    async with together(telegram, redis, libraries(1)):  # another, elsewhere
        sara.says(WORD)
        omid.says(ASKED_EN)
        await until(lambda: gone(omid, asked, answer), lambda: "what was read to go")
        await sara.hears()
        assert len(sara.chat.from_bot()) == 1  # the line that says nothing


async def test_the_panic_word_does_not_wait_for_an_answer_that_is_on_its_way(
    telegram: StandIn, redis: RedisServer
) -> None:
    [library] = libraries(1)
    async with together(telegram, redis, [library]):
        sara = telegram.person(6113)
        await sets_word(sara)
        library.hold.clear()
        asked = sara.says(ASKED_FA)
        await until(lambda: bool(library.asked), lambda: "the question")
        said = sara.says(WORD)
        await sara.hears()  # the line that says nothing, while the answer is looked for
        assert gone(sara, asked, said)
        library.hold.set()
    assert len(sara.chat.from_bot()) == 1


async def test_what_ends_every_process_that_takes_it_is_left_out(
    telegram: StandIn,
    redis: RedisServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("bot.telegram.together.MOST_TRIES", 1)
    sara = telegram.person(6112)
    shared = open_shared(SharedSettings.model_validate({"redis_url": redis.url}), telegram.token)
    shared.queue._lease = 1  # a millisecond
    lane = shared.names.hidden("chat", sara.chat.id)
    assert await shared.queue.take(lane, shared.queue.hand())  # and it ends
    await shared.close()
    [library] = libraries(1)
    async with together(telegram, redis, [library]):
        sara.says(ASKED_FA)
        await until(lambda: "are left out" in caplog.text, lambda: "a word of it")
        sara.says(ASKED_EN)
        [answer] = await sara.hears()
    assert answer["text"].startswith("Telegram has been blocked")
    assert [question for question, _ in library.asked] == [ASKED_EN]


async def test_whose_question_fails_is_told_so(telegram: StandIn, redis: RedisServer) -> None:
    [library] = libraries(1)

    def fails(_question: str) -> None:
        raise RuntimeError

    library.act = fails
    async with together(telegram, redis, [library]):
        sara = telegram.person(6120)
        sara.says(ASKED_FA)
        [told] = await sara.hears()
        assert "دوباره بپرسید" in told["text"]
        library.act = None
        sara.says(ASKED_FA)
        [answer] = await sara.hears()
        assert "احضار رسمی نیست" in answer["text"]


async def test_privacy_says_where_the_memory_is(telegram: StandIn, redis: RedisServer) -> None:
    async with together(telegram, redis, libraries(1)):
        sara = telegram.person(6109)
        sara.says("/privacy")
        [said] = await sara.hears()
        assert "حافظه‌ی موقتمان مشترک است" in said["text"]


async def test_a_deletion_that_is_due_is_carried_out_by_whoever_is_there(
    telegram: StandIn, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.together.AGAIN", 0.1)
    sara = telegram.person(6103)
    async with together(telegram, redis, libraries(1)):
        await leads(sara, await opened(sara), "پاک شدن خودکار", "بعد از خواندن")
        asked = sara.says(ASKED_FA)
        [answer] = await sara.hears()
        telegram.fault("server_error", "deleteMessages", times=10_000)
        sara.says(ASKED_EN)
        await sara.hears()
    assert not gone(sara, answer)
    telegram.faults = Faults()
    async with together(telegram, redis, libraries(1)):
        await until(lambda: gone(sara, asked, answer), lambda: "the messages to go")


async def test_of_a_correction_everybody_hears_once_whoever_tells(
    telegram: StandIn, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.shelf.EVERY", 0.02)
    before = [stocked(passage(1, TEXT), passage(2, "دو")) for _ in range(2)]
    after = stocked(passage(1, "تماس تلفنی احضار رسمی است."), passage(2, "دو"))
    sara = telegram.person(6104)
    one, other = Renewing(), Renewing()
    async with (
        running(telegram, before[0], redis_url=redis.url, reopen=one) as first,
        running(telegram, before[1], redis_url=redis.url, reopen=other) as second,
    ):
        sara.says(ASKED_FA)
        await sara.hears()
        one.next = other.next = after
        [told] = await sara.hears()
        assert told["reply_markup"]["inline_keyboard"][0][0]["callback_data"].startswith("a:")
        await until(
            lambda: first.shelf.library is after and second.shelf.library is after,
            lambda: "both to have the newer library",
        )
        sara.says(ASKED_EN)
        await sara.hears()
        await sara.hears_nothing(0.01)


async def test_stopped_it_ends_what_it_has_in_hand_and_leaves_the_rest_to_others(
    telegram: StandIn, redis: RedisServer
) -> None:
    [first] = libraries(1)
    sara, omid = telegram.person(6106), telegram.person(6107)
    async with together(telegram, redis, [first]) as [bot]:
        first.hold.clear()
        sara.says(ASKED_FA)
        await until(lambda: bool(first.asked), lambda: "the question")
        bot.stop()
        first.hold.set()
        await sara.hears()
    omid.says(ASKED_EN)
    async with together(telegram, redis, libraries(1)):
        await omid.hears()
        await sara.hears_nothing(0.01)


async def test_what_cannot_be_sent_while_it_is_stopped_is_sent_by_the_next(
    telegram: StandIn, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.app.GRACE", 0.1)
    sara = telegram.person(6108)
    async with together(telegram, redis, libraries(1)) as [bot]:
        telegram.fault("too_many", "sendMessage", retry_after=1, times=100)
        sara.says(ASKED_FA)
        await until(lambda: "sendMessage" in telegram.requests, lambda: "the answer to be tried")
        bot.stop()
    assert sara.chat.from_bot() == []
    telegram.faults = Faults()
    async with together(telegram, redis, libraries(1)):
        [answer] = await sara.hears()
    assert "احضار رسمی نیست" in answer["text"]
