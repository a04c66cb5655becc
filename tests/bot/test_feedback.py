"""Verdicts on passages are counted in steps, and nothing else is ever on disk."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from bot.feedback import STEP, STEP_WRONG, Feedback, feedback_file, read_feedback
from retrieval.errors import DarichehError

PASSAGE, OTHER = "phone-summons#first.1@fa", "phone-summons#rights.2@fa"


def test_whether_answers_helped_is_counted_for_each_of_their_passages(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path)
    for _ in range(STEP):
        feedback.helped([PASSAGE, OTHER], yes=True)
    for _ in range(STEP):
        feedback.helped([OTHER], yes=False)
    assert read_feedback(tmp_path) == {PASSAGE: {"yes": STEP}, OTHER: {"yes": STEP, "no": STEP}}


def test_what_few_said_is_not_on_disk_and_a_mistake_is_known_earlier(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path / "state")
    for _ in range(STEP - 1):
        feedback.helped([PASSAGE], yes=False)
    for _ in range(STEP_WRONG - 1):
        feedback.wrong(PASSAGE, "dangerous")
    feedback.wrong(PASSAGE, "other")
    assert not (tmp_path / "state").exists()
    feedback.wrong(PASSAGE, "dangerous")
    assert read_feedback(tmp_path / "state") == {PASSAGE: {"dangerous": STEP_WRONG}}


def test_the_file_holds_weeks_passages_verdicts_and_numbers_alone(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path, lambda: dt.date(2026, 11, 22))
    for _ in range(STEP_WRONG):
        feedback.wrong(PASSAGE, "outdated")
    held = json.loads(feedback_file(tmp_path).read_text("utf-8"))
    assert held == {"2026-W47": {f"{PASSAGE} outdated": STEP_WRONG}}


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    feedback_file(tmp_path).write_text("[]", "utf-8")
    with pytest.raises(DarichehError, match=r"feedback\.json is damaged"):
        read_feedback(tmp_path)
