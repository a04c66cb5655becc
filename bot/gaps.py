"""Which subjects people ask about and the folder cannot answer, without keeping a question.

Only a label of the fixed list in ``knowledge/topics.yaml`` is counted, in steps (see
``bot.counting``). Off unless ``DARICHEH_GAPS`` is set.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from bot.counting import Counts, Weeks, read_counts, today

# As many questions as it takes before anything is written: nobody's own, in a bot people use.
STEP = 10


class Gaps:
    """Counts the topics of unanswered questions for the file of ``state``."""

    def __init__(self, state: Path, day: Callable[[], dt.date] = today) -> None:
        self._counts = Counts(gaps_file(state), STEP, day)

    def count(self, label: str | None) -> None:
        """Count one question that was not answered, by its topic; None is not counted."""
        if label is not None:
            self._counts.count(label)


def gaps_file(state: Path) -> Path:
    """Return where the counts of ``state`` stand."""
    return state / "gaps.json"


def read_gaps(state: Path) -> Weeks:
    """Return the counts by week, oldest first; raise ``DarichehError`` where they are damaged."""
    return read_counts(gaps_file(state))
