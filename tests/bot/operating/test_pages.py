"""What deploy/operating.md says of checks and limits is what the code has."""

from __future__ import annotations

import re

import pytest

from bot.operating.doctor.machine import DISK_FAULT, DISK_WARNED, MEMORY_FAULT, MEMORY_WARNED
from bot.operating.doctor.telegram import WAITING_WARNED
from bot.operating.health import DEAD
from bot.operating.life import BEAT
from bot.operating.stepwise import STEP
from bot.operating.stuck import EVERY, LOOKS, STATUS
from bot.telegram import panic
from bot.telegram.burst import LOOKED_AT, MOST_PARTS
from bot.telegram.desk import LONGEST_QUESTION
from bot.telegram.lanes import LONGEST_LANE, SIDE_BY_SIDE
from bot.telegram.session import MOST_CHATS, MOST_MESSAGES, MOST_TURNS
from bot.webhook import listener
from retrieval.browsing import names
from retrieval.settings import PROJECT

PAGE = (PROJECT / "deploy" / "operating.md").read_text("utf-8")
MB = 2**20


@pytest.mark.parametrize(
    "words",
    [
        f"{LONGEST_QUESTION:,} letters",
        f"{MOST_PARTS} messages, four seconds; of each the first {LOOKED_AT} letters",
        f"| {LONGEST_LANE}, the rest is dropped",
        f"| {SIDE_BY_SIDE:,} |",
        f"{names.LONGEST} letters",
        f"{MOST_CHATS:,}, the longest silent",
        f"{MOST_TURNS} answers and {MOST_MESSAGES} message numbers",
        f"{panic.SHORTEST} to {panic.LONGEST} letters",
        f"{listener.LONGEST // 10**6} MB, ten seconds",
        f"under {DISK_WARNED // MB} MB free",
        f"under {DISK_FAULT // MB} MB;",
        f"under {MEMORY_WARNED // MB} MB to be had",
        f"under {MEMORY_FAULT // MB} MB |",
        f"over {WAITING_WARNED} updates wait",
        f"ends with status {STATUS}",
    ],
)
def test_the_page_says_what_the_code_has(words: str) -> None:
    assert words in PAGE


def test_the_times_in_words_are_those_of_the_code() -> None:
    assert (DEAD, EVERY * LOOKS, BEAT, listener.READ, STEP) == (11 * 60, 2 * 60, 5, 10, 10)


def test_every_check_of_the_doctor_is_on_the_page() -> None:
    folder = PROJECT / "bot" / "operating" / "doctor"
    source = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    checks = set(re.findall(r'(?:ok|warning|fault)\(\s*"([a-z ]+)"', source))
    assert len(checks) > 15
    assert {check for check in checks if f"`{check}`" not in PAGE} == set()
