"""A few people for a few seconds over a bad network: the long run in small, without its times."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.load.faults import Shares
from tests.load.run import Load, run

QUESTIONS = (
    "What does a VPN provider see of what I do?",
    "تلفنی احضارم کرده‌اند، باید بروم یا نه؟",
    "Which messenger works without a phone number?",
    "telegramam hack shode, che kar konam alan",
)


async def test_every_question_is_answered_once_in_order_and_nothing_is_kept(
    real_knowledge: Path, real_state: Path, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    shutil.copytree(real_state, state)
    (tmp_path / "log").mkdir()
    load = Load(people=5, seconds=6, think=0.5, shares=Shares(5, 5, 5))
    outcome = await run(load, QUESTIONS, real_knowledge, state, tmp_path / "log")
    assert outcome.tally.asked >= load.people
    assert outcome.struck
    assert outcome.tally.faults == {}
    assert outcome.kept == ()
    assert outcome.exit_status == 0
