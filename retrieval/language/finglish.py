"""Persian in Latin letters ("Finglish"), recognised and written back in Persian letters.

Known spellings come from the glossary and ``data/finglish.yaml``; the rest goes through the
``finglish`` package, whose candidates are weighed by the words of the knowledge folder.
"""

from __future__ import annotations

import importlib.util
import io
import math
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from types import ModuleType
from typing import Any, TextIO

import yaml

from retrieval.language.detect import is_persian_script
from retrieval.language.normalise import search_form
from retrieval.language.words import stop_words

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
# Endings typed onto a known word, and what they are in Persian letters.
_ENDINGS = {
    "emoon": "مان", "emun": "مان", "etoon": "تان", "etun": "تان", "eshoon": "شان", "eshun": "شان",
    "haye": "های", "hay": "های", "ha": "ها", "amo": "م را", "emo": "م را", "eto": "ت را",
    "esho": "ش را", "mo": "م را", "sho": "ش را", "am": "م", "em": "م", "et": "ت", "esh": "ش",
    "ash": "ش", "ro": " را", "ye": "", "e": "", "o": " را", "i": "ی", "a": "ها", "m": "م",
    "s": " است",
}  # fmt: skip
# The package multiplies out every reading of every letter; past this many it takes seconds.
_MOST_READINGS = 20_000
_CANDIDATES = 8
# A word that its frequency list counts fewer times than this is left out: 60,000 remain.
_RARE = 10


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known Finglish spellings, phrases among them, and the spellings that are English as well."""

    words: Mapping[str, str]
    shared: frozenset[str]
    longest: int

    @classmethod
    def of(cls, terms: Iterable[tuple[str, str]]) -> Lexicon:
        """Return the everyday lexicon together with ``terms``: (Finglish, Persian) pairs."""
        data = _data()
        words = {str(key).replace("_", " "): value for key, value in data["words"].items()}
        words.update((search_form(latin), persian) for latin, persian in terms)
        longest = max(key.count(" ") + 1 for key in words)
        return cls(words, frozenset(str(word) for word in data["shared"]), longest)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    file = resources.files("retrieval.language").joinpath("data/finglish.yaml")
    loaded: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return loaded


def is_finglish(
    text: str,
    lexicon: Lexicon,
    english: frozenset[str],
    vocabulary: frozenset[str] = frozenset(),
) -> bool:
    """Return whether Latin ``text`` is Persian rather than English.

    Each word votes for the language it is known in; ``english`` and ``vocabulary`` hold the English
    and Persian words of the knowledge folder in search form. A word known in both, or in neither,
    does not vote. Where no word is known at all, it is Persian if half of several words can be
    spelt as Persian words of the folder.
    """
    persian_votes = english_votes = 0
    words = [word for word in _WORD.findall(search_form(text)) if word not in lexicon.shared]
    for word in words:
        in_persian = _known(word, lexicon) is not None
        in_english = word in english or word in stop_words()
        persian_votes += in_persian and not in_english
        english_votes += in_english and not in_persian
    if persian_votes or english_votes:
        return persian_votes > english_votes
    spelt = sum(search_form(_spelt(word, vocabulary)) in vocabulary for word in words)
    return len(words) > 1 and 2 * spelt >= len(words)


def to_persian(text: str, lexicon: Lexicon, vocabulary: frozenset[str]) -> str:
    """Return Finglish ``text`` in Persian letters.

    Phrases of the lexicon come first, the longest first. ``vocabulary`` holds the Persian words
    of the knowledge folder, which settle how an unknown word is spelt.
    """
    words = _WORD.findall(search_form(text)) if not is_persian_script(text) else []
    written: list[str] = []
    position = 0
    while position < len(words):
        for size in range(min(lexicon.longest, len(words) - position), 0, -1):
            phrase = " ".join(words[position : position + size])
            persian = _known(phrase, lexicon)
            if persian is not None:
                break
        else:
            size, persian = 1, _spelt(words[position], vocabulary)
        written.append(persian)
        position += size
    return " ".join(written)


def _known(phrase: str, lexicon: Lexicon) -> str | None:
    """Return the Persian spelling of ``phrase``, with or without an ending typed onto it."""
    found = lexicon.words.get(phrase)
    if found is not None:
        return found
    for ending, persian in _ENDINGS.items():
        stem = phrase.removesuffix(ending)
        if len(stem) >= 3 and stem != phrase:
            for form in (stem, f"{stem}e", f"{stem}eh"):
                if form in lexicon.words and form not in lexicon.shared:
                    return f"{lexicon.words[form]}{persian}"
    return None


@lru_cache(maxsize=1)
def _converter() -> ModuleType:
    """Load the package's converter when first needed, without what it prints.

    Imported as usual it holds 400,000 word frequencies in 130 MB, nine in ten of them of words
    that are hardly ever written. So it is handed an ``open`` that leaves those out, and, as its
    ``__init__`` would read everything first, an empty package in its place.
    """
    package = importlib.util.find_spec("finglish")
    if package is None or package.submodule_search_locations is None:
        raise ModuleNotFoundError("finglish", name="finglish")
    empty = ModuleType("finglish")
    empty.__path__ = list(package.submodule_search_locations)
    before = sys.modules.get("finglish")
    sys.modules["finglish"] = empty
    try:
        spec = importlib.util.find_spec("finglish.f2p")
        if spec is None or spec.loader is None:
            raise ModuleNotFoundError("finglish.f2p", name="finglish.f2p")
        module = importlib.util.module_from_spec(spec)
        vars(module).update(open=_without_rare_words, print=lambda *_: None)
        spec.loader.exec_module(module)
    finally:
        del sys.modules["finglish"]
        if before is not None:
            sys.modules["finglish"] = before
    return module


def _without_rare_words(path: str, encoding: str) -> TextIO:
    text = Path(path).read_text(encoding)
    if path.endswith("word-freq.txt"):
        text = "".join(line for line in text.splitlines(keepends=True) if _is_frequent(line))
    return io.StringIO(text)


def _is_frequent(line: str) -> bool:
    count = line.split()[-1:]
    return not line.startswith("#") and bool(count) and int(count[0]) >= _RARE


def _readings(word: str) -> int:
    converter = _converter()
    total = 0
    for letters in converter.variations(word):
        tables = (
            converter.beginning if place == 0
            else converter.ending if place == len(letters) - 1
            else converter.middle
            for place in range(len(letters))
        )  # fmt: skip
        total += math.prod(
            len(table.get(letter, "?")) for table, letter in zip(tables, letters, strict=True)
        )
    return total


def _spelt(word: str, vocabulary: frozenset[str]) -> str:
    if len(word) > 15 or _readings(word) > _MOST_READINGS:
        return word
    candidates = [form for form, _ in _converter().f2p_word(word, cutoff=_CANDIDATES)]
    known = next((form for form in candidates if search_form(form) in vocabulary), None)
    return known or (candidates[0] if candidates else word)
