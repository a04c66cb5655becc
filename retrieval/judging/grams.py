"""A text as hashed words and word pairs, the features that tell "now" from "if"."""

from __future__ import annotations

import zlib
from collections import defaultdict
from itertools import pairwise

from retrieval.language.normalise import HALF_SPACE
from retrieval.language.words import surface_words

HASHED = 2048
_SIGN = 1 << 20


def gram_counts(text: str) -> dict[int, float]:
    """Return the words and word pairs of ``text`` as a sparse vector of length one, by column
    below ``HASHED``; signs keep collisions from adding up (Weinberger et al., "Feature Hashing
    for Large Scale Multitask Learning", 2009)."""
    words = surface_words(text.replace(HALF_SPACE, " "))
    counts: dict[int, float] = defaultdict(float)
    for gram in (*words, *(f"{one} {other}" for one, other in pairwise(words))):
        code = zlib.crc32(gram.encode("utf-8", "ignore"))
        counts[code % HASHED] += 1 if code & _SIGN else -1
    length = sum(value * value for value in counts.values()) ** 0.5
    return {column: value / length for column, value in counts.items() if value} if length else {}
