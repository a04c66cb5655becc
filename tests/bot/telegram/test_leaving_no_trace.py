"""Messages that delete themselves, the panic word, the neutral line, and settings that show it."""

from __future__ import annotations

import pytest

from bot.telegram.app import TelegramBot
from bot.telegram.choices import KEPT_DAYS
from tests.bot.telegram.scripted import ASKED_EN, ASKED_FA, Scripted
from tests.telegram.chats import Json
from tests.telegram.people import Person, until
from tests.telegram.server import StandIn

WORD = "باران تابستانی"
pytestmark = pytest.mark.usefixtures("bot")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.vanishing.EVERY", 0.02)


async def opened(person: Person) -> Json:
    """Open the settings and return their message."""
    person.says("/settings")
    [menu] = await person.hears()
    return menu


async def leads(person: Person, menu: Json, *labels: str) -> Json:
    """Press a way through the settings and return their message as it is then."""
    for label in labels:
        person.presses(person.chat.messages[menu["message_id"]], label)
        await person.hears(kind="edited")
    return person.chat.messages[menu["message_id"]]


async def sets_word(person: Person) -> None:
    menu = await opened(person)
    await leads(person, menu, "کلمه‌ی اضطراری", "تعیین کلمه")
    said = person.says(WORD)
    await person.hears()
    assert said["message_id"] not in person.chat.messages


def gone(person: Person, *messages: Json) -> bool:
    return all(each["message_id"] not in person.chat.messages for each in messages)


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


async def test_the_panic_word_deletes_and_forgets_everything_and_says_something_harmless(
    telegram: StandIn, bot: TelegramBot, library: Scripted
) -> None:
    sara = telegram.person(4011)
    menu = await opened(sara)
    await leads(sara, menu, "کلمه‌ی اضطراری", "پیش‌بینی هوا")
    await sets_word(sara)
    sara.says(ASKED_FA)
    [answer] = await sara.hears()
    sara.presses(answer, "منابع")
    await sara.hears()
    library.asked.clear()
    sara.says("باران   تابستاني!")
    [line] = await sara.hears()
    assert line["text"] == "پیش‌بینی هوای شهر شما فعلاً آماده نیست."
    assert list(sara.chat.messages) == [line["message_id"]]
    assert len(bot.sessions) == 0
    assert sara.chat.id not in bot.sessions.choices
    assert library.asked == []
    sara.says(WORD)  # nothing is known of it any more
    await sara.hears()
    assert library.asked == [(WORD, None)]


async def test_the_panic_word_works_as_an_edit_and_after_weeks(
    telegram: StandIn, bot: TelegramBot
) -> None:
    sara = telegram.person(4012)
    await sets_word(sara)
    for _ in range(3):
        telegram.advance(24 * (KEPT_DAYS - 1))
        bot.sessions.sweep()
        said = sara.says(ASKED_FA)
        await sara.hears()
    sara.edits(said, WORD)
    [line] = await sara.hears()
    assert line["text"].startswith("سلام")
    assert gone(sara, said)


async def test_the_panic_word_forgets_even_where_telegram_deletes_later(
    telegram: StandIn, bot: TelegramBot
) -> None:
    sara = telegram.person(4013)
    await sets_word(sara)
    asked = sara.says(ASKED_FA)
    await sara.hears()
    telegram.fault("server_error", "deleteMessages", times=7)
    said = sara.says(WORD)
    await sara.hears()
    assert len(bot.sessions) == 0
    await until(lambda: gone(sara, asked, said), lambda: "the messages to go")


async def test_an_answer_that_was_on_its_way_does_not_outlive_the_panic_word(
    telegram: StandIn, bot: TelegramBot
) -> None:
    sara = telegram.person(4026)
    await sets_word(sara)
    sent = telegram.requests.count("sendMessage")
    telegram.fault("slow", "sendMessage", seconds=0.5)
    sara.says(ASKED_FA)
    await until(lambda: telegram.requests.count("sendMessage") > sent, lambda: "the answer to go")
    sara.says(WORD)
    line, answer = await sara.hears(2)
    assert "احضار رسمی نیست" in answer["text"]
    await until(lambda: gone(sara, answer), lambda: "the late answer to go")
    assert list(sara.chat.messages) == [line["message_id"]]
    assert len(bot.sessions) == 0


async def test_only_what_is_sent_in_time_is_taken_for_the_word_and_no_command(
    telegram: StandIn, library: Scripted
) -> None:
    sara = telegram.person(4014)
    await leads(sara, await opened(sara), "کلمه‌ی اضطراری", "تعیین کلمه")
    sara.says("/help")
    [help_text] = await sara.hears()
    assert help_text["text"].startswith("چطور بپرسید")
    sara.says(WORD)
    await sara.hears()
    await leads(sara, await opened(sara), "کلمه‌ی اضطراری", "تعیین کلمه")
    telegram.advance(0.1)
    sara.says(WORD)
    await sara.hears()
    await leads(sara, await opened(sara), "کلمه‌ی اضطراری", "تعیین کلمه", "انصراف")
    sara.says(WORD)
    await sara.hears()
    assert library.asked == [(WORD, None)] * 3


async def test_an_unfit_word_is_deleted_too_and_another_is_awaited(
    telegram: StandIn, bot: TelegramBot
) -> None:
    sara = telegram.person(4015)
    await leads(sara, await opened(sara), "کلمه‌ی اضطراری", "تعیین کلمه")
    short = sara.says("آب")
    [refused] = await sara.hears()
    assert "۴ تا ۶۴" in refused["text"]
    sara.says(WORD)
    await sara.hears()
    assert gone(sara, short)
    assert bot.sessions.choices.of(sara.chat.id).word is not None


async def test_a_word_that_telegram_does_not_delete_is_named_as_left_to_the_person(
    telegram: StandIn,
) -> None:
    sara = telegram.person(4016)
    await leads(sara, await opened(sara), "کلمه‌ی اضطراری", "تعیین کلمه")
    telegram.fault("server_error", "deleteMessages", times=7)
    sara.says(WORD)
    [said] = await sara.hears()
    assert "خودتان پاکش کنید" in said["text"]


async def test_the_settings_do_not_show_whether_there_is_a_word_and_delete_themselves(
    telegram: StandIn,
) -> None:
    sara, omid = telegram.person(4017), telegram.person(4018)
    await sets_word(sara)
    menus = [await opened(person) for person in (sara, omid)]
    assert menus[0]["text"] == menus[1]["text"]
    assert [_labels(menu) for menu in menus] == [_labels(menus[1])] * 2
    screens = [
        await leads(person, menu, "کلمه‌ی اضطراری")
        for person, menu in zip((sara, omid), menus, strict=True)
    ]
    assert screens[0]["text"] == screens[1]["text"]
    assert _labels(screens[0]) == _labels(screens[1])
    telegram.advance(0.2)
    await until(lambda: not sara.chat.messages, lambda: "the settings to go")
    await until(lambda: not omid.chat.messages, lambda: "the settings to go")


def _labels(message: Json) -> list[str]:
    return [b["text"] for row in message["reply_markup"]["inline_keyboard"] for b in row]


async def test_a_word_that_was_removed_is_a_question_again(
    telegram: StandIn, library: Scripted
) -> None:
    sara = telegram.person(4019)
    await sets_word(sara)
    await leads(sara, await opened(sara), "کلمه‌ی اضطراری", "برداشتن")
    sara.says(WORD)
    await sara.hears()
    assert library.asked == [(WORD, None)]


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


async def test_forget_takes_the_settings_and_the_word_along(
    telegram: StandIn, bot: TelegramBot, library: Scripted
) -> None:
    sara = telegram.person(4023)
    await sets_word(sara)
    await leads(sara, await opened(sara), "پاک شدن خودکار", "بعد از یک روز")
    sara.says("/forget")
    [word] = await sara.hears()
    assert list(sara.chat.messages) == [word["message_id"]]
    assert sara.chat.id not in bot.sessions.choices
    assert len(bot.sessions.timetable) == 0
    sara.says(WORD)
    await sara.hears()
    assert library.asked == [(WORD, None)]


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
