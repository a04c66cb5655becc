"""Outside the private chat: groups, the line of another chat, and nobody in particular."""

from __future__ import annotations

import dataclasses
import threading

import pytest

from retrieval.search.context import Context
from tests.bot.telegram.conftest import running
from tests.bot.telegram.scripted import ANSWERED_FA, ASKED_EN, ASKED_FA, Scripted
from tests.telegram.chats import Json
from tests.telegram.people import until
from tests.telegram.server import BOT, StandIn

NAME = "@DarichehTestBot"
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}


def buttons(message: Json) -> list[Json]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


@pytest.mark.usefixtures("bot")
async def test_in_a_group_the_answer_is_short_and_offers_the_private_chat(
    telegram: StandIn,
) -> None:
    group = telegram.group(-100_7001)
    group.says(f"{NAME} {ASKED_FA}")
    [answer] = await group.hears()
    assert ANSWERED_FA.statements[0].text in answer["text"]
    assert "Signal" not in answer["text"]
    sources, private = buttons(answer)
    assert "منابع" in sources["text"]
    assert private["url"] == "https://t.me/DarichehTestBot?start=group"


@pytest.mark.usefixtures("bot")
async def test_in_a_group_only_the_answer_replied_to_is_context(
    telegram: StandIn, library: Scripted
) -> None:
    spoken_of = Context(("summons",), ("phone-summons#first.1@fa",))
    library._answers[ASKED_FA] = dataclasses.replace(ANSWERED_FA, context=spoken_of)
    group = telegram.group(-100_7002)
    group.says(f"{NAME} {ASKED_FA}")
    [answer] = await group.hears()
    group.says(f"{NAME} and then?")
    await group.hears()
    group.says("and then?", reply_to_message={**answer, "from": BOT})
    await group.hears()
    assert library.before == [Context(), Context(), spoken_of]


@pytest.mark.usefixtures("bot")
async def test_channels_and_anonymous_administrators_are_ignored(
    telegram: StandIn, library: Scripted
) -> None:
    group = telegram.group(-100_7003)
    channel = {"id": -100_7999, "type": "channel", "title": "News"}
    for sender in (group.chat.describe(), channel):
        post = telegram.chats.post(
            group.chat, ANONYMOUS, text=f"{NAME} {ASKED_FA}", sender_chat=sender,
            entities=[{"type": "mention", "offset": 0, "length": len(NAME)}],
        )  # fmt: skip
        telegram.deliver("message", post)
        telegram.deliver("edited_message", post)
    command = {"type": "bot_command", "offset": 0, "length": 21}
    post = telegram.chats.post(
        group.chat, ANONYMOUS, text=f"/help{NAME}", sender_chat=channel, entities=[command]
    )
    telegram.deliver("message", post)
    await until(telegram.updates.empty, lambda: "the updates to be fetched")
    await group.hears_nothing()
    assert library.asked == []


@pytest.mark.usefixtures("bot")
async def test_an_answer_can_be_shared_with_its_sources_in_another_chat(
    telegram: StandIn,
) -> None:
    sara = telegram.person(7004)
    number = sara.types(ASKED_FA)
    await until(lambda: bool(telegram.methods.answered), lambda: "the result")
    [given] = telegram.methods.answered
    assert given["inline_query_id"] == number
    [result] = given["results"]
    shared = result["input_message_content"]["message_text"]
    assert ANSWERED_FA.statements[0].text in shared
    assert "IranWire" in shared
    assert "گزارش خبری" in shared
    assert given["button"]["start_parameter"] == "inline"
    assert str(given["cache_time"]) == "0"


@pytest.mark.usefixtures("bot")
async def test_what_cannot_be_answered_is_not_shared_but_the_private_chat_is_offered(
    telegram: StandIn,
) -> None:
    sara = telegram.person(7005, language_code="en")
    sara.types("something quite unknown")
    await until(lambda: bool(telegram.methods.answered), lambda: "the result")
    [given] = telegram.methods.answered
    assert given["results"] == []
    assert given["button"]["text"] == "Go on in private"


async def test_of_a_line_that_is_still_being_typed_only_the_last_is_looked_for(
    telegram: StandIn, library: Scripted
) -> None:
    from bot.telegram.burst import Pace

    async with running(telegram, library, pace=Pace(settle=1.0)):
        sara = telegram.person(7006)
        for end in range(4, len(ASKED_EN) + 1):
            sara.types(ASKED_EN[:end])
        await until(lambda: bool(telegram.methods.answered), lambda: "the result")
    assert [question for question, _ in library.asked] == [ASKED_EN]


async def test_many_who_type_elsewhere_do_not_hold_up_who_asks_in_a_chat(
    telegram: StandIn, library: Scripted
) -> None:
    """There are two threads; one always remains for the chats."""
    shown = threading.Event()

    def wait(question: str) -> None:
        if question.startswith("elsewhere"):
            shown.wait(30)

    library.act = wait
    async with running(telegram, library):
        for number in range(4):
            telegram.person(7100 + number).types(f"elsewhere {number}")
        await until(lambda: bool(library.asked), lambda: "the first line")
        sara = telegram.person(7008)
        sara.says(ASKED_FA)
        await sara.hears()
        shown.set()
        await until(lambda: len(telegram.methods.answered) == 4, lambda: "all lines")


async def test_polling_that_has_gone_deaf_begins_anew(telegram: StandIn, library: Scripted) -> None:
    telegram.fault("slow", "getUpdates", times=1, seconds=3600)
    async with running(telegram, library, deaf=0.5):
        sara = telegram.person(7007)
        sara.says(ASKED_FA)
        [answer] = await sara.hears()
        assert "[۱]" in answer["text"]
