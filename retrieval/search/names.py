"""Names of what people ask about: services, makers, places abroad.

A name is no misspelt word, however near it comes to one; and what is said of another name is no
answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

import yaml

from retrieval.language.words import surface_words, tokens


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    text = resources.files("retrieval.search").joinpath("data/names.yaml").read_text("utf-8")
    loaded: dict[str, list[str]] = yaml.safe_load(text)
    return tuple(name for names in loaded.values() for name in names)


@lru_cache(maxsize=1)
def name_words() -> frozenset[str]:
    """Return the words of all names, in search form."""
    return frozenset(word for name in _names() for word in surface_words(name))


@lru_cache(maxsize=1)
def _by_first() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in _names():
        stems = tuple(tokens(name))
        if stems:
            found.setdefault(stems[0], []).append(stems)
    return found


def names_in(stems: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield each name that a question of these ``stems`` holds, as its own stems."""
    said = set(stems)
    for stem in stems:
        yield from (name for name in _by_first().get(stem, ()) if said.issuperset(name))
