"""Whether two words say the same: the same stem, the same group of words, or near as vectors."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
import yaml
from numpy.typing import NDArray

from retrieval.checking.clauses import Word
from retrieval.checking.cues import verb_base
from retrieval.encoder import Encoder
from retrieval.language.normalise import search_form
from retrieval.language.words import stems

# Vectors of words that are held at most: 384 numbers of four bytes each, so 6 MB.
_HELD = 4_000


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

    def best(self, words: Sequence[Word], others: Sequence[Word]) -> list[float]:
        """Return, for each of ``words``, its likeness to the likest of ``others``."""
        known = {stem for other in others for stem in other.stems}
        bases = {verb_base(other.surface) for other in others}
        groups = {g for other in others for stem in other.stems for g in self._groups_of(stem)}
        found: list[float] = []
        novel: list[int] = []
        for place, word in enumerate(words):
            if known.intersection(word.stems) or verb_base(word.surface) in bases:
                found.append(1.0)
            elif any(groups & self._groups_of(stem) for stem in word.stems):
                found.append(0.95)
            else:
                novel.append(place)
                found.append(0.0)
        if novel and others:
            own = self._encoded(words[place].surface for place in novel)
            likeness = (own @ self._encoded(other.surface for other in others).T).max(axis=1)
            for place, like in zip(novel, likeness, strict=True):
                found[place] = float(max(like, 0.0))
        return found

    def _groups_of(self, stem: str) -> frozenset[int]:
        groups = _groups().get(stem, frozenset())
        return groups | {-1 - self._terms[stem]} if stem in self._terms else groups

    def _encoded(self, surfaces: Iterable[str]) -> NDArray[np.float32]:
        wanted = list(surfaces)
        missing = [word for word in dict.fromkeys(wanted) if word not in self._vectors]
        made = dict(zip(missing, self._encoder.encode_passages(missing), strict=True))
        vectors = np.stack([self._vectors.get(w, made.get(w)) for w in wanted])  # type: ignore[misc]
        self._vectors.update(made)
        while len(self._vectors) > _HELD:
            self._vectors.popitem(last=False)
        return vectors
