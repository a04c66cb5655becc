"""Messages that delete themselves, the neutral line, and settings that leave nothing."""

from __future__ import annotations

import pytest

from bot.telegram.app import TelegramBot
from tests.bot.telegram.scripted import ASKED_EN, ASKED_FA, Scripted
from tests.bot.telegram.settings_menu import gone, leads, opened
from tests.telegram.people import until
from tests.telegram.server import StandIn

pytestmark = pytest.mark.usefixtures("bot")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.vanishing.EVERY", 0.02)


@pytest.mark.parametrize(("label", "hours"), [("بعد از یک ساعت", 1), ("بعد از یک روز", 24)])
async def test_messages_of_both_sides_go_at_their_time_and_not_before(
    telegram: StandIn, bot: TelegramBot, label: str, hours: int
) -> None:
    sara = telegram.person(4001)
    menu = await opened(sara)
    await leads(sara, menu, "پاک شدن خودکار", label)
    asked = sara.says(ASKED_FA)
    [answer] = await sara.hears()
    telegram.advance(hours * 0.95)
    late = sara.says(ASKED_EN)
    [later] = await sara.hears()
    assert not gone(sara, asked)
    assert not gone(sara, answer)
    telegram.advance(hours * 0.06)
    await until(lambda: gone(sara, asked, answer), lambda: "the messages to go")
    assert not gone(sara, late)
    assert not gone(sara, later)
    session = bot.sessions.held(sara.chat.id)
    assert session is not None
    assert len(session.turns) == 1  # what is gone from the chat is gone from memory


async def test_an_answer_changed_late_stands_as_long_as_a_new_one(
    telegram: StandIn, bot: TelegramBot
) -> None:
    sara = telegram.person(4002)
    await leads(sara, await opened(sara), "پاک شدن خودکار", "بعد از یک ساعت")
    asked = sara.says(ASKED_FA)
    [answer] = await sara.hears()
    telegram.advance(0.9)
    sara.edits(asked, ASKED_EN)
    await sara.hears(kind="edited")
    later = telegram.now() + 3000
    await until(
        lambda: any(
            number == answer["message_id"] and due > later
            for _, number, due, _ in bot.sessions.timetable.of(sara.chat.id)
        ),
        lambda: "the answer's new time",
    )
    telegram.advance(0.5)
    await until(lambda: gone(sara, asked), lambda: "the question to go")
    assert not gone(sara, answer)
    telegram.advance(0.6)
    await until(lambda: gone(sara, answer), lambda: "the answer to go")


async def test_what_was_read_goes_with_the_next_message(
    telegram: StandIn, library: Scripted
) -> None:
    sara = telegram.person(4003)
    menu = await opened(sara)
    await leads(sara, menu, "پاک شدن خودکار", "بعد از خواندن")
    asked = sara.says(ASKED_FA)
    [answer] = await sara.hears()
    sara.presses(answer, "منابع")
    [sources] = await sara.hears()
    assert not gone(sara, asked)
    following = sara.says(ASKED_EN)
    [second] = await sara.hears()
    await until(lambda: gone(sara, asked, answer, sources), lambda: "what was read to go")
    assert not gone(sara, following)
    assert not gone(sara, second)
    sara.presses(second, "Read it, delete")
    await until(lambda: gone(sara, following, second), lambda: "the rest to go")


async def test_what_nobody_reads_goes_after_a_day(telegram: StandIn) -> None:
    sara = telegram.person(4004)
    await leads(sara, await opened(sara), "پاک شدن خودکار", "بعد از خواندن")
    asked = sara.says(ASKED_FA)
    [answer] = await sara.hears()
    telegram.advance(24.1)
    await until(lambda: gone(sara, asked, answer), lambda: "the messages to go")


async def test_a_summons_makes_messages_delete_themselves_unless_told_otherwise(
    telegram: StandIn,
) -> None:
    sara, omid = telegram.person(4005), telegram.person(4006)
    sara.says("/summons")
    note, *_ = await sara.hears(2)
    assert "یک ساعت بعد" in note["text"]
    asked = sara.says(ASKED_FA)
    await sara.hears()
    await leads(omid, await opened(omid), "پاک شدن خودکار", "خاموش")
    omid.says("/summons")
    [flow] = await omid.hears()
    assert "یک ساعت بعد" not in flow["text"]
    kept = omid.says(ASKED_FA)
    await omid.hears()
    telegram.advance(1.1)
    await until(lambda: gone(sara, note, asked), lambda: "the messages to go")
    assert not gone(omid, kept)


async def test_messages_that_delete_themselves_cannot_be_forwarded_but_addresses_can_be_copied(
    telegram: StandIn,
) -> None:
    sara = telegram.person(4007)
    sara.says(ASKED_FA)
    [plain] = await sara.hears()
    assert not plain["has_protected_content"]
    await leads(sara, await opened(sara), "پاک شدن خودکار", "بعد از یک ساعت")
    sara.says(ASKED_FA)
    [answer] = await sara.hears()
    assert answer["has_protected_content"]
    sara.presses(answer, "منابع")
    [sources] = await sara.hears()
    assert not sources["has_protected_content"]


async def test_a_deletion_that_telegram_does_not_take_is_tried_again(telegram: StandIn) -> None:
    sara = telegram.person(4008)
    await leads(sara, await opened(sara), "پاک شدن خودکار", "بعد از یک ساعت")
    asked = sara.says(ASKED_FA)
    [answer] = await sara.hears()
    telegram.fault("server_error", "deleteMessages", times=7)  # more often than one try goes on
    telegram.advance(1.1)
    await until(lambda: gone(sara, asked, answer), lambda: "the messages to go")


async def test_one_chat_that_has_to_wait_holds_up_no_other(telegram: StandIn) -> None:
    sara, omid = telegram.person(4009), telegram.person(4010)
    asked = []
    for person in (sara, omid):
        await leads(person, await opened(person), "پاک شدن خودکار", "بعد از یک ساعت")
        asked.append(person.says(ASKED_FA))
        await person.hears()
    telegram.fault("too_many", "deleteMessages", chat=sara.chat.id, retry_after=20)
    telegram.advance(1.1)
    await until(lambda: gone(omid, asked[1]), lambda: "the other chat's messages to go", 10)
    assert not gone(sara, asked[0])


async def test_with_the_neutral_line_no_message_begins_with_what_it_says(
    telegram: StandIn,
) -> None:
    sara = telegram.person(4020)
    menu = await opened(sara)
    shown = await leads(sara, menu, "سطر اول خنثی")
    assert shown["text"].startswith("پیام تازه\n\nتنظیمات")
    for question, line in ((ASKED_FA, "پیام تازه"), (ASKED_EN, "New message")):
        asked = sara.says(question)
        [answer] = await sara.hears()
        assert answer["text"].startswith(f"{line}\n\n")
        sara.edits(asked, question + " ")
        [edited] = await sara.hears(kind="edited")
        assert edited["text"].startswith(f"{line}\n\n")
    await leads(sara, await opened(sara), "سطر اول خنثی")
    sara.says(ASKED_FA)
    [answer] = await sara.hears()
    assert not answer["text"].startswith("پیام تازه")


async def test_settings_choose_the_language_close_at_once_and_are_private(
    telegram: StandIn,
) -> None:
    sara = telegram.person(4021)
    menu = await opened(sara)
    shown = await leads(sara, menu, "زبان")
    assert shown["text"].startswith("Settings")
    telegram.advance(6.1)  # the conversation has ended, the choice has not
    sara.says("/help")
    [help_text] = await sara.hears()
    assert help_text["text"].startswith("How to ask")
    menu = await opened(sara)
    sara.presses(menu, "Close")
    await until(lambda: gone(sara, menu), lambda: "the settings to close")
    group = telegram.group(-100_4022)
    group.says("/settings@DarichehTestBot")
    [said] = await group.hears()
    assert "گفت‌وگوی خصوصی" in said["text"]
    assert "reply_markup" not in said


async def test_forget_goes_on_trying_and_says_so_where_telegram_is_hard_to_reach(
    telegram: StandIn,
) -> None:
    sara = telegram.person(4024)
    asked = sara.says(ASKED_FA)
    [answer] = await sara.hears()
    telegram.fault("server_error", "deleteMessages", times=7)
    sara.says("/forget")
    [word] = await sara.hears()
    assert "برای پاک کردن ۳ پیام" in word["text"]
    await until(lambda: gone(sara, asked, answer), lambda: "the messages to go")


async def test_nothing_stays_in_the_timetable_of_a_chat_that_blocked_the_bot(
    telegram: StandIn, bot: TelegramBot
) -> None:
    sara = telegram.person(4025)
    await leads(sara, await opened(sara), "پاک شدن خودکار", "بعد از یک ساعت")
    sara.says(ASKED_FA)
    await sara.hears()
    sara.chat.blocked = True  # and the bot is not told
    telegram.advance(1.1)
    await until(lambda: len(bot.sessions.timetable) == 0, lambda: "the timetable to be empty")
    assert len(bot.sessions) == 0
