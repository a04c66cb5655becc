"""How Persian sounds when written in Latin letters: the channel of the noisy-channel reading.

A word is cut into consonants and the vowels between them. Its consonants, with a mark for what it
begins with, are its key: a Latin spelling and the Persian word it stands for have the same key,
whatever was done with the vowels. ``Typed.cost`` then says how well vowels and letters agree. Costs
are negative log probabilities (nats), set by hand.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from retrieval.language.normalise import HALF_SPACE

# What is longer is an address, a key or a joke, but no word.
LONGEST_WORD = 30

# Consonants that one Latin spelling may stand for share a key; the first of each stands for all.
_ALIKE = {"ط": "ت", "ص": "س", "ث": "س", "ح": "ه", "ذ": "ز", "ض": "ز", "ظ": "ز", "ژ": "ج",
          "غ": "گ", "ق": "گ"}  # fmt: skip
_VOWELS = "اآأإعئءؤوی"
_KEY = str.maketrans({**_ALIKE, **dict.fromkeys((*_VOWELS, HALF_SPACE))})
_FIRST = {**dict.fromkeys("اآأإع", "ا"), "و": "و", "ی": "ی"}
_CUT = re.compile("[بپتطسصثجژچهحخدذزضظرشغقگفکلمن]")

# What a consonant typed so stands for: its place in the key, and the cost of the letters that share
# it. Those that are not named cost nothing: how frequent a word is tells homophones apart.
_TYPED = {
    "b": "ب", "p": "پ", "t": "ت", "s": "س", "j": "ج", "zh": "ج", "ch": "چ", "h": "ه", "kh": "خ",
    "x": "خ", "d": "د", "z": "ز", "r": "ر", "sh": "ش", "gh": "گ", "q": "گ", "g": "گ", "f": "ف",
    "ph": "ف", "k": "ک", "ck": "ک", "c": "ک", "l": "ل", "m": "م", "n": "ن",
}  # fmt: skip
_UNLIKELY = {
    ("j", "ژ"): 1.0, ("zh", "ج"): 3.0, ("gh", "گ"): 3.0, ("q", "گ"): 3.0, ("q", "غ"): 0.5,
    ("g", "ق"): 1.5, ("g", "غ"): 1.5, ("t", "ط"): 0.2, ("s", "ث"): 0.3, ("z", "ظ"): 0.3,
}  # fmt: skip
# Read otherwise: what is typed, what it may be instead, at what cost. Final letters are vowels'.
_OTHERWISE = (
    (re.compile(r"([cgksz])h(?!$)"), r"\1-h", 1.5),  # «اسحاق», «مکه»: two letters, not one
    (re.compile(r"n?mb"), "nb", 0.3),  # «شنبه» is said with m
    (re.compile(r"([bcdfghjklmnpqrstz])\1"), r"\1-\1", 0.5),  # «ممنون»: both are written
    (re.compile(r"x"), "ks", 0.5),
    (re.compile(r"c(?=[eiy])"), "s", 0.3),
    (re.compile(r"g(?=[ei])"), "j", 1.5),
    (re.compile(r"(?<=..)an$"), "aa", 1.5),  # «اصلا»: the n is heard, and not written
)
_MOST_OTHERWISE = 6
_CONSONANT = re.compile(r"([ckgsz]h|ph|ck|[bcdfgjklmnpqrstxz]|h(?!$))")
_BEGINS = {**dict.fromkeys("aeiou'", "ا"), "v": "و", "w": "و", "y": "ی"}
_SAME_TWICE = re.compile(r"([bcdfghjklmnpqrstz])\1+")
_LONG_RUN = re.compile(r"(.)\1{2,}")

_Place = Literal["start", "middle", "end"]
# Vowels as typed, the letters they stand for, the cost; "" is nothing typed or nothing written.
_ANYWHERE = {
    ("a", "ا"): 0.2, ("aa", "ا"): 0.0, ("a", ""): 0.8, ("a", "ع"): 0.3, ("e", "ع"): 0.3,
    ("o", "ع"): 0.5, ("", "ع"): 0.4, ("'", "ع"): 0.0, ("'", "ئ"): 0.1, ("'", ""): 0.5,
    ("a", "عا"): 0.3, ("aa", "عا"): 0.2, ("a'", "ع"): 0.1, ("a", "اع"): 0.7,
    ("e", ""): 0.6, ("o", ""): 0.8, ("e", "ا"): 3.0, ("o", "ا"): 3.5, ("i", ""): 3.0,
    ("u", ""): 2.5, ("ou", ""): 2.0, ("oo", ""): 3.0,
    ("u", "و"): 0.1, ("oo", "و"): 0.1, ("ou", "و"): 0.2, ("o", "و"): 0.8, ("v", "و"): 0.1,
    ("w", "و"): 0.2, ("ow", "و"): 0.2, ("uw", "و"): 0.4, ("ov", "و"): 0.6, ("a", "وا"): 1.0,
    ("aa", "وا"): 0.5, ("uv", "و"): 0.5, ("oov", "و"): 0.5, ("ouv", "و"): 0.6, ("vv", "و"): 0.3,
    ("i", "ی"): 0.1, ("ee", "ی"): 0.1, ("y", "ی"): 0.1, ("ey", "ی"): 0.2, ("ei", "ی"): 0.2,
    ("ay", "ی"): 0.4, ("ai", "ی"): 0.6, ("e", "ی"): 2.0, ("iy", "ی"): 0.2, ("yy", "ی"): 0.2,
    ("eey", "ی"): 0.3, ("ie", "ی"): 0.8, ("i", "ئ"): 0.2, ("y", "ئ"): 0.2, ("e", "ئ"): 0.3,
    ("a", "ئ"): 0.4, ("", "ئ"): 0.6, ("iy", "ئی"): 0.3, ("i", "ئی"): 0.2, ("yi", "ئی"): 0.1,
    ("ee", "ئی"): 0.2, ("i", "یی"): 0.4, ("yi", "یی"): 0.1, ("ii", "یی"): 0.1, ("ee", "یی"): 0.4,
    ("i", "ای"): 0.8, ("o", "ؤ"): 0.2, ("u", "ؤ"): 0.2, ("a", "أ"): 0.2, ("", "ء"): 0.2,
}  # fmt: skip
_PLACES: dict[_Place, dict[tuple[str, str], float]] = {
    "start": {
        ("a", "ا"): 0.3, ("a", "آ"): 0.2, ("aa", "آ"): 0.0, ("aa", "ا"): 1.5, ("e", "ا"): 0.2,
        ("o", "ا"): 0.5, ("e", "آ"): 4.0, ("o", "آ"): 3.0, ("i", "ا"): 2.5, ("i", "ای"): 0.1,
        ("ee", "ای"): 0.1, ("ei", "ای"): 0.2, ("ey", "ای"): 0.2, ("e", "ای"): 1.5, ("y", "ای"): 1.0,
        ("u", "او"): 0.1, ("oo", "او"): 0.1, ("ou", "او"): 0.1, ("o", "او"): 0.5, ("u", "ا"): 1.5,
        ("ow", "او"): 0.1, ("av", "او"): 0.3, ("u", "آ"): 2.0, ("oo", "آ"): 2.0,
        ("i", "عی"): 0.2, ("e", "عی"): 1.5, ("o", "عو"): 0.5, ("o", "ع"): 0.3, ("a", "ع"): 0.3,
    },
    "middle": {("a", "آ"): 0.5, ("aa", "آ"): 0.3},
    "end": {
        ("e", "ه"): 0.1, ("eh", "ه"): 0.1, ("a", "ه"): 1.2, ("ah", "ه"): 0.4, ("h", "ه"): 0.1,
        ("h", "ح"): 0.1, ("a", "ی"): 2.0, ("e", ""): 3.0, ("a", ""): 3.0, ("o", ""): 3.0,
        ("i", ""): 4.0, ("ah", "ا"): 1.5, ("a", "ا"): 0.2, ("", "ه"): 2.5, ("", "ح"): 2.5,
        ("e", "ح"): 4.0, ("", "ع"): 0.3, ("e", "ع"): 1.5, ("i", "ی"): 0.0,
    },
}  # fmt: skip
_NOTHING_TYPED, _NOTHING_WRITTEN = 3.0, 2.5
# Before n and m a long a is often said otherwise: «خونه», «حموم».
_SPOKEN = {("u", "ا"): 1.2, ("oo", "ا"): 1.2, ("ou", "ا"): 1.5, ("o", "ا"): 2.0}
# No vowel is heard before the next consonant; after a long one that is rarer still.
_NO_VOWEL, _NONE_AFTER_LONG = 0.3, 1.0


@dataclass(frozen=True, slots=True)
class Typed:
    """One way of cutting a Latin word: its key, the vowels around its consonants, those of its
    consonants (by place) that do not stand for all letters of their key alike, and which of its
    vowels stand before n or m."""

    key: str
    vowels: tuple[str, ...]
    telling: tuple[tuple[int, str], ...]
    before_nasals: frozenset[int]
    unlikely: float

    def cost(self, word: str) -> float:
        """Return how unlikely it is that somebody types so for ``word``, a Persian word of the
        same key."""
        end = word[-1] if word[-1] in "هح" else ""
        written = _CUT.split(word[:-1] if end else word)
        written[-1] += end
        last = len(written) - 1
        total = self.unlikely
        place: _Place = "start"
        long_before = False
        for number, (typed, letters) in enumerate(zip(self.vowels, written, strict=True)):
            if typed or letters:
                total += _vowel_cost(typed, letters, place, number in self.before_nasals)
            elif place == "middle":
                total += _NONE_AFTER_LONG if long_before else _NO_VOWEL
            place = "end" if number + 1 == last else "middle"
            long_before = bool(letters) and letters[-1] in "اآوی"
        if self.telling:
            consonants = _CUT.findall(word)
            total += sum(_UNLIKELY.get((typed, consonants[n]), 0.0) for n, typed in self.telling)
        return total


_TELLING = frozenset(typed for typed, _ in _UNLIKELY)


def key_of(word: str) -> str:
    """Return the key of a Persian word."""
    return keys_of([word])[0]


def keys_of(words: Sequence[str]) -> list[str]:
    """Return the keys of Persian words: of many at once in a third of the time."""
    inner = "\n".join(word[:-1] if word[-1:] in ("ه", "ح") else word for word in words)
    keys = inner.translate(_KEY).split("\n") if words else []
    return [_FIRST.get(word[:1], "") + key for word, key in zip(words, keys, strict=True)]


def cuts(word: str) -> list[Typed]:
    """Return the ways of cutting Latin ``word``, the likeliest first; none if it is no word."""
    word = _LONG_RUN.sub(r"\1\1", word)
    if not word or len(word) > LONGEST_WORD:
        return []
    spellings = [(word, 0.0)]
    for pattern, other, cost in _OTHERWISE:
        for spelling, so_far in spellings[:_MOST_OTHERWISE]:
            changed = pattern.sub(other, spelling)
            if changed != spelling:
                spellings.append((changed, so_far + cost))
    return [_cut(spelling, cost) for spelling, cost in spellings[:_MOST_OTHERWISE]]


def unlikeness(typed: str, persian: str) -> float:
    """Return how badly ``typed`` renders ``persian``, words or phrases, per letter; infinite where
    even the consonants differ."""
    word = persian.replace(" ", "").replace(HALF_SPACE, "")
    latin = typed.replace(" ", "")
    costs = [cut.cost(word) for cut in cuts(latin) if cut.key == key_of(word)] if word else []
    return min(costs, default=math.inf) / max(len(latin), 1)


def _cut(spelling: str, cost: float) -> Typed:
    parts = _CONSONANT.split(_SAME_TWICE.sub(r"\1", spelling))
    consonants = parts[1::2]
    return Typed(
        _BEGINS.get(spelling[0], "") + "".join(map(_TYPED.__getitem__, consonants)),
        tuple(vowels.replace("-", "") for vowels in parts[::2]),
        tuple((n, typed) for n, typed in enumerate(consonants) if typed in _TELLING),
        frozenset(n for n, typed in enumerate(consonants) if typed in "nm"),
        cost,
    )


@lru_cache(maxsize=8192)
def _vowel_cost(typed: str, written: str, place: _Place, before_nasal: bool) -> float:
    """Return the cost of the cheapest way to align ``typed`` with ``written``.

    What is kept is at most a few letters long, and no word of anyone's.
    """
    rules = _RULES[place, before_nasal]
    written = written.replace(HALF_SPACE, "")
    best = [[math.inf] * (len(written) + 1) for _ in range(len(typed) + 1)]
    best[0][0] = 0.0
    for i, row in enumerate(best):
        for j, so_far in enumerate(row):
            for size, length in _STEPS:
                if i + size < len(best) and j + length < len(row):
                    pair = typed[i : i + size], written[j : j + length]
                    step = so_far + rules.get(pair, _UNMATCHED.get((size, length), math.inf))
                    best[i + size][j + length] = min(best[i + size][j + length], step)
    return best[-1][-1]


_RULES = {
    (place, before_nasal): _ANYWHERE | rules | (_SPOKEN if before_nasal else {})
    for place, rules in _PLACES.items()
    for before_nasal in (False, True)
}
_STEPS = tuple((size, length) for size in range(4) for length in range(3) if size or length)
_UNMATCHED = {(0, 1): _NOTHING_TYPED, (1, 0): _NOTHING_WRITTEN}
