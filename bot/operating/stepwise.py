"""Figures about people, shown in steps of ten.

A counter that goes up by one tells whoever reads it when one person asked; together with what a
network shows of one telephone, who. What is shown here moves only when ten more have come, so that
no figure is about fewer than ten. What that still leaves is said in ``deploy/operating.md``.
"""

from __future__ import annotations

from bisect import bisect_left

STEP = 10
# Upper edges in seconds; what took longer than the last is in none.
EDGES = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


def stepped(count: int) -> int:
    """Return ``count`` down to a whole step."""
    return count - count % STEP


class Durations:
    """How long something took, in seconds. Shows what it held at the last whole step."""

    def __init__(self) -> None:
        self._counts = [0] * (len(EDGES) + 1)
        self._sum = 0.0
        self._number = 0
        self._shown_sum = 0.0
        self._shown = tuple(self._counts)

    def add(self, seconds: float) -> None:
        """Take in one duration."""
        self._counts[bisect_left(EDGES, seconds)] += 1
        self._sum += seconds
        self._number += 1
        if self._number % STEP == 0:
            self._shown, self._shown_sum = tuple(self._counts), self._sum

    @property
    def buckets(self) -> list[tuple[float, int]]:
        """Return how many took at most so long, by edge, the last edge being infinite; the counts
        of single edges are in whole steps too."""
        found, upto = [], 0
        for edge, count in zip((*EDGES, float("inf")), self._shown, strict=True):
            upto += count
            found.append((edge, stepped(upto)))
        return found

    @property
    def total(self) -> float:
        """Return the seconds of all that ``buckets`` count together."""
        return self._shown_sum
