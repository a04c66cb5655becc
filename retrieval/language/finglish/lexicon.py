"""Known Finglish spellings: the glossary's, everyday words, loans; and what is typed onto them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from retrieval.language.finglish.sounds import unlikeness
from retrieval.language.normalise import search_form


@dataclass(frozen=True, slots=True)
class Ending:
    """What is typed onto a word, what it is in Persian letters, and how unlikely it is (nats)."""

    typed: str
    persian: str
    cost: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known spellings, phrases among them, and the spellings that are English as well.

    ``folded`` holds the words once more, by what their spellings have in common (``folded``).
    ``loose`` are spellings of the glossary that do not sound like their Persian: «mobile», «گوشی».
    """

    words: Mapping[str, str]
    folded: Mapping[str, str]
    shared: frozenset[str]
    loose: frozenset[str]
    longest: int

    @classmethod
    def of(cls, terms: Iterable[tuple[str, str]]) -> Lexicon:
        """Return the everyday lexicon together with ``terms``: (Finglish, Persian) pairs.

        Of several Persian words for one spelling, the first is taken that sounds like it, or else
        the first.
        """
        everyday = _pairs("loans") | _pairs("words")
        found: dict[str, str] = {}
        loose: dict[str, None] = {}
        for latin, persian in terms:
            typed = search_form(latin)
            if typed in everyday or (typed in found and typed not in loose):
                continue
            if unlikeness(typed, search_form(persian)) <= _LOOSE:
                found[typed] = persian
                loose.pop(typed, None)
            elif typed not in found:
                found[typed], loose[typed] = persian, None
        words = everyday | found
        by_fold: dict[str, str] = {}
        for latin, persian in words.items():
            by_fold.setdefault(" ".join(map(folded, latin.split())), persian)
        shared = frozenset(str(word) for word in data()["shared"]) | _pairs("loans").keys()
        return cls(
            words, by_fold, shared, frozenset(loose), max(len(latin.split()) for latin in words)
        )

    def find(self, word: str) -> str | None:
        """Return the Persian of ``word`` spelt so, or spelt alike."""
        return self.words.get(word) or self.folded.get(folded(word))

    def longest_phrase(
        self, words: Sequence[str], forms: Sequence[str], start: int
    ) -> tuple[str, str, int] | None:
        """Return the longest known phrase of ``words`` from ``start``: as typed, in Persian, and
        of how many words; ``forms`` are the words folded."""
        for end in range(min(start + self.longest, len(words)), start, -1):
            phrase = " ".join(words[start:end])
            found = self.words.get(phrase) or self.folded.get(" ".join(forms[start:end]))
            if found is not None:
                return phrase, found, end - start
        return None

    def with_ending(self, word: str) -> str | None:
        """Return the Persian of a known word with an ending typed onto it."""
        for ending in endings_of(word):
            if len(ending.typed) == 1 and word[: -len(ending.typed)] in self.shared:
                continue  # «phones», «proxy»: English too
            found = self.stem(word, ending)
            if found is not None:
                return found + ending.persian
        return None

    def stem(self, word: str, ending: Ending) -> str | None:
        """Return the Persian of the known word that ``ending`` was typed onto, if it was."""
        stem = word.removesuffix(ending.typed)
        if len(stem) < _SHORTEST_STEM:
            return None
        forms = (stem, f"{stem}e") if ending.typed[0] in "aeio" else (stem,)
        return next((found for form in forms if (found := self.find(form))), None)


_SHORTEST_STEM = 3
# Above this unlikeness, a spelling does not sound like its Persian.
_LOOSE = 0.5
_FOLDS = (
    (re.compile(r"(?:oo|ou|u)w?"), "u"),
    (re.compile(r"ee|ii"), "i"),
    (re.compile(r"aa"), "a"),
    (re.compile(r"e[iy]|ai"), "ey"),
    (re.compile(r"i+ye|iie"), "ie"),
    (re.compile(r"eh$"), "e"),
    (re.compile(r"q"), "gh"),
    (re.compile(r"w"), "v"),
    (re.compile(r"x"), "kh"),
    (re.compile(r"([b-df-hj-np-tvz])\1+"), r"\1"),
    (re.compile(r"'"), ""),
)


def folded(word: str) -> str:
    """Return what the usual spellings of a Finglish word have in common: «khoob», «khub», «xub»."""
    for pattern, common in _FOLDS:
        word = pattern.sub(common, word)
    return word


@lru_cache(maxsize=1)
def data() -> dict[str, Any]:
    """Return what ``data/finglish.yaml`` holds."""
    file = resources.files("retrieval.language").joinpath("data/finglish.yaml")
    loaded: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return loaded


def _pairs(name: str) -> dict[str, str]:
    return {str(key).replace("_", " "): value for key, value in data()[name].items()}


@lru_cache(maxsize=1)
def _endings() -> dict[str, tuple[Ending, ...]]:
    """Return the endings by their last letter, the longest first."""
    by_last: dict[str, list[Ending]] = {}
    for spellings, (persian, cost) in data()["endings"].items():
        for typed in str(spellings).split():
            by_last.setdefault(typed[-1], []).append(Ending(typed, persian, cost))
    return {
        last: tuple(sorted(found, key=lambda ending: -len(ending.typed)))
        for last, found in by_last.items()
    }


def endings_of(word: str) -> list[Ending]:
    """Return the endings that ``word`` may have, the longest first."""
    return [ending for ending in _endings().get(word[-1:], ()) if word.endswith(ending.typed)]
