"""Which words of a source a statement's words stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.checking.clauses import Clause
from retrieval.checking.cues import Cue, is_negated_verb
from retrieval.language.detect import is_persian_script

# A word as like as this to another is taken for it: of one language, of two.
SAME, SAME_ACROSS = 0.65, 0.5
# Cues are compared by the words of content beside them: so many before and behind.
_BESIDE = 3
# Two cues belong together from this likeness of their neighbours on.
_TOGETHER = 0.45
# And where one refuses and the other says not, or only one is a Persian verb.
_TOGETHER_OTHERWISE = 0.7
# How much less the source's view of two cues counts than the statement's.
_OTHER_VIEW = 0.9
# How much it counts that two cues are the same word.
_SAME_CUE = 0.3
# A clause speaks of what another does where it holds its words nearly as well as the best one does,
# or where so many of its own words are in it, and no clause holds them all.
_AS_WELL = 0.2
_SPEAKS_OF, _ALL = 0.5, 0.9
# Of a cue's neighbours, so many must be in the statement before the cue is missed there.
_COVERED = 0.5
# These turn round what follows them alone, not the clause.
_PARTIAL = frozenset({"without", "بدون"})


@dataclass(frozen=True)
class Pairing:
    """``own``, a statement, beside ``source``, the sentences it is aligned to; ``likeness``, shape
    ``(words of own, words of source)``, between 0 and 1. From ``same`` on a word is taken for
    another. ``own_scopes`` and ``source_scopes`` number the clause of each word; ``advised`` are
    the numbers of the source's clauses that advise."""

    own: Clause
    source: Clause
    likeness: NDArray[np.float32]
    own_scopes: Sequence[int]
    source_scopes: Sequence[int]
    advised: frozenset[int] = frozenset()
    same: float = SAME

    @cached_property
    def held(self) -> NDArray[np.float32]:
        """How well the source holds each word of the statement."""
        best: NDArray[np.float32] = self.likeness.max(axis=1, initial=0.0)
        return best

    @property
    def told(self) -> frozenset[int]:
        """The numbers of the source's words that the statement tells."""
        return frozenset(self.telling)

    @cached_property
    def telling(self) -> dict[int, int]:
        """The numbers of the source's words that the statement tells, with that of the word which
        does: each tells one, the one among the same neighbours."""
        alike = self.likeness >= self.same
        beside = np.zeros_like(self.likeness)
        for step in (-2, -1, 1, 2):
            beside += np.roll(alike, (step, step), axis=(0, 1)) / abs(step)
        order = np.argsort(-(self.likeness + 0.3 * beside), axis=None)
        telling: dict[int, int] = {}
        for n, m in zip(*np.unravel_index(order, alike.shape), strict=True):
            if alike[n, m] and int(n) not in telling.values() and int(m) not in telling:
                telling[int(m)] = int(n)
        return telling

    def matched(self, cues: Sequence[Cue], others: Sequence[Cue]) -> dict[int, int]:
        """Return, for the numbers of ``cues`` (of the statement), which of ``others`` (of the
        source) stand beside the same words: each of them once, the likest pairs first."""
        scores = [
            (self._together(cue, other), n, m)
            for n, cue in enumerate(cues)
            for m, other in enumerate(others)
            if self.speaks_of(cue, other)
        ]
        found: dict[int, int] = {}
        for score, n, m in sorted(scores, key=lambda entry: -entry[0]):
            least = _TOGETHER if _one_sort(cues[n], others[m]) else _TOGETHER_OTHERWISE
            if score >= least and n not in found and m not in found.values():
                found[n] = m
        return found

    def is_reworded(self, cue: Cue) -> bool:
        """Return whether the source has no word for the one that ``cue`` of the statement is
        about."""
        return all(self.held[n] < self.same for n in self.own_beside(cue)[:1])

    def speaks_of(self, cue: Cue, other: Cue) -> bool:
        """Return whether the clause of ``cue``, of the statement, and that of ``other``, of the
        source, speak of the same: what is said of one thing bears nothing about another."""
        return self.clauses_meet(self.own_scopes[cue.at], self.source_scopes[other.at])

    def clauses_meet(self, own: int, other: int) -> bool:
        """Return whether the clauses of these numbers, of statement and source, speak of the
        same."""
        shares = self.shares.get(own)
        theirs = self._source_words.get(other)
        if shares is None or theirs is None:
            return True
        alike = self.likeness[np.ix_(self.own_words[own], theirs)] >= self.same
        best = max(shares.values())
        if shares[other] >= best - _AS_WELL:
            return bool(alike.any())
        # A clause may be made of two of the source's; one that a single clause holds is not.
        return best < _ALL and bool(alike.any(axis=0).mean() >= _SPEAKS_OF)

    @cached_property
    def shares(self) -> dict[int, dict[int, float]]:
        """How well each clause of the source holds the words of each clause of the statement: their
        mean likeness, by the numbers of the two."""
        return {
            own: {
                other: float(self.likeness[np.ix_(words, theirs)].max(axis=1).mean())
                for other, theirs in self._source_words.items()
            }
            for own, words in self.own_words.items()
            if self._source_words
        }

    def share(self, cue: Cue, other: Cue) -> float:
        """Return how well the clause of ``other`` holds the words of the clause of ``cue``: wholly
        where either has none."""
        shares = self.shares.get(self.own_scopes[cue.at], {})
        return shares.get(self.source_scopes[other.at], 1.0)

    def told_by(self, own: int, other: int) -> float:
        """Return how much of the clause ``other`` of the source the clause ``own`` of the statement
        holds."""
        words, theirs = self.own_words.get(own, []), self._source_words.get(other, [])
        if not words or not theirs:
            return 0.0
        return float(self.likeness[np.ix_(words, theirs)].max(axis=0).mean())

    def one_sentence(self, scopes: Sequence[int], cue: Cue, other: Cue | int) -> bool:
        """Return whether two cues, or a cue and a word, stand in one sentence of those that
        ``scopes`` number."""
        ends = scopes[cue.at], scopes[other if isinstance(other, int) else other.at]
        return set(range(min(ends), max(ends) + 1)) <= set(scopes)

    def told_of(self, scopes: Iterable[int]) -> float:
        """Return how much of these clauses of the source the statement tells: none of ones that are
        not there."""
        words = [n for scope in scopes for n in self._source_words.get(scope, [])]
        return sum(n in self.telling for n in words) / max(len(words), 1)

    def sentence_of(self, scope: int) -> range:
        """Return the numbers of the clauses in the source's sentence that ``scope`` is in."""
        numbers = set(self.source_scopes)
        first = last = scope
        while first - 1 in numbers:
            first -= 1
        while last + 1 in numbers:
            last += 1
        return range(first, last + 1)

    @cached_property
    def own_words(self) -> dict[int, list[int]]:
        """The numbers of the statement's words, by clause."""
        return _by_scope(self.own, self.own_scopes)

    @cached_property
    def _source_words(self) -> dict[int, list[int]]:
        return _by_scope(self.source, self.source_scopes)

    def own_beside(self, cue: Cue) -> list[int]:
        """Return the numbers of the statement's words beside ``cue``, the one it is about first."""
        within = self.own_words.get(self.own_scopes[cue.at], [])
        return _beside(self.own, cue, within)

    def source_beside(self, cue: Cue) -> list[int]:
        """Return the numbers of the source's words beside ``cue``, the one it is about first."""
        within = self._source_words.get(self.source_scopes[cue.at], [])
        return _beside(self.source, cue, within)

    def is_told(self, cue: Cue) -> bool:
        """Return whether the statement says what ``cue`` of the source is about."""
        about = self.source_beside(cue)
        told = [m in self.told for m in about]
        first = bool(told) and (told[0] or self.same == SAME_ACROSS)
        return first and sum(told) / len(told) >= _COVERED

    def _together(self, cue: Cue, other: Cue) -> float:
        own, theirs = self.own_beside(cue), self.source_beside(other)
        if not own or not theirs:
            return 0.0
        part = self.likeness[np.ix_(own, theirs)]
        partial = cue.text in _PARTIAL, other.text in _PARTIAL
        if partial == (True, False) and part[0].max() < self.same:
            return 0.0
        if partial == (False, True) and part[:, 0].max() < self.same:
            return 0.0
        # The word that a cue is about counts as much as the others together, seen from either side.
        views = [(best[0] + best.mean()) / 2 for best in (part.max(axis=1), part.max(axis=0))]
        alike = (cue.text == other.text) * _SAME_CUE
        return float(max(views[0], _OTHER_VIEW * views[1]) + alike)


def _one_sort(cue: Cue, other: Cue) -> bool:
    if is_persian_script(cue.text) != is_persian_script(other.text):
        return True
    return ("not" in cue.kinds) == ("not" in other.kinds) and (
        is_negated_verb(cue.text) == is_negated_verb(other.text)
    )


def _by_scope(clause: Clause, scopes: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for n, word in enumerate(clause.content):
        found.setdefault(scopes[word.at], []).append(n)
    return found


def _beside(clause: Clause, cue: Cue, within: Sequence[int]) -> list[int]:
    """Return the numbers of the words of content beside ``cue``, the one it is about first: those
    ``within`` its own clause, where that has any.

    That is a word which is itself the cue; else what follows it, for a Persian verb what stands
    before it.
    """
    places = [(n, clause.content[n].at) for n in within or range(len(clause.content))]
    inside = [n for n, at in places if cue.at <= at < cue.at + cue.size]
    before = [n for n, at in places if at < cue.at][::-1][:_BESIDE]
    after = [n for n, at in places if at >= cue.at + cue.size][:_BESIDE]
    sides = (before, after) if is_negated_verb(cue.text) else (after, before)
    first = inside + [side[0] for side in sides if side]
    return first + [n for side in sides for n in side[1:2]]
