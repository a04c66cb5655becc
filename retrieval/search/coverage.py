"""How much of a question's words a passage holds: what tells a near miss from an answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from retrieval.index.words import WordsIndex
from retrieval.search.names import names_in


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares between 0 and 1: ``held``, weighted by rarity, of the question's words that the
    passage holds or the questions that lead to it; ``unknown`` of those that no passage holds.
    ``foreign`` says whether the question names what the passage does not."""

    held: float = 0.0
    unknown: float = 0.0
    foreign: bool = False


def coverage(stems: tuple[str, ...], versions: Collection[int], words: WordsIndex) -> Coverage:
    """Return how well a passage, whose translations stand at the positions ``versions`` of
    ``words``, covers the question's ``stems``."""
    if not stems:
        return Coverage()
    weights = {stem: words.weight(stem) for stem in stems}
    texts = {stem: words.holding(stem) for stem in weights}
    held = {stem for stem, found in texts.items() if any(at in found for at in versions)}
    unknown = sum(not len(found) for found in texts.values())
    return Coverage(
        sum(weights[stem] for stem in held) / sum(weights.values()),
        unknown / len(weights),
        any(not held.issuperset(name) for name in names_in(stems)),
    )
