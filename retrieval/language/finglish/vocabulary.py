"""Persian words that a Latin spelling may stand for, by their key (``sounds.key_of``).

Words of the language come with the ``finglish`` package: counts of the Persian Wikipedia (Esfahbod
2012, CC BY-SA 3.0). Words of the knowledge folder come on top, each as frequent as any other.
"""

from __future__ import annotations

import importlib.util
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from retrieval.language.detect import is_persian_script
from retrieval.language.finglish.sounds import keys_of
from retrieval.language.normalise import HALF_SPACE, search_form

# What its list counts fewer times is left out: hardly a word that anyone types is among it.
_RARE = 30
# A folder of few words still says little about each.
_SMALLEST_FOLDER = 5_000
_PERSIAN = re.compile(f"[اآأئءؤبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی{HALF_SPACE}]{{2,}}")
_FOLDS = re.compile("[آأئءؤ]")
# A word, the same in search form, its relative frequency.
_Counted = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the language and those of the knowledge folder."""

    folder: frozenset[str]
    _counts: Mapping[str, tuple[_Counted, ...]]
    _own: Mapping[str, tuple[str, ...]]
    _share: float

    def words(self, key: str) -> Iterator[tuple[str, float]]:
        """Give the words of ``key``, each with its cost: the less likely, the higher (nats)."""
        for word, form, frequency in self._counts.get(key, ()):
            share = self._share if form in self.folder else 0.0
            yield word, -math.log((frequency + share) / 2)
        for word in self._own.get(key, ()):
            yield word, self.own_cost

    @property
    def own_cost(self) -> float:
        """The cost of a word that stands in the folder and nowhere else."""
        return -math.log(self._share / 2)


@lru_cache(maxsize=2)  # the folder as it is, and before an index made anew
def vocabulary_of(folder: frozenset[str]) -> Vocabulary:
    """Return the vocabulary with the words ``folder``, in search form."""
    persian = sorted(word for word in folder if is_persian_script(word))
    counts = _word_counts()
    own: dict[str, list[str]] = {}
    for word, key in zip(persian, keys_of(persian), strict=True):
        if all(form != word for _, form, _ in counts.get(key, ())):
            own.setdefault(key, []).append(word)
    share = 1 / max(len(persian), _SMALLEST_FOLDER)
    return Vocabulary(folder, counts, {key: tuple(words) for key, words in own.items()}, share)


@lru_cache(maxsize=1)
def _word_counts() -> dict[str, tuple[_Counted, ...]]:
    """Return the words of the package by key, read when first needed."""
    words, counts = _frequent_words()
    total = sum(counts)
    by_key: dict[str, list[_Counted]] = {}
    for key, word, count in zip(keys_of(words), words, counts, strict=True):
        form = search_form(word) if _FOLDS.search(word) else word
        by_key.setdefault(key, []).append((word, form, count / total))
    return {key: tuple(found) for key, found in by_key.items()}


def _frequent_words() -> tuple[list[str], list[int]]:
    """Return words and their counts, the most frequent first, as the file has them."""
    words: list[str] = []
    counts: list[int] = []
    with _list_file().open(encoding="utf-8") as file:
        for line in file:
            word, _, count = line.strip().partition("\t")
            if _PERSIAN.fullmatch(word):
                if int(count) < _RARE:
                    break
                words.append(word)
                counts.append(int(count))
    return words, counts


def _list_file() -> Path:
    """Return where the list lies: found without importing the package, which would read all of
    it, 130 MB once in memory."""
    package = importlib.util.find_spec("finglish")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("install the package finglish: it is missing", name="finglish")
    return Path(package.submodule_search_locations[0]) / "persian-word-freq.txt"
