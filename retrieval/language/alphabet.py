"""Alphabetical order in Persian and English: Unicode puts پ, چ, ژ, ک, گ and ی after all others."""

from __future__ import annotations

from retrieval.language.normalise import HALF_SPACE, search_form

_PERSIAN = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_RANKS = {ord(letter): 0xE000 + rank for rank, letter in enumerate(_PERSIAN)}
_UNHEARD = str.maketrans({HALF_SPACE: " ", "«": None, "»": None, '"': None, "'": None})


def alphabetical(text: str) -> str:
    """Return a key that sorts ``text`` as a reader of its language expects: Latin before Persian,
    case, half-spaces and quotation marks ignored."""
    return search_form(text).translate(_UNHEARD).translate(_RANKS)
