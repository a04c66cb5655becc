"""How much of a question's words a passage holds: what tells a near miss from an answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from retrieval.index.words import WordsIndex


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares between 0 and 1: ``held``, weighted by rarity, of the question's words that the
    passage holds; ``unknown`` of those that no passage at all holds."""

    held: float = 0.0
    unknown: float = 0.0


def coverage(stems: Collection[str], held: Collection[str], words: WordsIndex) -> Coverage:
    """Return how well a passage with the stems ``held`` covers the question's ``stems``."""
    if not stems:
        return Coverage()
    weights = {stem: words.weight(stem) for stem in stems}
    known = sum(weight for stem, weight in weights.items() if stem in held)
    unknown = sum(not words.frequency(stem) for stem in stems)
    return Coverage(known / sum(weights.values()), unknown / len(weights))
