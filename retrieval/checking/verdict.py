"""What the check says of a statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "no citation",
    "unknown citation",
    "number",
    "date",
    "name",
    "tool",
    "negation",
    "quantifier",
    "modality",
    "condition",
    "conclusion",
    "meaning",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a statement: of which ``kind``, and the words of it that it is about."""

    kind: Kind
    detail: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a statement may be shown; ``faults`` say why not, and are empty where it may."""

    supported: bool
    faults: tuple[Fault, ...] = ()
    score: float = 1.0  # how likely it is that the passages say it, between 0 and 1
