"""The questions that people are expected to ask: those of the evaluation, where there is one.

A checkout holds them beside the knowledge. Those of the exam (the evaluation's test split) are put
too, but their wording is not shown: who reads it while writing answers would spoil the exam.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import DarichehError
from retrieval.settings import PROJECT

FOLDER = PROJECT / "tests" / "eval" / "questions"
_DEVELOPMENT = 0.6  # as in tests/eval/questions.py; a test compares the two


@dataclass(frozen=True, slots=True)
class Put:
    """A question to put. ``gold`` are the documents that answer it, where that is known."""

    id: str
    text: str
    gold: tuple[str, ...] = ()
    hidden: bool = False


def read_set(folder: Path = FOLDER) -> list[Put]:
    """Return the questions of ``folder``, none where it is not there; raise ``DarichehError``
    naming a line that is no question."""
    return [
        _read(path, number, line)
        for path in sorted(folder.glob("*.jsonl"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if line.strip()
    ]


def gold_counts(questions: Iterable[Put]) -> Counter[str]:
    """Return how many of ``questions`` each document answers."""
    return Counter(document for question in questions for document in set(question.gold))


def _read(path: Path, number: int, line: str) -> Put:
    try:
        row = json.loads(line)
        gold = tuple(name.partition("#")[0] for name in row.get("gold", ()))
        return Put(row["id"], row["question"], gold, _is_exam(row["id"]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise DarichehError(
            f"{path}:{number}: not a question ({error!r}). Write an object with id and question."
        ) from None


def _is_exam(question_id: str) -> bool:
    share = int(hashlib.sha256(question_id.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    return share >= _DEVELOPMENT
