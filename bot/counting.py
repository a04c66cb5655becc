"""Counts in whole steps: how often something was met, and nothing of who met it or when.

Labels of a fixed list (topics, passages) are counted in memory. The disk gets a label once it has
been counted ``step`` times, as ``step``, under the week of the writing: what is rarer than that is
never on disk and goes when the process ends. What such a file still reveals is said in
``bot/PRIVACY.md``.
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

from bot.quiet import Shown
from retrieval.errors import DarichehError

WEEKS_KEPT = 52

# Counts by label, by the ISO week in which they were written: {"2026-W47": {"telegram": 20}}.
Weeks = dict[str, dict[str, int]]
_weeks: TypeAdapter[Weeks] = TypeAdapter(Weeks)
_log = logging.getLogger(__name__)


def today() -> dt.date:
    """Return the day it is in Greenwich."""
    return dt.datetime.now(tz=dt.UTC).date()


class Counts:
    """Counts labels for a file, in steps. Several counts and processes may share the file."""

    def __init__(self, file: Path, step: int, day: Callable[[], dt.date] = today) -> None:
        self._file = file
        self._step = step
        self._day = day
        self._counted: Counter[str] = Counter()

    def count(self, label: str) -> None:
        """Count ``label`` once. A file that cannot be written is logged and stops nobody."""
        self._counted[label] += 1
        if self._counted[label] < self._step:
            return
        del self._counted[label]
        try:
            _add(self._file, _week(self._day()), label, self._step)
        except (OSError, DarichehError):
            _log.warning("%s cannot be written to the state folder", Shown(self._file.name))


def read_counts(file: Path) -> Weeks:
    """Return the counts by week, oldest first; raise ``DarichehError`` where they are damaged."""
    try:
        return parse_counts(file.read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError:
        raise DarichehError(f"{file} is damaged. Remove it; counting begins anew.") from None


def parse_counts(content: bytes) -> Weeks:
    """Return the counts by week that a file holds; raise ``ValueError`` where it holds none."""
    try:
        return dict(sorted(_weeks.validate_json(content).items()))
    except ValidationError:
        raise ValueError("it holds no counts") from None


def totals(weeks: Weeks) -> Counter[str]:
    """Return the counts by label, all weeks together."""
    total: Counter[str] = Counter()
    for counts in weeks.values():
        total.update(counts)
    return total


def _week(day: dt.date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _add(file: Path, week: str, label: str, step: int) -> None:
    """Add one step of ``label`` to the file, in one piece: it is the old one or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        weeks = read_counts(file)
        counts = weeks.setdefault(week, {})
        counts[label] = counts.get(label, 0) + step
        kept = dict(sorted(weeks.items())[-WEEKS_KEPT:])
        written = file.with_suffix(".new")  # one at a time: the lock is held
        with written.open("w", encoding="utf-8") as new:
            json.dump(kept, new, indent=1, sort_keys=True)
            new.flush()
            os.fsync(new.fileno())
        written.replace(file)
