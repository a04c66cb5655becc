"""How much of a question's words a passage holds: what tells a near miss from an answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from retrieval.index.words import WordsIndex


@dataclass(frozen=True, slots=True)
class Coverage:
    """All three lie between 0 and 1.

    ``held`` is the share of the question's words, weighted by rarity, that the passage holds;
    ``strength`` the passage's BM25 score over the sum of those weights; ``unknown`` the share of
    the words that no passage at all holds.
    """

    held: float = 0.0
    strength: float = 0.0
    unknown: float = 0.0


def coverage(
    stems: Collection[str], held: Collection[str], score: float, words: WordsIndex
) -> Coverage:
    """Return how well a passage with the stems ``held`` and the BM25 ``score`` covers ``stems``."""
    if not stems:
        return Coverage()
    weights = {stem: words.weight(stem) for stem in stems}
    total = sum(weights.values())
    return Coverage(
        sum(weight for stem, weight in weights.items() if stem in held) / total,
        min(score / (2 * total), 1.0),
        sum(not words.frequency(stem) for stem in stems) / len(weights),
    )
