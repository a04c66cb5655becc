"""Takes from a message what was written around the question to be polite."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import yaml

from retrieval.language.normalise import HALF_SPACE, search_form
from retrieval.language.words import tokens

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
Phrases = frozenset[tuple[str, ...]]


@lru_cache(maxsize=1)
def _phrases() -> tuple[Phrases, Phrases]:
    """Return the phrases that may stand before and after a question, as words in plain form."""
    text = resources.files("retrieval.language").joinpath("data/courtesy.yaml").read_text("utf-8")
    data: dict[str, dict[str, list[str]]] = yaml.safe_load(text)
    before, after = (
        frozenset(
            tuple(_plain(word) for word in phrase.replace(HALF_SPACE, " ").split())
            for by_language in data[place].values()
            for phrase in by_language
        )
        for place in ("before", "after")
    )
    return before, after


def without_courtesy(text: str) -> str:
    """Return ``text`` without the polite phrases at its beginning and end; unchanged where nothing
    to look for would be left."""
    words = text.replace(HALF_SPACE, f"{HALF_SPACE} ").split()
    plain = [_plain(word) for word in words]
    before, after = _phrases()
    longest = max(map(len, before | after))
    start, end = 0, len(words)
    while size := _matching(plain[start:end], before, longest, at_end=False):
        start += size
    while size := _matching(plain[start:end], after, longest, at_end=True):
        end -= size
    left = " ".join(words[start:end]).replace(f"{HALF_SPACE} ", HALF_SPACE)
    return left if (start, end) != (0, len(words)) and any(tokens(left)) else text


def _plain(word: str) -> str:
    return _EDGES.sub("", search_form(word))


def _matching(words: list[str], phrases: Phrases, longest: int, *, at_end: bool) -> int:
    """Return how many words the longest phrase at that end of ``words`` has, 0 for none."""
    for size in range(min(longest, len(words)), 0, -1):
        if tuple(words[-size:] if at_end else words[:size]) in phrases:
            return size
    return 0
