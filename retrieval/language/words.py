"""Text to the word stems that BM25 counts.

Stems come from the Snowball stemmers (Porter's English, and the Persian one of Snowball 3).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

import Stemmer
import yaml

from retrieval.language.detect import is_persian_script
from retrieval.language.normalise import HALF_SPACE, search_form

_WORD = re.compile(f"[^\\W_]+(?:[{HALF_SPACE}'’][^\\W_]+)*")
# Written apart, together or with a half-space, these are endings and prefixes, not words.
_SUFFIXES = frozenset(
    "ها های هایی هایم هایت هایش هایمان هایتان هایشان ام ات اش ای ایم اید اند مان تان شان تر ترین "
    "هام هات هاش هامون هاتون هاشون مون تون شون".split()
)
_PREFIXES = frozenset({"می", "نمی"})
_JOINED_PREFIX = re.compile("^(?:نمی|می)(?=.{3,})")
# Spoken object endings: «گوشیمو», «رمزتو», «حسابشو».
_SPOKEN_ENDING = re.compile("(?<=.{4})(?:(?:م|ت|ش)و|رو)$")

_local = threading.local()


def _stemmer(language: str) -> Stemmer.Stemmer:
    """Return this thread's stemmer: a Snowball stemmer is not safe to share between threads."""
    stemmers: dict[str, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(language)
    return stemmers[language]


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, str] | list[str]]:
    text = resources.files("retrieval.language").joinpath("data/words.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, str] | list[str]] = yaml.safe_load(text)
    return loaded


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the words too common to say what a question is about, in search form."""
    data = _data()
    return frozenset(search_form(word) for word in (*data["stop_fa"], *data["stop_en"]))


@lru_cache(maxsize=1)
def greetings() -> frozenset[str]:
    """Return the words of greetings and thanks, in search form."""
    return frozenset(search_form(word) for word in _data()["greetings"])


@lru_cache(maxsize=1)
def _spoken() -> dict[str, str]:
    pairs = _data()["spoken"]
    assert isinstance(pairs, dict)  # noqa: S101 - the data file is ours
    return {search_form(spoken): search_form(written) for spoken, written in pairs.items()}


@lru_cache(maxsize=1)
def _kept() -> tuple[str, ...]:
    return tuple(search_form(word) for word in _data()["kept"])


def surface_words(text: str) -> list[str]:
    """Return the words of ``text`` in search form, unstemmed, half-spaces kept."""
    return _WORD.findall(search_form(text))


def _persian_parts(word: str) -> Iterator[str]:
    word = _spoken().get(word, word)
    parts = [part for part in word.split(HALF_SPACE) if part]
    if len(parts) > 1:
        parts = [p for p in parts if p not in _SUFFIXES and p not in _PREFIXES] or parts[:1]
        if len(parts) > 1:
            yield "".join(parts)
    yield from parts


def _stem_persian(word: str) -> str:
    whole = next((kept for kept in _kept() if word.startswith(kept)), None)
    if whole is not None:
        return whole
    word = _SPOKEN_ENDING.sub("", _JOINED_PREFIX.sub("", word))
    stem: str = _stemmer("persian").stemWord(_spoken().get(word, word))
    return stem


def stems(word: str) -> list[str]:
    """Return the stems of one surface word: several for a compound (the whole and its parts)."""
    if not is_persian_script(word):
        word = word.replace("’", "'").removesuffix("'s")
        return [_stemmer("english").stemWord(_spoken().get(word, word))]
    return [_stem_persian(part) for part in _persian_parts(word)]


def tokens(text: str) -> list[str]:
    """Return the stems of ``text`` without stop words, in order, repeats kept.

    A compound written with a half-space gives the whole and its parts, so that «پیام‌رسان»,
    «پیام رسان» and «پیامرسان» meet. The script of each word picks its stemmer, so mixed text
    needs no language.
    """
    skip = stop_words()
    return [
        stem
        for word in surface_words(text)
        if word not in skip and word not in _SUFFIXES and word not in _PREFIXES
        for stem in stems(word)
        if stem and stem not in skip
    ]
