"""Whether a name stands among words, in its own script or as it sounds in the other."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from retrieval.language.detect import is_persian_script
from retrieval.language.normalise import search_form
from retrieval.language.words import stems

# How alike (percent) the consonants of two spellings across scripts must be.
_SOUNDS_LIKE = 72
# How alike, and of how many consonants, where nothing tells that they are names.
_SURELY, _SURELY_LONG = 85, 3
# How Persian letters sound in Latin ones; a dash is a vowel or nothing.
_SOUNDS = dict(
    zip("بپتثجچحخدذرزژسشصضطظعغفقکگلمنهیو", "bptsjchkdzrzzsssztz-kfkkglmnh-w", strict=True)
)
_LATIN_SOUNDS = (
    ("sh", "s"), ("ch", "c"), ("kh", "k"), ("gh", "k"), ("ph", "f"), ("th", "t"), ("x", "ks"),
    ("q", "k"), ("v", "w"), ("zh", "z"), ("ck", "k"), ("ce", "se"), ("ci", "si"), ("cy", "sy"),
    ("c", "k"),
)  # fmt: skip


def is_named(name: str, words: frozenset[str]) -> bool:
    """Return whether ``words`` (in search form) hold ``name``, in its own or the other script."""
    if name in words:
        return True
    parts = [part for part in re.split(r"[.'+-]", name) if part]
    if len(parts) > 1 and all(part in words for part in parts):
        return True
    stem = stems(name)[:1]
    if any(stems(word)[:1] == stem for word in words):
        return True
    return any(sounds_like(word, name) for word in words)


def sounds_like(form: str, name: str) -> bool:
    """Return whether ``form`` is ``name`` as the other script spells it."""
    if is_persian_script(form) == is_persian_script(name):
        return False
    one, other = (_consonants(search_form(text)) for text in (form, name))
    if min(len(one), len(other)) < 2:
        return bool(one) and one == other
    return fuzz.ratio(one, other) >= _SOUNDS_LIKE


def sounds_same(one: str, other: str) -> bool:
    """Return whether two words in search form, of two scripts, are surely one as it sounds."""
    if is_persian_script(one) == is_persian_script(other):
        return False
    sounds = _consonants(one), _consonants(other)
    return min(map(len, sounds)) >= _SURELY_LONG and fuzz.ratio(*sounds) >= _SURELY


@lru_cache(maxsize=4096)
def _consonants(word: str) -> str:
    """Return the consonants of a name as they sound, in Latin letters."""
    if is_persian_script(word):
        sounds = "".join(_SOUNDS.get(letter, "") for letter in word)
    else:
        sounds = word
        for spelt, sound in _LATIN_SOUNDS:
            sounds = sounds.replace(spelt, sound)
    sounds = re.sub("[^bcdfghjklmnpqrstwxz]", "", sounds)
    # Inside a word «و» is mostly a vowel.
    return re.sub(r"(.)\1", r"\1", sounds[:1] + sounds[1:].replace("w", ""))
