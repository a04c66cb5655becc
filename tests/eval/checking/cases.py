"""What is checked while measuring: a text, the passages it cites, and whether they bear it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from retrieval.checking import Checker, Fault, Written, split
from retrieval.knowledge.documents import Language
from retrieval.passages import Passage

Split = Literal["dev", "test"]
Base = Literal["sentence", "reworded"]


@dataclass(frozen=True, slots=True)
class Case:
    """A ``text`` that cites ``passage``.

    ``kind`` is the fault that was planted, or the way in which an honest text was reworded;
    ``base`` tells whether it was made of the folder's own sentence or of a hand-written one.
    """

    kind: str
    good: bool
    text: str
    language: Language
    passage: Passage
    base: Base

    @property
    def across(self) -> bool:
        """Whether text and passage are in two languages."""
        return self.language != self.passage.language


@dataclass(frozen=True, slots=True)
class Judged:
    """A case and the faults that the check found in it: none where it let it pass."""

    case: Case
    faults: tuple[Fault, ...]
    score: float

    @property
    def right(self) -> bool:
        return self.case.good != bool(self.faults)


def split_of(document: str) -> Split:
    """Return the half that a document belongs to, with all that is made of it: fixed by a hash."""
    first = int(hashlib.sha256(document.encode()).hexdigest()[:8], 16)
    return "dev" if first < 1 << 31 else "test"


def pieces(case: Case) -> tuple[Written, ...]:
    """Return the statements of a case, split as a model's text is."""
    marked = f"{case.text} [1]"
    return split(marked)


def judge(checker: Checker, case: Case) -> Judged:
    """Return what the check says of ``case``: as a whole it passes when each statement passes."""
    verdicts = [checker.check(piece, {1: case.passage}) for piece in pieces(case)]
    faults = tuple(fault for verdict in verdicts for fault in verdict.faults)
    return Judged(case, faults, min((v.score for v in verdicts), default=0.0))
