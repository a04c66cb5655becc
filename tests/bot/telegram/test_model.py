"""A language model behind the chat: what is shown, when, and what a person gets where it fails."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.telegram.app import TelegramBot
from retrieval.checking import Checker
from retrieval.encoder import Encoder
from retrieval.model.opened import open_teller
from retrieval.model.settings import ModelSettings
from tests.bot.telegram.conftest import running
from tests.bot.telegram.scripted import ABSTAINED_FA, URGENT_EN, Scripted
from tests.model_server import acts
from tests.model_server.answers import extractive, small_passages
from tests.model_server.server import ModelServer
from tests.telegram.people import until
from tests.telegram.server import StandIn

QUESTION = "Somebody called and told me to come. What should I do?"
FIRST = "A summons has to be in writing; a call is not one."
REST = (
    "Write down the number, the time and the words of the caller. [2] "
    "Say that you will come with a written summons. [2] "
    "Do not answer questions about other people on the phone. [3]"
)
LAST = "Do not answer questions about other people on the phone."

OpenBot = Callable[..., AbstractAsyncContextManager[TelegramBot]]


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture
def library() -> Scripted:
    passages = small_passages()
    shown = [passages[f"phone-summons#{name}.1@en"] for name in ("law", "first", "avoid")]
    scripted = Scripted(extractive(QUESTION, *shown), ABSTAINED_FA, URGENT_EN)
    scripted.passages = passages
    return scripted


@pytest.fixture
def open_bot(telegram: StandIn, library: Scripted, model: ModelServer, encoder: Encoder) -> OpenBot:
    """Run a bot whose model has these settings."""
    checker = Checker(encoder)

    @asynccontextmanager
    async def opened(**settings: Any) -> AsyncIterator[TelegramBot]:
        given = {"model": "scripted", "model_url": model.url, "model_seconds": 60.0, **settings}
        teller = open_teller(ModelSettings(_env_file=None, **given), checker)
        async with running(telegram, library, teller=teller) as bot:
            yield bot

    return opened


async def test_an_answer_grows_as_it_passes_the_check_and_has_its_buttons_at_the_end(
    telegram: StandIn, model: ModelServer, open_bot: OpenBot
) -> None:
    go_on = threading.Event()
    model.will(acts.says_then_waits(f"{FIRST} [1] Write", go_on, f"{REST[5:]}"))
    async with open_bot():
        sara = telegram.person(5001, language_code="en")
        sara.says(QUESTION)
        [begun] = await sara.hears()
        assert FIRST in begun["text"]
        assert "Write" not in begun["text"]
        assert "27 April 2026" in begun["text"]
        assert "reply_markup" not in begun
        go_on.set()
        await until(
            lambda: "reply_markup" in sara.chat.messages[begun["message_id"]],
            lambda: "the whole answer",
        )
        whole = sara.chat.messages[begun["message_id"]]
        assert LAST in whole["text"]
        sara.presses(whole, "Sources")
        [sources] = await sara.hears()
        assert FIRST in sources["text"]


async def test_a_hung_model_costs_no_more_than_its_time(
    telegram: StandIn, model: ModelServer, open_bot: OpenBot
) -> None:
    model.will(acts.hangs)
    async with open_bot(model_seconds=0.3):
        sara = telegram.person(5002, language_code="en")
        sara.says(QUESTION)
        [answer] = await sara.hears()
        assert LAST in answer["text"]
        assert "reply_markup" in answer


async def test_a_model_that_stops_midway_leaves_the_whole_extractive_answer(
    telegram: StandIn, model: ModelServer, open_bot: OpenBot
) -> None:
    model.will(acts.is_killed_midway(f"{FIRST} [1] Write down"))
    async with open_bot():
        sara = telegram.person(5003, language_code="en")
        sara.says(QUESTION)
        await until(
            lambda: any("reply_markup" in m for m in sara.chat.messages.values()),
            lambda: "the whole answer",
        )
        [answer] = [m for m in sara.chat.messages.values() if "reply_markup" in m]
        for text in (FIRST, LAST, "a visit"):
            assert text in answer["text"]


async def test_another_question_cuts_it_short_and_both_are_answered(
    telegram: StandIn, model: ModelServer, open_bot: OpenBot
) -> None:
    model.will(acts.hangs)
    async with open_bot():
        sara = telegram.person(5004, language_code="en")
        sara.says(QUESTION)
        await until(lambda: bool(model.asked), lambda: "the model to be asked")
        sara.says(ABSTAINED_FA.question)
        first, second = await sara.hears(2)
        assert LAST in first["text"]
        assert ABSTAINED_FA.notices[0][:20] in second["text"]


async def test_forget_does_not_wait_for_the_model_and_leaves_nothing(
    telegram: StandIn, model: ModelServer, open_bot: OpenBot
) -> None:
    model.will(acts.hangs_midway(f"{FIRST} [1] Write"))
    async with open_bot():
        sara = telegram.person(5005, language_code="en")
        sara.says(QUESTION)
        [begun] = await sara.hears()
        sara.says("/forget")
        await until(
            lambda: any(
                kind == "sent" and event["text"].startswith("Forgotten")
                for kind, event in sara.chat.events
            ),
            lambda: "the last word",
        )
        assert begun["message_id"] not in sara.chat.messages
        assert not any(FIRST in m.get("text", "") for m in sara.chat.messages.values())


async def test_urgent_messages_and_groups_never_reach_the_model(
    telegram: StandIn, model: ModelServer, open_bot: OpenBot
) -> None:
    async with open_bot():
        sara = telegram.person(5006, language_code="en")
        sara.says(URGENT_EN.question)
        await sara.hears()
        group = telegram.group(-5007)
        group.says(f"@DarichehTestBot {QUESTION}")
        await group.hears()
    assert model.asked == []


@pytest.mark.parametrize("language", ["en", "fa"])
async def test_privacy_names_the_host_of_a_model_elsewhere(
    telegram: StandIn, open_bot: OpenBot, language: str
) -> None:
    given = {"model_url": "https://api.example.org/v1", "model_key": "k", "model_outside": True}
    async with open_bot(**given):
        sara = telegram.person(5008, language_code=language)
        sara.says("/language")
        [choice] = await sara.hears()
        sara.presses(choice, "English" if language == "en" else "فارسی")
        await sara.hears(kind="edited")
        sara.says("/privacy")
        await until(
            lambda: any(
                "api.example.org" in m.get("text", "") for m in sara.chat.messages.values()
            ),
            lambda: "the host",
        )


async def test_the_question_itself_is_not_held_with_a_composed_answer(
    telegram: StandIn, model: ModelServer, open_bot: OpenBot
) -> None:
    model.will(acts.says(f"{FIRST} [1] {REST}"))
    async with open_bot() as bot:
        sara = telegram.person(5009, language_code="en")
        sara.says(QUESTION)
        await until(
            lambda: any("reply_markup" in m for m in sara.chat.messages.values()),
            lambda: "the whole answer",
        )
        session = bot.sessions.held(5009)
        assert session is not None
        [turn] = session.turns.values()
        assert turn.answer.verbatim is not None
        assert "Somebody" not in repr(replace(turn.answer))
