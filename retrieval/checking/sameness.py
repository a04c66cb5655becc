"""Whether two words say the same: the same stem, the same group of words, or near as vectors."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
import yaml
from numpy.typing import NDArray

from retrieval.checking.clauses import Word
from retrieval.checking.cues import verb_base
from retrieval.checking.spelling import sounds_same
from retrieval.encoder import Encoder
from retrieval.language.normalise import search_form
from retrieval.language.words import stems

# Vectors of words that are held at most: 384 numbers of four bytes each, so 6 MB.
_HELD = 4_000
# Likeness of words that sound the same in the other script.
_SOUNDS = 0.9


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[int]]:
    """Return the numbers of the groups that a stem belongs to."""
    file = resources.files("retrieval.checking").joinpath("data/same.yaml")
    found: dict[str, set[int]] = {}
    for number, words in enumerate(yaml.safe_load(file.read_text("utf-8"))):
        for word in words:
            for stem in stems(search_form(str(word)))[:1]:
                found.setdefault(stem, set()).add(number)
    return {stem: frozenset(numbers) for stem, numbers in found.items()}


class Sameness:
    """Likeness of words between 0 and 1. ``terms`` are groups of words by stem, beside the ones of
    the data file. Safe to use from several threads."""

    def __init__(self, encoder: Encoder, terms: Mapping[str, int]) -> None:
        self._encoder = encoder
        self._terms = terms
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    def matrix(self, words: Sequence[Word], others: Sequence[Word]) -> NDArray[np.float32]:
        """Return the likeness of each of ``words`` to each of ``others``, shape
        ``(words, others)``. Vectors are asked for only where the letters do not tell."""
        likeness = np.zeros((len(words), len(others)), dtype=np.float32)
        known = [(o.stems, verb_base(o.surface), self._groups_of(o)) for o in others]
        for n, word in enumerate(words):
            base, groups = verb_base(word.surface), self._groups_of(word)
            for m, (stems_of, other_base, other_groups) in enumerate(known):
                if base == other_base or not set(word.stems).isdisjoint(stems_of):
                    likeness[n, m] = 1.0
                elif not groups.isdisjoint(other_groups):
                    likeness[n, m] = 0.95
                elif sounds_same(word.surface, others[m].surface):
                    likeness[n, m] = _SOUNDS
        rows = np.flatnonzero(likeness.max(axis=1, initial=0.0) < _SOUNDS)
        if len(rows) and len(others):
            own = self._encoded(words[int(n)].surface for n in rows)
            theirs = self._encoded(other.surface for other in others)
            likeness[rows] = np.maximum(own @ theirs.T, 0.0)
        return likeness

    def _groups_of(self, word: Word) -> frozenset[int]:
        found: set[int] = set()
        for stem in word.stems:
            found |= _groups().get(stem, frozenset())
            if stem in self._terms:
                found.add(-1 - self._terms[stem])
        return frozenset(found)

    def _encoded(self, surfaces: Iterable[str]) -> NDArray[np.float32]:
        wanted = list(surfaces)
        with self._lock:
            held = {word: self._vectors[word] for word in wanted if word in self._vectors}
        missing = [word for word in dict.fromkeys(wanted) if word not in held]
        made = dict(zip(missing, self._encoder.encode_passages(missing), strict=True))
        with self._lock:
            self._vectors.update(made)
            while len(self._vectors) > _HELD:
                self._vectors.popitem(last=False)
        return np.stack([(held if word in held else made)[word] for word in wanted])
