"""A text as hashed words, word pairs and pieces of words: what tells "now" from "if"."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from retrieval.language.normalise import HALF_SPACE
from retrieval.language.words import surface_words

_WORDS, _PIECES = 2048, 4096
HASHED = _WORDS + _PIECES
_SIGN = 1 << 20
# Lengths of the pieces: they hold where a word is misspelt or an ending is typed onto it.
_SHORTEST, _LONGEST = 2, 4


def gram_counts(text: str) -> dict[int, float]:
    """Return ``text`` as a sparse vector by column below ``HASHED``: words and word pairs, then
    pieces of words, each block of length one. Signs keep collisions from adding up (Weinberger et
    al., "Feature Hashing for Large Scale Multitask Learning", 2009)."""
    words = surface_words(text.replace(HALF_SPACE, " "))
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    return {
        **_hashed((*words, *pairs), _WORDS, 0),
        **_hashed(_pieces(words), _PIECES, _WORDS),
    }


def _pieces(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        edged = f"<{word}>"
        for size in range(_SHORTEST, _LONGEST + 1):
            for start in range(len(edged) - size + 1):
                yield edged[start : start + size]


def _hashed(grams: Iterable[str], columns: int, offset: int) -> dict[int, float]:
    counts: dict[int, float] = defaultdict(float)
    for gram in grams:
        code = zlib.crc32(gram.encode("utf-8", "ignore"))
        counts[offset + code % columns] += 1 if code & _SIGN else -1
    length = sum(value * value for value in counts.values()) ** 0.5
    return {column: value / length for column, value in counts.items() if value} if length else {}
