"""Persian letters to Latin ones, as people type it who have no Persian keyboard.

Everyday words come from ``finglish.yaml``. The rest goes by rule: one spelling a letter, and an
``a`` where a syllable has no written vowel. Real people guess vowels better than that, so this is
a harder Finglish than they write; the questions of script ``latin`` are real people's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tests.eval.perturb.letters import HALF_SPACE

_WORD = re.compile(f"[\u0600-\u06ff{HALF_SPACE}]+")
_CONSONANTS = dict(
    zip("بپتثجچحخدذرزژسشصضطظعغفقکگلمنه",
        "b p t s j ch h kh d z r z zh s sh s z t z a gh f gh k g l m n h".split(), strict=True)
)  # fmt: skip
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
_MARKS = str.maketrans("؟،؛«»", '?,;""')
_PREFIXES = (("نمی", "nemi"), ("می", "mi"))


def to_latin(text: str) -> str:
    """Return ``text`` in Latin letters; what is not Persian stays as it is."""
    plain = text.translate(_DIGITS).translate(_MARKS)
    return _WORD.sub(lambda match: _word(match.group().strip(HALF_SPACE)), plain)


def _word(word: str) -> str:
    known = _data()["words"]
    if word in known:
        return str(known[word])
    joined = word.replace(HALF_SPACE, "")
    if joined in known:
        return str(known[joined])
    for prefix, latin in _PREFIXES:
        rest = word.removeprefix(prefix).removeprefix(HALF_SPACE)
        if rest != word and len(rest) > 1:
            return latin + _stem(rest)
    return _stem(word)


def _stem(word: str) -> str:
    """Return a word without prefix: known, known with an ending, or by rule."""
    known, endings = _data()["words"], _data()["endings"]
    if word in known:
        return str(known[word])
    for cut in range(1, len(word)):
        stem, ending = word[:cut].rstrip(HALF_SPACE), word[cut:].lstrip(HALF_SPACE)
        if len(stem) > 2 and stem in known and ending in endings:
            return str(known[stem]) + str(endings[ending])
    return "".join(_spelt(part) for part in word.split(HALF_SPACE))


def _spelt(word: str) -> str:
    """Return ``word`` spelt by rule: a consonant that no vowel follows gets an ``a``, unless it
    closes a syllable."""
    out = ""
    open_syllable = False  # whether the syllable so far has its vowel
    for place, letter in enumerate(word):
        after = word[place + 1 : place + 2]
        if letter in "آا":
            out, open_syllable = out + "a", True
        elif letter == "و":
            vowel = place > 0 and not open_syllable
            out, open_syllable = out + ("oo" if vowel else "v"), vowel
        elif letter in "یئ":
            vowel = place > 0 and not open_syllable
            out, open_syllable = out + ("i" if vowel else "y"), vowel
        elif letter == "ه" and not after and not open_syllable:
            out, open_syllable = out + "e", True
        elif letter in _CONSONANTS:
            out += _CONSONANTS[letter]
            if open_syllable:
                # Closes the syllable; with a vowel after it, it opens the next.
                open_syllable = False
            elif after and after not in "آاوی" and word[place + 1 :] != "ه":
                out, open_syllable = out + "a", True
    return out


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, Any]]:
    text = Path(__file__).with_suffix(".yaml").read_text("utf-8")
    data: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return data
