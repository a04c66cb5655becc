"""Topics that were not answered are counted in steps, and nothing else is ever on disk."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from bot.counting import WEEKS_KEPT
from bot.gaps import STEP, Gaps, gaps_file, read_gaps
from bot.settings import BotSettings
from retrieval.errors import DarichehError

DAY = dt.date(2026, 11, 22)


def counted(state: Path, *labels: str, day: dt.date = DAY) -> Gaps:
    gaps = Gaps(state, lambda: day)
    for label in labels:
        gaps.count(label)
    return gaps


def test_what_was_asked_less_often_than_a_step_is_never_on_disk(tmp_path: Path) -> None:
    state = tmp_path / "state"
    gaps = counted(state, *["arrest"] * (STEP - 1), *["law"] * (STEP - 1))
    assert not state.exists()
    gaps.count("law")
    assert read_gaps(state) == {"2026-W47": {"law": STEP}}
    assert "arrest" not in gaps_file(state).read_text("utf-8")


def test_counts_grow_in_whole_steps_over_weeks_and_processes(tmp_path: Path) -> None:
    counted(tmp_path, *["law"] * (2 * STEP + 3))
    counted(tmp_path, *["law"] * (STEP - 1))  # begins at nothing: what was left went with the first
    counted(tmp_path, *["law"] * STEP, *["vpn"] * STEP, day=DAY + dt.timedelta(days=7))
    assert read_gaps(tmp_path) == {
        "2026-W47": {"law": 2 * STEP},
        "2026-W48": {"law": STEP, "vpn": STEP},
    }


def test_a_year_is_kept(tmp_path: Path) -> None:
    for week in range(WEEKS_KEPT + 3):
        counted(tmp_path, *["law"] * STEP, day=DAY + dt.timedelta(weeks=week))
    weeks = read_gaps(tmp_path)
    assert len(weeks) == WEEKS_KEPT
    assert "2026-W49" not in weeks
    assert "2026-W50" in weeks


def test_nothing_is_counted_without_a_label(tmp_path: Path) -> None:
    gaps = Gaps(tmp_path)
    for _ in range(STEP):
        gaps.count(None)
    assert list(tmp_path.iterdir()) == []


def test_the_file_holds_weeks_labels_and_numbers_alone(tmp_path: Path) -> None:
    counted(tmp_path, *["law"] * STEP)
    assert json.loads(gaps_file(tmp_path).read_text("utf-8")) == {"2026-W47": {"law": STEP}}
    others = {path.name for path in tmp_path.iterdir()} - {"gaps.json", "gaps.lock"}
    assert others == set()
    assert (tmp_path / "gaps.lock").read_bytes() == b""


def test_a_file_that_cannot_be_used_stops_no_answer_and_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gaps_file(tmp_path).write_text('{"2026-W47": {"law": "many"}}', "utf-8")
    counted(tmp_path, *["law"] * STEP)
    assert "cannot be written" in caplog.text
    assert "law" not in caplog.text
    with pytest.raises(DarichehError, match=r"gaps\.json is damaged"):
        read_gaps(tmp_path)
    below_a_file = gaps_file(tmp_path) / "state"
    counted(below_a_file, *["law"] * STEP)


def test_nobody_asked_about_anything_yet(tmp_path: Path) -> None:
    assert read_gaps(tmp_path / "nowhere") == {}


def test_counting_is_off_by_default_and_on_by_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert BotSettings(_env_file=None).gaps is False
    monkeypatch.setenv("DARICHEH_GAPS", "on")
    assert BotSettings(_env_file=None).gaps is True
