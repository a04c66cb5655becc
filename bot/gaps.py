"""Which subjects people ask about and the folder cannot answer, without keeping a question.

Only a label of the fixed list in ``knowledge/topics.yaml`` is counted, in memory. The disk gets a
label once it has been counted ``STEP`` times, as ``STEP``, under the week of the writing: what is
rarer than that is never on disk and goes when the process ends. Off unless ``DARICHEH_GAPS`` is
set. What the file still reveals is said in ``bot/PRIVACY.md``.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import logging
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from retrieval.errors import DarichehError

# As many questions as it takes before anything is written: nobody's own, in a bot people use.
STEP = 10
WEEKS_KEPT = 52

# Counts by label, by the ISO week in which they were written: {"2026-W47": {"telegram": 20}}.
Weeks = dict[str, dict[str, int]]
_weeks: TypeAdapter[Weeks] = TypeAdapter(Weeks)
_log = logging.getLogger(__name__)


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()


class Gaps:
    """Counts labels for the file of ``state``. Several processes may share one state folder."""

    def __init__(self, state: Path, today: Callable[[], dt.date] = _today) -> None:
        self._state = state
        self._today = today
        self._counted: Counter[str] = Counter()

    def count(self, label: str | None) -> None:
        """Count one question that was not answered, by its topic; None is not counted.

        A file that cannot be written is logged and keeps nobody from an answer.
        """
        if label is None:
            return
        self._counted[label] += 1
        if self._counted[label] < STEP:
            return
        del self._counted[label]
        try:
            _add(self._state, _week(self._today()), label)
        except (OSError, DarichehError):
            _log.warning("the counts of unanswered topics cannot be written to the state folder")


def gaps_file(state: Path) -> Path:
    """Return where the counts of ``state`` stand."""
    return state / "gaps.json"


def read_gaps(state: Path) -> Weeks:
    """Return the counts by week, oldest first; raise ``DarichehError`` where they are damaged."""
    path = gaps_file(state)
    try:
        return dict(sorted(_weeks.validate_json(path.read_bytes()).items()))
    except FileNotFoundError:
        return {}
    except ValidationError:
        raise DarichehError(f"{path} is damaged. Remove it; counting begins anew.") from None


def _week(day: dt.date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _add(state: Path, week: str, label: str) -> None:
    """Add one step of ``label`` to the file, in one piece: it is the old one or the new one."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / "gaps.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        weeks = read_gaps(state)
        counts = weeks.setdefault(week, {})
        counts[label] = counts.get(label, 0) + STEP
        kept = dict(sorted(weeks.items())[-WEEKS_KEPT:])
        written = state / "gaps.new"  # one at a time: the lock is held
        with written.open("w", encoding="utf-8") as file:
            json.dump(kept, file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        written.replace(gaps_file(state))
