"""What is wrong with a document, where, and what to write instead."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Level = Literal["error", "warning"]
# What a fault is about. The last three are for a person to weigh: see ``accepted``.
Lint = Literal[
    "schema",
    "unwritten",
    "name",
    "date",
    "stale",
    "topic",
    "question",
    "source",
    "link",
    "mark-up",
    "translation",
    "typography",
    "flow",
    "accepted",
    "reading-level",
    "single-source",
    "undated-number",
]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault. An ``error`` keeps the document out of the index; a ``warning`` does not."""

    path: str
    line: int
    problem: str
    mend: str
    level: Level = "error"
    lint: Lint = "schema"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.level} ({self.lint}): {self.problem} {self.mend}"

    def to_json(self) -> dict[str, Any]:
        """Return the object that ``daricheh knowledge lint --json`` prints for this fault."""
        return asdict(self)


def opening(text: str) -> str:
    """Return the first words of ``text``, quoted: enough to find a sentence by."""
    words = text.split()
    return f"«{' '.join(words[:6])}{' …' if len(words) > 6 else ''}»"
