"""The panic word: what it deletes, how it is chosen, and that nothing shows that there is one."""

from __future__ import annotations

import pytest

from bot.telegram.app import TelegramBot
from bot.telegram.choices import KEPT_DAYS
from tests.bot.telegram.scripted import ASKED_FA, Scripted
from tests.bot.telegram.settings_menu import WORD, gone, leads, opened, sets_word
from tests.telegram.chats import Json
from tests.telegram.people import until
from tests.telegram.server import StandIn

pytestmark = pytest.mark.usefixtures("bot")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.vanishing.EVERY", 0.02)


def _labels(message: Json) -> list[str]:
    return [b["text"] for row in message["reply_markup"]["inline_keyboard"] for b in row]


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


async def test_a_word_that_was_removed_is_a_question_again(
    telegram: StandIn, library: Scripted
) -> None:
    sara = telegram.person(4019)
    await sets_word(sara)
    await leads(sara, await opened(sara), "کلمه‌ی اضطراری", "برداشتن")
    sara.says(WORD)
    await sara.hears()
    assert library.asked == [(WORD, None)]


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
