"""The whole way: the project's own knowledge, the bundled encoder, Telegram over HTTP."""

from __future__ import annotations

import html
import re

import pytest

from retrieval.encoder import Encoder
from retrieval.index.store import Index
from retrieval.library import Library
from tests.bot.telegram.conftest import running
from tests.telegram.people import Person
from tests.telegram.server import StandIn

MARKS = re.compile("[\u2066-\u2069\u200e\u200f]")
QUESTIONS = [
    "تلفنی احضارم کرده‌اند، چه کار کنم؟",
    "I was summoned by phone, what should I do?",
    "ehzariye telefoni gereftam chikar konam",
    "مامورها پشت در هستند",
    "Which messenger works without a phone number?",
    "What happened to Clubhouse users in 2021?",
    "بهترین پیتزای تهران کجاست؟",
    "VPN?",
]


@pytest.fixture
def real(index: Index, encoder: Encoder) -> Library:
    return Library(index, encoder)


def shown(text: str) -> str:
    return " ".join(MARKS.sub("", html.unescape(text)).split())


@pytest.mark.parametrize("question", QUESTIONS)
async def test_every_statement_reaches_the_chat_with_its_sources(
    telegram: StandIn, real: Library, question: str
) -> None:
    expected = real.answer(question)
    async with running(telegram, real):
        sara = telegram.person(4001)
        sara.says(question)
        heard = await sara.hears()
        answer = shown(" ".join(message["text"] for message in heard))
        for statement in expected.statements:
            assert shown(statement.text) in answer
        for notice in expected.notices:
            assert shown(notice) in answer
        if expected.statements:
            sara.presses(heard[-1], "منابع" if expected.language == "fa" else "Sources")
            text = await all_pages(sara)
            numbers = {n for statement in expected.statements for n in statement.citations}
            for n in numbers:
                assert shown(expected.citation(n).excerpt) in text


async def all_pages(person: Person) -> str:
    """Leaf through the sources and return what they say."""
    [page] = await person.hears()
    seen = [page["text"]]
    pages = page.get("reply_markup", {}).get("inline_keyboard", [])
    while turning := [button["text"] for row in pages for button in row if _leads_on(button, seen)]:
        start = len(person.chat.events)
        person.presses(page, turning[0])
        [(_, page)] = await person.goes_on(start, {"edited": 1})
        seen.append(page["text"])
        pages = page["reply_markup"]["inline_keyboard"]
    return shown(" ".join(seen))


def _leads_on(button: dict[str, str], seen: list[str]) -> bool:
    """Whether the button shows the page that comes after those seen."""
    numbers = [int(number) for number in re.findall(r"\d+", MARKS.sub("", button["text"]))]
    return bool(numbers) and numbers[0] == len(seen) + 1
