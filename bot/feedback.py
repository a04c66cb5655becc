"""What people say about answers, by passage: did it help, and what is wrong with it.

A verdict is a word of the fixed list below, chosen by a button: there is no free text, and nobody
is attached to it. Counted in steps (see ``bot.counting``), "wrong" in smaller ones: a mistake ought
to be known before ten people have met it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

from bot.counting import Counts, read_counts, today, totals

Reason = Literal["outdated", "experience", "translation", "dangerous", "other"]
REASONS: tuple[Reason, ...] = ("outdated", "experience", "translation", "dangerous", "other")
STEP = 10
STEP_WRONG = 3
_HELPED, _MISSED = "yes", "no"


class Feedback:
    """Counts verdicts on passages for the file of ``state``."""

    def __init__(self, state: Path, day: Callable[[], dt.date] = today) -> None:
        self._said = Counts(feedback_file(state), STEP, day)
        self._wrong = Counts(feedback_file(state), STEP_WRONG, day)

    def helped(self, passages: Iterable[str], yes: bool) -> None:
        """Count that an answer made of ``passages`` did or did not answer its question."""
        for passage in passages:
            self._said.count(_label(passage, _HELPED if yes else _MISSED))

    def wrong(self, passage: str, reason: Reason) -> None:
        """Count that somebody calls ``passage`` wrong, for ``reason``."""
        self._wrong.count(_label(passage, reason))


def feedback_file(state: Path) -> Path:
    """Return where the counts of ``state`` stand."""
    return state / "feedback.json"


def read_feedback(state: Path) -> dict[str, dict[str, int]]:
    """Return how often each verdict was given at least, by passage, all weeks together.

    Verdicts are "yes", "no" and the ``REASONS``. Raises ``DarichehError`` where the file is
    damaged.
    """
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for label, number in totals(read_counts(feedback_file(state))).items():
        passage, _, verdict = label.rpartition(" ")
        found[passage][verdict] = number
    return dict(found)


def _label(passage: str, verdict: str) -> str:
    return f"{passage} {verdict}"
