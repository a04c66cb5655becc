"""Which words of a source a statement's words stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.checking.clauses import Clause, Word
from retrieval.checking.cues import Cue
from retrieval.language.detect import is_persian_script

# A word as like as this to another is taken for it.
SAME = 0.7
# Cues are compared by the words of content beside them: so many before and behind.
_BESIDE = 3
# Two cues belong together from this likeness of their neighbours on.
_TOGETHER = 0.45
# Of a cue's neighbours, so many must be in the statement before the cue is missed there.
_COVERED = 0.5


@dataclass(frozen=True)
class Pairing:
    """``own``, a statement, beside ``source``, the sentences it is aligned to; ``likeness``, shape
    ``(words of own, words of source)``, between 0 and 1."""

    own: Clause
    source: Clause
    likeness: NDArray[np.float32]

    @cached_property
    def held(self) -> NDArray[np.float32]:
        """How well the source holds each word of the statement."""
        best: NDArray[np.float32] = self.likeness.max(axis=1, initial=0.0)
        return best

    @cached_property
    def told(self) -> NDArray[np.float32]:
        """How well the statement tells each word of the source."""
        best: NDArray[np.float32] = self.likeness.max(axis=0, initial=0.0)
        return best

    def matched(self, cues: Sequence[Cue], others: Sequence[Cue]) -> dict[int, int]:
        """Return, for the numbers of ``cues`` (of the statement), which of ``others`` (of the
        source) stand beside the same words: each of them once, the likest pairs first."""
        scores = [
            (self._together(cue, other), n, m)
            for n, cue in enumerate(cues)
            for m, other in enumerate(others)
        ]
        found: dict[int, int] = {}
        for score, n, m in sorted(scores, key=lambda entry: -entry[0]):
            if score < _TOGETHER:
                break
            if n not in found and m not in found.values():
                found[n] = m
        return found

    def is_reworded(self, cue: Cue) -> bool:
        """Return whether the source has no word for the one that ``cue`` of the statement is
        about."""
        about = _beside(self.own, cue)[:1]
        return all(self.held[n] < SAME for n in about)

    def is_told(self, cue: Cue) -> bool:
        """Return whether the statement says what ``cue`` of the source is about."""
        about = _beside(self.source, cue)
        if not about:
            return False
        told = [self.told[m] >= SAME for m in about]
        return told[0] and sum(told) / len(told) >= _COVERED

    def _together(self, cue: Cue, other: Cue) -> float:
        own, theirs = _beside(self.own, cue), _beside(self.source, other)
        if not own or not theirs:
            return 0.0
        part = self.likeness[np.ix_(own, theirs)]
        # The word that the cue is about counts as much as the others together.
        best = part.max(axis=1)
        return float((best[0] + best.mean()) / 2)


def _beside(clause: Clause, cue: Cue) -> list[int]:
    """Return the numbers of the words of content beside ``cue``, the one it is about first: in
    English what follows it, in Persian what stands before; a word that is itself the cue before
    all."""
    content = clause.content
    inside = [n for n, word in enumerate(content) if cue.at <= word.at < cue.at + cue.size]
    before = [n for n, word in enumerate(content) if word.at < cue.at][::-1][:_BESIDE]
    after = [n for n, word in enumerate(content) if word.at >= cue.at + cue.size][:_BESIDE]
    persian = is_persian_script(cue.text) and "not" in cue.kinds and not inside
    sides = (before, after) if persian else (after, before)
    first = inside + [side[0] for side in sides if side]
    rest = [n for side in sides for n in side[1:2]]
    return first + rest


def content_between(words: Sequence[Word], start: int, end: int) -> list[Word]:
    """Return the words of ``words`` that stand from ``start`` to before ``end``."""
    return [word for word in words if start <= word.at < end]
