"""Questions with passages that people have judged: which tell what is asked, which do not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from retrieval.knowledge.documents import Language

FILE = Path(__file__).parent / "judged.jsonl"

# How well a passage answers: it tells what is asked; it helps, but does not; neither.
TELLS, HELPS, NEITHER = 2, 1, 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A question as typed in either language, and the grades of passages, by key. A tenth is
    ``kept_back``: the reader does not learn from it, so that the judge can be fitted on it."""

    asked: Mapping[Language, str]
    grades: Mapping[str, int]
    kept_back: bool

    @property
    def best(self) -> int:
        """The grade of the passage that answers best; all that the search found were judged."""
        return max(self.grades.values())


def read_judged(path: Path = FILE) -> Iterator[Judged]:
    """Yield every judged question, in a fixed order. Raises OSError."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        asked: dict[Language, str] = {"en": row["en"], "fa": row["fa"]}
        yield Judged(asked, row["grades"], row.get("kept_back", False))
