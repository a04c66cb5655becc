"""The bot counts what it could not answer only where it is told to, and keeps labels alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.gaps import STEP, read_gaps
from retrieval.answering.answer import Answer
from tests.bot.telegram.conftest import running
from tests.bot.telegram.scripted import ASKED_EN, Scripted
from tests.telegram.server import StandIn

ASKED = "mandarin-lantern?"


@pytest.mark.parametrize("switched_on", [True, False])
async def test_only_the_topic_of_what_was_not_answered_is_kept_where_switched_on(
    telegram: StandIn, tmp_path: Path, switched_on: bool
) -> None:
    library = Scripted(
        Answer(ASKED, "en", "abstained", gap="law"), Answer(ASKED_EN, "en", "answered")
    )
    state = tmp_path / "state"
    async with running(telegram, library, gaps=switched_on, state=state):
        for number in range(STEP):
            person = telegram.person(2000 + number, language_code="en")
            person.says(ASKED)
            await person.hears()
            person.says(ASKED_EN)
            await person.hears()
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    weeks = list(read_gaps(state).values())
    assert weeks == ([{"law": STEP}] if switched_on else [])
    assert all(b"mandarin" not in data and b"200" not in data for data in kept)
    assert bool(kept) == switched_on
