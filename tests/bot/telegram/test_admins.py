"""/status and /reload are for those who are named, and are not there for anybody else."""

from __future__ import annotations

import pytest

from bot.operating.exposition import Moment
from bot.operating.meters import Meters
from bot.telegram.admin_report import admin_texts, status_report
from bot.telegram.direction import clean
from bot.telegram.texts import LANGUAGES, load
from retrieval.answering.answer import Answer, Language
from tests.bot.telegram.conftest import running
from tests.bot.telegram.scripted import ALL, ASKED_EN, Scripted
from tests.telegram.people import until
from tests.telegram.server import StandIn

ADMIN, STRANGER, GROUP = 4001, 4002, -4003


class Versioned(Scripted):
    """A scripted library that knows its version, as the real one does."""

    version = "0123456789abcdef"
    made = 1795392000.0  # 2026-11-22 20:00 UTC


async def test_an_admin_is_told_how_the_bot_is(telegram: StandIn) -> None:
    async with running(telegram, Versioned(*ALL), admins=frozenset({ADMIN})):
        admin = telegram.person(ADMIN, language_code="en")
        admin.says("/status")
        [told] = await admin.hears()
    text = clean(told["text"])
    assert "Index 0123456789abcdef" in text
    assert "18 documents, 0 past their review." in text
    assert "Answers so far, in tens: fewer than ten." in text
    assert "Everything it leans on is in order." in text
    assert str(ADMIN) not in text


async def test_an_admin_can_have_the_folder_looked_at(telegram: StandIn, library: Scripted) -> None:
    asked: list[bool] = []

    def reopen(wanted: bool) -> None:
        asked.append(wanted)

    async with running(telegram, library, reopen=reopen, admins=frozenset({ADMIN})):
        admin = telegram.person(ADMIN)
        admin.says("/reload")
        [told] = await admin.hears()
        assert "پوشهٔ دانش" in told["text"]
        await until(lambda: asked == [True], lambda: "a look at the folder")


@pytest.mark.parametrize("command", ["/status", "/reload"])
@pytest.mark.parametrize("admins", [frozenset({ADMIN}), frozenset()], ids=["some", "none"])
async def test_a_stranger_gets_what_any_unknown_command_gets(
    telegram: StandIn, library: Scripted, command: str, admins: frozenset[int]
) -> None:
    asked: list[bool] = []

    async with running(telegram, library, reopen=asked.append, admins=admins):
        stranger = telegram.person(STRANGER)
        stranger.says("/whatever")
        [unknown] = await stranger.hears()
        stranger.says(command)
        [told] = await stranger.hears()
    assert told["html"] == unknown["html"]
    assert asked == []


async def test_in_a_group_an_admin_is_anybody(telegram: StandIn, library: Scripted) -> None:
    async with running(telegram, library, admins=frozenset({abs(GROUP)})):
        group = telegram.group(GROUP)
        group.says("/status@DarichehTestBot")
        group.says(f"@DarichehTestBot {ASKED_EN}")
        [answer] = await group.hears()
        assert "30 April 2018" in answer["text"]


async def test_the_commands_stand_in_no_menu(telegram: StandIn, library: Scripted) -> None:
    async with running(telegram, library, admins=frozenset({ADMIN})):
        await until(
            lambda: telegram.requests.count("setMyCommands") >= 3, lambda: "the commands' menus"
        )
    assert not {"status", "reload"} & {
        command["command"]
        for (kind, _), commands in telegram.methods.profile.items()
        if kind == "commands"
        for command in commands
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_has_all_its_texts_and_says_what_is_wrong(language: Language) -> None:
    meters = Meters()
    for _ in range(23):
        meters.answered(Answer("q", "fa", "urgent"))
    moment = Moment(documents=2, stale=1, overdue=3, waiting=14, memory=400 * 2**20)
    checks = {"telegram": True, "redis": False, "poller": True, "chroma": False}
    told = status_report(language, load()[language], moment, meters, checks, 90_000)  # type: ignore[arg-type]
    assert "{" not in told
    texts = admin_texts(language)
    assert texts.statuses["urgent"] in told
    assert ("۲۰" if language == "fa" else "20") in told  # of 23
    assert texts.parts["redis"] in told
    assert texts.parts["telegram"] not in told
