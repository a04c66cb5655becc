"""An answer is turned where it stands: shorter, step by step, in the other language, and back."""

from __future__ import annotations

import dataclasses

import pytest

from retrieval.answering.answer import Statement
from retrieval.search.context import Context
from tests.bot.telegram.scripted import ANSWERED_EN, ANSWERED_FA, ASKED_EN, ASKED_FA, Scripted
from tests.telegram.chats import Json
from tests.telegram.people import Person, until
from tests.telegram.server import StandIn

pytestmark = pytest.mark.usefixtures("bot")
FIRST = ANSWERED_FA.statements[0].text
STEPS = dataclasses.replace(
    ANSWERED_FA,
    statements=tuple(
        Statement(f"گام شمارهٔ {n}: به Signal خبر بدهید.", (1,), "do") for n in "اول دوم سوم".split()
    ),
    further=(),
    suggestions=(),
)
IN_ENGLISH = dataclasses.replace(ANSWERED_EN, question=ASKED_FA)


@pytest.fixture
def library(library: Scripted) -> Scripted:
    library.views = {
        (FIRST, "steps"): STEPS,
        (FIRST, "en"): IN_ENGLISH,
        (IN_ENGLISH.statements[0].text, "fa"): ANSWERED_FA,
    }
    return library


def labels(message: Json) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


async def turned(person: Person, answer: Json, label: str) -> Json:
    person.presses(answer, label)
    [edited] = await person.hears(kind="edited")
    assert edited["message_id"] == answer["message_id"]
    return edited


async def test_shorter_leaves_the_first_statement_and_one_of_each_and_full_brings_all_back(
    telegram: StandIn,
) -> None:
    sara = telegram.person(6001)
    sara.says(ASKED_FA)
    [answer] = await sara.hears()
    short = await turned(sara, answer, "کوتاه‌تر")
    assert FIRST in short["text"]
    assert "Signal" not in short["text"]
    assert "مهر ۱۴۰۰" in short["text"]  # how old it is stays
    full = await turned(sara, short, "پاسخ کامل")
    assert full["text"] == answer["text"]
    assert labels(full) == labels(answer)


async def test_steps_are_numbered(telegram: StandIn) -> None:
    sara = telegram.person(6002)
    sara.says(ASKED_FA)
    [answer] = await sara.hears()
    steps = await turned(sara, answer, "گام به گام")
    assert [line[1:3] for line in steps["text"].split("\n") if "گام شمارهٔ" in line] == [
        "۱.", "۲.", "۳.",
    ]  # fmt: skip
    assert "گام به گام" not in labels(steps)


async def test_the_other_language_and_back(telegram: StandIn) -> None:
    sara = telegram.person(6003)
    sara.says(ASKED_FA)
    [answer] = await sara.hears()
    english = await turned(sara, answer, "English")
    assert english["text"].startswith("Telegram has been blocked")
    back = await turned(sara, english, "فارسی")
    assert back["text"] == answer["text"]


async def test_sources_of_the_shape_before_go_and_can_be_asked_for_again(
    telegram: StandIn,
) -> None:
    sara = telegram.person(6004)
    sara.says(ASKED_FA)
    [answer] = await sara.hears()
    sara.presses(answer, "منابع")
    [sources] = await sara.hears()
    english = await turned(sara, answer, "English")
    gone = sources["message_id"]
    await until(lambda: gone not in sara.chat.messages, lambda: "the old sources to go")
    sara.presses(english, "Sources")
    [anew] = await sara.hears()
    assert "The order of 2018" in anew["text"]


async def test_half_a_question_is_asked_with_what_was_spoken_of(
    telegram: StandIn, library: Scripted
) -> None:
    spoken_of = Context(("telegram",), ("telegram-blocking#2018.1@en",))
    library._answers[ASKED_EN] = dataclasses.replace(ANSWERED_EN, context=spoken_of)
    sara = telegram.person(6005)
    sara.says(ASKED_EN)
    await sara.hears()
    sara.says("and in 2019?")
    await sara.hears()
    assert library.before == [Context(), spoken_of]


async def test_a_pressed_suggestion_is_a_whole_question(
    telegram: StandIn, library: Scripted
) -> None:
    answered = dataclasses.replace(ANSWERED_FA, context=Context(("x",), ()))
    library._answers[ASKED_FA] = answered
    sara = telegram.person(6006)
    sara.says(ASKED_FA)
    [answer] = await sara.hears()
    sara.presses(answer, "VPN")
    await sara.hears()
    assert library.before == [Context(), Context()]


async def test_another_language_is_told_what_is_spoken_here(
    telegram: StandIn, library: Scripted
) -> None:
    sara = telegram.person(6007)
    for text, word in [
        ("چۆن دەتوانم مۆبایلەکەم بپارێزم؟", "فارسی (دری) و انگلیسی"),
        ("Как мне защитить телефон?", "I speak Persian and English"),
    ]:
        sara.says(text)
        [reply] = await sara.hears()
        assert word in "".join(c for c in reply["text"] if c not in "\u2068\u2069")
    assert library.asked == []


async def test_every_language_that_is_recognised_has_its_line(
    telegram: StandIn, library: Scripted
) -> None:
    from bot.telegram.spoken import in_their_own_words
    from retrieval.language.others import language_codes

    assert set(in_their_own_words()) == set(language_codes())
