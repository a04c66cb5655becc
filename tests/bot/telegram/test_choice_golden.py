"""The settings, the panic word, a verdict and a correction as people see them; see test_golden."""

from __future__ import annotations

import dataclasses
import os

import pytest

from bot.feedback import REASONS
from bot.telegram import choice_screens, texts
from bot.telegram.choices import NOTHING_CHOSEN, VANISH
from bot.telegram.corrections import notice
from bot.telegram.message import Message
from bot.telegram.session import Turn
from retrieval.answering.answer import Answer, Language
from tests.bot.telegram.judge import judge
from tests.bot.telegram.scripted import ANSWERED_EN, ANSWERED_FA
from tests.bot.telegram.settings_menu import leads, opened
from tests.bot.telegram.test_golden import GOLDEN, picture
from tests.telegram.chats import Json
from tests.telegram.people import Person
from tests.telegram.server import StandIn

WORDS = {"fa": "باران تابستانی", "en": "rain in summer"}
ANSWERS: dict[str, Answer] = {"fa": ANSWERED_FA, "en": ANSWERED_EN}
TEXTS = texts.load()


async def walk(person: Person, menu: Json, *labels: str) -> list[str]:
    seen = []
    for label in labels:
        shown = await leads(person, menu, label)
        seen += [f"--- presses {label!r}", shown_as(person, shown)]
    return seen


def shown_as(person: Person, message: Json) -> str:
    """Return a message as it was sent or edited last."""
    number = message["message_id"]
    [*_, last] = [e for _, e in person.chat.events if e.get("message_id") == number and "html" in e]
    return picture(last)


async def summons(person: Person) -> list[str]:
    person.says("/summons")
    note, *_ = await person.hears(2)
    return ["--- says '/summons'", picture(note)]


async def panic(person: Person, language: Language) -> list[str]:
    own = TEXTS[language].choices
    menu = await opened(person)
    seen = ["--- says '/settings'", picture(menu)]
    seen += await walk(person, menu, own.vanish[:12], own.back, own.word, own.word_set)
    seen.append("--- says something unfit")
    person.says("نه" if language == "fa" else "no")
    [refused] = await person.hears()
    seen += [picture(refused), "--- says the word"]
    person.says(WORDS[language])
    [kept] = await person.hears()
    seen += [picture(kept), "--- says the word again"]
    person.says(WORDS[language])
    [line] = await person.hears()
    return [*seen, picture(line)]


async def verdict(person: Person, language: Language) -> list[str]:
    own = TEXTS[language].feedback
    person.says(ANSWERS[language].question)
    [answer] = await person.hears()
    person.presses(answer, own.wrong)
    [asked] = await person.hears()
    seen = [f"--- presses {own.wrong!r}", picture(asked)]
    if language == "fa":
        person.presses(asked, "۲")
        [asked] = await person.hears(kind="edited")
        seen += ["--- presses '۲'", picture(asked)]
    reason = own.reasons.model_dump()[REASONS[0]]
    person.presses(asked, reason)
    [noted] = await person.hears(kind="edited")
    return [*seen, f"--- presses {reason!r}", picture(noted)]


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("language", texts.LANGUAGES)
async def test_what_people_see_of_settings_and_verdicts(
    telegram: StandIn, language: Language
) -> None:
    person = telegram.person(3101, language_code=language)
    parts = [*await panic(person, language), *await verdict(person, language)]
    parts += await summons(person)
    parts += ["--- a correction", *map(pictured, corrected(language))]
    compare(f"settings.{language}", parts)


def corrected(language: Language) -> list[Message]:
    answer = ANSWERS[language]
    turn = Turn("key", 0, answer)
    return notice([(turn, citation) for citation in answer.citations[:1]], TEXTS)


def pictured(message: Message) -> str:
    rows = [[{"text": b.label} for b in row] for row in message.rows]
    judge(message.html)
    return picture({"html": message.html, "reply_markup": {"inline_keyboard": rows}})


def compare(name: str, parts: list[str]) -> None:
    seen = "\n\n".join(parts) + "\n"
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("DARICHEH_REWRITE_GOLDEN"):
        path.write_text(seen, encoding="utf-8")
    assert seen == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_what_was_chosen_is_marked_and_nothing_else(language: Language) -> None:
    screen = choice_screens.vanish(
        dataclasses.replace(NOTHING_CHOSEN, vanish="day"), language, TEXTS
    )
    marked = [row[0].press.part for row in screen.rows if "✓" in row[0].label]
    assert marked == [1 + VANISH.index("day")]
    screen = choice_screens.vanish(NOTHING_CHOSEN, language, TEXTS)
    assert not any("✓" in row[0].label for row in screen.rows)
