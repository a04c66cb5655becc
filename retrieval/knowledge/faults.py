"""What is wrong with a document, where, and what to write instead."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault. An ``error`` keeps the document out of the index; a ``warning`` does not."""

    path: str
    line: int
    problem: str
    mend: str
    level: Level = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.level}: {self.problem} {self.mend}"

    def to_json(self) -> dict[str, Any]:
        """Return the object that ``daricheh knowledge lint --json`` prints for this fault."""
        return asdict(self)
