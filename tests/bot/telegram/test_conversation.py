"""Conversations over real HTTP."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from bot.telegram.app import TelegramBot
from retrieval.answering.answer import Answer, Statement
from tests.bot.telegram.scripted import ASKED_EN, ASKED_FA, Scripted, citation
from tests.telegram.people import until
from tests.telegram.server import StandIn

pytestmark = pytest.mark.usefixtures("bot")


async def test_start_offers_the_languages_and_the_choice_holds(telegram: StandIn) -> None:
    sara = telegram.person(1001)
    sara.says("/start")
    [welcome] = await sara.hears()
    assert "رمزنگاری سرتاسری ندارد" in welcome["text"]
    sara.presses(welcome, "English")
    [edited] = await sara.hears(kind="edited")
    assert "not end-to-end encrypted" in edited["text"]
    sara.says("/help")
    [help_text] = await sara.hears()
    assert help_text["text"].startswith("How to ask")


async def test_a_phone_set_to_english_is_greeted_in_english(telegram: StandIn) -> None:
    ann = telegram.person(1002, language_code="en-GB")
    ann.says("/start")
    [welcome] = await ann.hears()
    assert welcome["text"].startswith("Daricheh, a small window")


async def test_a_question_is_answered_with_numbers_sources_and_the_rest(
    telegram: StandIn,
) -> None:
    sara = telegram.person(1003)
    sara.says(ASKED_FA)
    [answer] = await sara.hears()
    assert "[۱]" in answer["text"]
    sara.presses(answer, "منابع")
    [sources] = await sara.hears()
    assert "iranwire.com/fa/features/53041?x=1&y=2" in sources["text"]
    assert "۱ مهر ۱۴۰۰" in sources["text"]
    sara.presses(answer, "بیشتر")
    [rest] = await sara.hears()
    assert "گوشی را در خانه بگذارید" in rest["text"]
    await until(lambda: len(_rows(sara.chat.messages, answer)) == 4, lambda: "used buttons to go")
    sara.presses(rest, "منابع")
    [its_sources] = await sara.hears()
    assert "example.org/a_b" in its_sources["text"]
    assert "53041" not in its_sources["text"]


def _rows(messages: dict[int, dict[str, object]], message: dict[str, object]) -> list[object]:
    markup = messages[int(str(message["message_id"]))].get("reply_markup")
    return list(markup["inline_keyboard"]) if isinstance(markup, dict) else []


async def test_typing_is_shown_while_an_answer_takes_its_time(
    telegram: StandIn, library: Scripted
) -> None:
    sara = telegram.person(1004)
    library.hold.clear()
    sara.says(ASKED_FA)
    await sara.hears(kind="typing")
    library.hold.set()
    await sara.hears()
    assert [kind for kind, _ in sara.chat.events] == ["typing", "sent"]


async def test_a_suggestion_is_asked_by_its_button(telegram: StandIn, library: Scripted) -> None:
    sara = telegram.person(1005)
    sara.says(ASKED_FA)
    [answer] = await sara.hears()
    sara.presses(answer, "VPN")
    [next_answer] = await sara.hears()
    assert next_answer["text"].startswith("سؤال شما: ")
    assert library.asked[-1] == ("VPN چه چیزی را پنهان نمی‌کند؟", "fa")


async def test_editing_a_question_changes_its_answer(telegram: StandIn) -> None:
    sara = telegram.person(1006)
    question = sara.says(ASKED_FA)
    [answer] = await sara.hears()
    sara.presses(answer, "منابع")
    [sources] = await sara.hears()
    sara.edits(question, ASKED_EN)
    [edited] = await sara.hears(kind="edited")
    assert edited["message_id"] == answer["message_id"]
    assert edited["text"].startswith("Telegram has been blocked")
    gone = sources["message_id"]
    await until(lambda: gone not in sara.chat.messages, lambda: "the old sources to go")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"sticker": {"file_id": "a", "file_unique_id": "a", "type": "regular", "width": 1,
                      "height": 1, "is_animated": False, "is_video": False}}, "استیکر"),
        ({"photo": [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]}, "عکس"),
        ({"voice": {"file_id": "a", "file_unique_id": "a", "duration": 1}}, "صوتی"),
        ({"video": {"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1,
                    "duration": 1}}, "ویدیو"),
        ({"document": {"file_id": "a", "file_unique_id": "a"}}, "فایل"),
        ({"location": {"latitude": 35.7, "longitude": 51.4}}, "کجا هستید"),
        ({"contact": {"phone_number": "1", "first_name": "x"}}, "شماره‌ی کسی"),
        ({"dice": {"emoji": "🎲", "value": 1}}, "فقط نوشته"),
        ({"text": "🙏🙏"}, "کلمه‌ای پیدا نکردم"),
        ({"text": "/abracadabra"}, "این دستور را نمی‌شناسم"),
    ],
)  # fmt: skip
async def test_what_is_not_a_question_gets_a_kind_word(
    telegram: StandIn, library: Scripted, content: dict[str, Any], words: str
) -> None:
    sara = telegram.person(1007)
    sara.sends(**content)
    [reply] = await sara.hears()
    assert words in reply["text"]
    assert library.asked == []


async def test_the_words_beside_a_photo_are_answered(telegram: StandIn) -> None:
    sara = telegram.person(1008)
    photo = [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]
    sara.sends(photo=photo, caption=ASKED_FA, media_group_id="m")
    sara.sends(photo=photo, media_group_id="m")
    note, answer = await sara.hears(2)
    assert "پیوست" in note["text"]
    assert "احضار رسمی نیست" in answer["text"]
    await sara.hears_nothing()


async def test_forget_clears_memory_and_deletes_both_sides_of_the_chat(
    telegram: StandIn, bot: TelegramBot
) -> None:
    sara = telegram.person(1009)
    sara.says(ASKED_FA)
    [answer] = await sara.hears()
    sara.says("/forget")
    [word] = await sara.hears()
    assert "فراموش شد" in word["text"]
    assert "پاک شد: ۳" in word["text"]
    assert list(sara.chat.messages) == [word["message_id"]]
    assert len(bot.sessions) == 0
    sara.presses_data(answer, answer["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    await until(lambda: bool(telegram.methods.answered), lambda: "a word on the old button")
    assert "دیگر در حافظه‌ام نیست" in telegram.methods.answered[0]["text"]


async def test_forget_says_what_telegram_does_not_let_it_delete(
    telegram: StandIn, bot: TelegramBot
) -> None:
    sara = telegram.person(1010)
    sara.says(ASKED_FA)
    [answer] = await sara.hears()
    telegram.advance(47.99)  # one minute more than the bot dares, for one of the three messages
    sara.says(ASKED_FA)
    await sara.hears()
    bot.sessions.note(sara.chat.id, answer["message_id"], telegram.now())
    sara.chat.messages[answer["message_id"]]["date"] -= 3600
    sara.says("/forget")
    [word] = await sara.hears()
    assert "نگذاشت پاک کنم: ۱" in word["text"]
    assert answer["message_id"] in sara.chat.messages


async def test_an_old_answers_buttons_say_so_after_the_idle_time(
    telegram: StandIn, bot: TelegramBot
) -> None:
    sara = telegram.person(1011)
    sara.says(ASKED_FA)
    [answer] = await sara.hears()
    telegram.advance(6.1)
    sara.presses(answer, "منابع")
    await until(lambda: bool(telegram.methods.answered), lambda: "a word on the old button")
    assert "دیگر در حافظه‌ام نیست" in telegram.methods.answered[0]["text"]
    await sara.hears_nothing()


async def test_an_answer_under_way_when_the_conversation_runs_out_still_arrives(
    telegram: StandIn, bot: TelegramBot, library: Scripted
) -> None:
    sara = telegram.person(1020)
    library.hold.clear()
    sara.says(ASKED_FA)
    await until(lambda: bool(library.asked), lambda: "the question to reach the library")
    telegram.advance(6.1)
    library.hold.set()
    [answer] = await sara.hears()
    sara.says("/help")
    await sara.hears()
    assert answer["message_id"] in sara.chat.messages


async def test_a_person_who_blocks_the_bot_is_forgotten(
    telegram: StandIn, bot: TelegramBot
) -> None:
    sara = telegram.person(1012)
    sara.says(ASKED_FA)
    await sara.hears()
    sara.blocks()
    await until(lambda: len(bot.sessions) == 0, lambda: "the session to go")


async def test_in_a_group_only_what_is_said_to_the_bot_is_answered(
    telegram: StandIn, library: Scripted
) -> None:
    group = telegram.group(-100_1013)
    group.says(ASKED_FA)
    group.says("/abracadabra")
    group.sends(photo=[{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}])
    group.says("@someone_else " + ASKED_EN)
    await group.hears_nothing()
    question = group.says("@DarichehTestBot " + ASKED_EN)
    [answer] = await group.hears()
    assert answer["reply_to_message"]["message_id"] == question["message_id"]
    assert library.asked == [(ASKED_EN, None)]
    group.says(ASKED_FA, reply_to_message={**answer, "from": telegram.chats.bot})
    await group.hears()
    group.says("/help@DarichehTestBot")
    await group.hears()
    group.says("/help@OtherBot")
    await group.hears_nothing()


async def test_channels_are_ignored(telegram: StandIn, library: Scripted) -> None:
    channel = {"id": -100_77, "type": "channel", "title": "News"}
    post = {"message_id": 5, "date": int(telegram.now()), "chat": channel, "text": ASKED_FA}
    telegram.deliver("channel_post", post)
    await until(telegram.updates.empty, lambda: "the post to be dropped")
    assert library.asked == []


async def test_an_error_in_the_library_is_told_kindly_and_the_bot_lives_on(
    telegram: StandIn, library: Scripted
) -> None:
    def fail(question: str) -> None:
        raise RuntimeError(question)

    sara = telegram.person(1014)
    library.act = fail
    sara.says(ASKED_FA)
    [sorry] = await sara.hears()
    assert "دوباره بپرسید" in sorry["text"]
    library.act = None
    sara.says(ASKED_FA)
    [answer] = await sara.hears()
    assert "[۱]" in answer["text"]


async def test_a_long_answer_is_split_between_statements(
    telegram: StandIn, library: Scripted
) -> None:
    text = "این یک گفتهٔ بلند است دربارهٔ Telegram & VPN. " * 12
    statements = tuple(Statement(f"{n} {text}", (1,)) for n in range(20))
    long = Answer("بلند", "fa", "answered", statements=statements, citations=(citation(1),))
    library._answers["بلند"] = long
    sara = telegram.person(1015)
    sara.says("بلند")
    pages = await sara.hears(4)
    assert all(page["text"].endswith("[۱]") for page in pages)
    assert [("reply_markup" in page) for page in pages] == [False] * (len(pages) - 1) + [True]


async def test_what_is_held_does_not_hold_the_question(telegram: StandIn, bot: TelegramBot) -> None:
    sara = telegram.person(1016)
    sara.says(ASKED_FA)
    await sara.hears()
    session = bot.sessions.held(sara.chat.id)
    assert session is not None
    assert ASKED_FA not in repr([dataclasses.asdict(t) for t in session.turns.values()])


async def test_commands_and_descriptions_are_registered_per_language(telegram: StandIn) -> None:
    wanted = {
        (name, code)
        for name in ("commands", "description", "short_description")
        for code in ("", "fa", "en")
    }
    await until(lambda: wanted <= set(telegram.methods.profile), lambda: "the registration")
    commands = telegram.methods.profile["commands", "en"]
    assert [each["command"] for each in commands] == [
        "summons", "ready", "alternatives", "platform", "contacts", "term", "topics", "sources",
        "language", "settings", "privacy", "forget", "help",
    ]  # fmt: skip
