"""Words that say the contrary of each other: "not" before one says the other."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import yaml

from retrieval.checking.clauses import Word
from retrieval.language.normalise import search_form
from retrieval.language.words import stems


def are_opposite(word: Word, other: Word) -> bool:
    """Return whether ``word`` and ``other`` say the contrary of each other."""
    sides = _sides()
    own = {place for stem in word.stems[:1] for place in sides.get(stem, ())}
    theirs = {place for stem in other.stems[:1] for place in sides.get(stem, ())}
    return any((pair, not side) in theirs for pair, side in own)


@lru_cache(maxsize=1)
def _sides() -> dict[str, frozenset[tuple[int, bool]]]:
    """Return, by stem, the pairs that a word belongs to, and on which side of each."""
    file = resources.files("retrieval.checking").joinpath("data/opposites.yaml")
    found: dict[str, set[tuple[int, bool]]] = {}
    for number, pair in enumerate(yaml.safe_load(file.read_text("utf-8"))):
        for side, words in enumerate(pair):
            for word in words:
                for stem in stems(search_form(str(word)))[:1]:
                    found.setdefault(stem, set()).add((number, bool(side)))
    return {stem: frozenset(places) for stem, places in found.items()}
