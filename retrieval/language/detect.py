"""Which script and which language a text is in."""

from __future__ import annotations

import re

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
# Of that script, what is no letter: punctuation, digits, tatweel and vowel marks.
_NO_LETTER = re.compile(
    "[\u0600-\u061f\u0640\u064b-\u066d\u0670\u06d4\u06d6-\u06ed\u06f0-\u06f9\u06fd\u06fe]"
)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


def arabic_share(text: str) -> float:
    """Return the share of Arabic-script letters among Arabic and Latin ones; 0.0 without any."""
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    return arabic / (arabic + latin) if arabic + latin else 0.0


def has_letters(text: str) -> bool:
    """Return whether ``text`` holds any letter of the two scripts the bot reads."""
    letters = _NO_LETTER.sub("", text)
    return bool(_ARABIC.search(letters) or _LATIN.search(letters))


def is_persian_script(text: str) -> bool:
    """Return whether ``text`` is written mainly in Persian letters.

    A Latin product name inside a short Persian question must not turn it English, so a third of
    the letters is enough.
    """
    return arabic_share(text) >= 1 / 3
