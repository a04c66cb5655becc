"""A Latin word that is no known Persian one, letter by letter in Persian: names, above all."""

from __future__ import annotations

import re

# The most usual letter of each sound; a short vowel is written where a word begins or ends with it,
# and an a also where its syllable is open.
_RULES = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"([b-df-hj-np-tvz])\1", r"\1"),
        (r"kh|x", "خ"), (r"gh|q", "ق"), (r"ch", "چ"), (r"sh", "ش"), (r"zh", "ژ"), (r"ph", "ف"),
        (r"ck", "ک"), (r"^aa?", "آ"), (r"^(?:ei|ey|ee|i)", "ای"), (r"^(?:oo|ou|u)", "او"),
        (r"^[eo]", "ا"), (r"eh?$", "ه"), (r"ah?$|aa", "ا"), (r"o$", "و"),
        (r"a(?=[^aeiouy][aeiouyاوی])", "ا"), (r"oo|ou|u|w|v", "و"), (r"ee|ei|ey|i|y", "ی"),
        (r"[aeo']", ""),
    )
)  # fmt: skip
_LETTERS = str.maketrans("bpstjhdzrgfkclmnx", "بپستجهدزرگفککلمنخ")


def spelt(word: str) -> str:
    """Return Latin ``word`` as it would be spelt in Persian letters."""
    for pattern, letter in _RULES:
        word = pattern.sub(letter, word)
    return word.translate(_LETTERS)
