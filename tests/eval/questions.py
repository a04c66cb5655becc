"""The evaluation's questions, and which of them may be looked at while developing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from retrieval.knowledge.documents import Language

FOLDER = Path(__file__).parent / "questions"
FITTING = FOLDER / "fitting"
Split = Literal["dev", "test"]
# Six questions in ten are for development.
_DEV_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """A question as people ask it, and what a good answer does with it.

    ``expect`` are the statuses that are right; ``gold`` the passages (``document#section``) or
    documents that answer it; ``nuggets`` the facts a good answer holds, each as alternatives;
    ``must_not`` what it must not say; ``before`` an earlier question of the same conversation.
    """

    id: str
    question: str
    language: Language
    script: str
    kind: str
    expect: tuple[str, ...]
    gold: tuple[str, ...] = ()
    nuggets: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    before: str | None = None

    @property
    def split(self) -> Split:
        """Fixed by a hash of the id: adding questions moves none."""
        share = int(hashlib.sha256(self.id.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
        return "dev" if share < _DEV_SHARE else "test"


def read_questions(folder: Path = FOLDER) -> list[EvalQuestion]:
    """Return all questions of ``folder``; raise ``ValueError`` naming a line that is not one."""
    return [question for path in sorted(folder.glob("*.jsonl")) for question in _read(path)]


def read_fitting(folder: Path = FITTING) -> list[EvalQuestion]:
    """Return the questions that the judge is fitted on, and nothing is ever reported of: written by
    people who had not seen how it judges, they are of neither split."""
    return read_questions(folder)


def _read(path: Path) -> Iterator[EvalQuestion]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row: dict[str, Any] = json.loads(line)
            yield EvalQuestion(
                **{
                    **row,
                    "expect": tuple(row["expect"]),
                    "gold": tuple(row.get("gold", ())),
                    "nuggets": tuple(tuple(nugget) for nugget in row.get("nuggets", ())),
                    "must_not": tuple(row.get("must_not", ())),
                }
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path}:{number}: {error}") from error
