"""Guided conversations over HTTP: one message, old buttons, interruptions, restarts."""

from __future__ import annotations

import pytest

from bot.telegram.app import TelegramBot
from tests.bot.telegram.conftest import running
from tests.bot.telegram.scripted import ALL, ANSWERED_FA, Scripted
from tests.small.shelf import shelf
from tests.telegram.chats import Json
from tests.telegram.people import Person, until
from tests.telegram.server import StandIn


async def edited(person: Person, label: str, message: Json) -> Json:
    """Press a button and return the message as it was changed."""
    start = len(person.chat.events)
    person.presses(message, label)
    [(_, changed), *_] = await person.goes_on(start, {"edited": 1})
    return changed


async def first_question(person: Person, command: str, sent: int = 1) -> Json:
    """Begin a flow and return its first question, the last message that is ``sent`` then."""
    person.says(command)
    return (await person.hears(sent))[-1]


async def noticed(telegram: StandIn, count: int) -> str:
    """Return the line that the last pressed button brought up for a moment."""
    answered = telegram.methods.answered
    await until(lambda: len(answered) >= count, lambda: f"{count} answered presses")
    return str(answered[count - 1].get("text") or "")


@pytest.mark.usefixtures("bot")
async def test_a_flow_stays_one_message_from_the_first_question_to_the_result(
    telegram: StandIn,
) -> None:
    sara = telegram.person(1001)
    sara.says("/ready")
    [message] = await sara.hears()
    for label in ("یکی", "نه", "سیگنال", "ادامه", "بله", "رمز بلند", "بله"):
        message = await edited(sara, label, message)
    assert "کجای کارید" in message["text"]
    assert len(sara.chat.from_bot()) == 1


@pytest.mark.usefixtures("bot")
async def test_an_old_button_says_kindly_that_it_is_old_and_changes_nothing(
    telegram: StandIn,
) -> None:
    sara = telegram.person(1001)
    sara.says("/ready")
    [first] = await sara.hears()
    second = await edited(sara, "یکی", first)
    sara.presses(first, "هیچ")
    assert "گذشته‌ایم" in await noticed(telegram, 2)
    third = await edited(sara, "نه", second)
    assert "۳ از ۶" in third["text"]


@pytest.mark.usefixtures("bot")
async def test_a_button_of_a_message_that_was_left_behind_goes_with_its_row(
    telegram: StandIn,
) -> None:
    sara = telegram.person(1001)
    sara.says("/ready")
    [message] = await sara.hears()
    for label in ("هیچ", "رد شدن", "رد شدن", "رد شدن", "بله"):
        message = await edited(sara, label, message)
    sara.says("/ready")
    await sara.hears()
    start = len(sara.chat.events)
    sara.presses(message, "قبلی")
    [(_, left)] = await sara.goes_on(start, {"buttons": 1})
    assert "reply_markup" not in left


async def test_after_a_restart_of_the_bot_an_old_button_names_the_way_back(
    telegram: StandIn,
) -> None:
    sara = telegram.person(1001)
    async with running(telegram, Scripted(*ALL)):
        message = await first_question(sara, "/summons", 2)
    async with running(telegram, Scripted(*ALL)):
        sara.presses(message, "تلفن")
        assert "/summons" in await noticed(telegram, 1)
        again = await edited(sara, "از اول", message)
        assert "۱ از ۲" in again["text"]


@pytest.mark.usefixtures("bot")
async def test_the_command_in_the_middle_goes_on_where_one_was_and_leaves_no_twin(
    telegram: StandIn,
) -> None:
    sara = telegram.person(1001)
    sara.says("/ready")
    [message] = await sara.hears()
    await edited(sara, "یکی", message)
    sara.says("/ready")
    [message] = await sara.hears()
    assert "۲ از ۶" in message["text"]
    await until(lambda: len(sara.chat.from_bot()) == 1, lambda: "the old message to go")


@pytest.mark.usefixtures("bot")
async def test_only_one_offer_to_go_on_stands_and_none_where_no_flow_is_open(
    telegram: StandIn,
) -> None:
    sara = telegram.person(1001)
    sara.says(ANSWERED_FA.question)
    await sara.hears()
    sara.says("/ready")
    [message] = await sara.hears()
    await edited(sara, "یکی", message)
    for _ in range(2):
        sara.says(ANSWERED_FA.question)
        _, offer = await sara.hears(2)
        assert "۲ از ۶" in offer["text"]
    offers = [m for m in sara.chat.from_bot() if "رسیده بودید" in m["text"]]
    assert len(offers) == 1
    sara.presses(offers[0], "ادامه از همان‌جا")
    [again] = await sara.hears()
    await edited(sara, "توقف", again)
    sara.says(ANSWERED_FA.question)
    assert len(await sara.hears()) == 1
    assert not [m for m in sara.chat.from_bot() if "رسیده بودید" in m["text"]]


async def test_what_is_said_about_a_summons_cannot_be_forwarded(
    telegram: StandIn, bot: TelegramBot
) -> None:
    bot.sessions.choices.change(1001, vanish="off")  # messages that delete themselves cannot either
    sara = telegram.person(1001)
    ready = await first_question(sara, "/ready")
    summons = await first_question(sara, "/summons")
    assert summons["has_protected_content"]
    assert not ready["has_protected_content"]


async def test_stopping_and_forgetting_drop_the_answers(telegram: StandIn) -> None:
    async with running(telegram, Scripted(*ALL)) as bot:
        sara = telegram.person(1001)
        for ending in ("توقف", "/forget"):
            sara.says("/ready")
            [message] = await sara.hears()
            message = await edited(sara, "یکی", message)
            assert flows_of(bot, 1001)
            if ending.startswith("/"):
                sara.says(ending)
                await sara.hears()
            else:
                await edited(sara, ending, message)
            assert not flows_of(bot, 1001)


def flows_of(bot: TelegramBot, chat: int) -> object:
    session = bot.sessions.held(chat)
    return session.flows if session else {}


@pytest.mark.usefixtures("bot")
async def test_in_a_group_nobody_is_asked_such_questions(telegram: StandIn) -> None:
    group = telegram.group(-1001)
    group.says("/summons@" + telegram.chats.bot["username"])
    [message] = await group.hears()
    assert "خصوصی" in message["text"]
    assert "reply_markup" not in message


async def test_a_flow_that_is_gone_is_said_to_be(telegram: StandIn) -> None:
    library = Scripted(*ALL)
    async with running(telegram, library):
        sara = telegram.person(1001)
        sara.says("/ready")
        [message] = await sara.hears()
        guides = {name: guide for name, guide in shelf().guides.items() if name != "ready"}
        library.shelf = shelf()._replace(guides=guides)
        sara.presses(message, "یکی")
        assert "پیش من نیست" in await noticed(telegram, 1)
        sara.says("/ready")
        [said] = await sara.hears()
        assert "پیش من نیست" in said["text"]


async def test_new_content_in_the_middle_is_said_once_and_keeps_the_answers(
    telegram: StandIn,
) -> None:
    library = Scripted(*ALL)
    async with running(telegram, library):
        sara = telegram.person(1001)
        sara.says("/ready")
        [message] = await sara.hears()
        message = await edited(sara, "یکی", message)
        library.shelf = shelf(reworded=True)
        message = await edited(sara, "نه", message)
        assert "به‌روز شده‌اند" in message["text"]
        assert "۳ از ۶" in message["text"]
        message = await edited(sara, "رد شدن", message)
        assert "به‌روز شده‌اند" not in message["text"]
