"""Which language a text is written in, as far as the importer must know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from retrieval.language.detect import arabic_share, is_persian_script

Written = Literal["en", "fa", "other"]

# Letters that one language of the script writes and Persian does not (and the other way round).
_PERSIAN = re.compile("[پچژگیک]")
_ARABIC = re.compile("[يكةىأإ]")
_KURDISH = re.compile("[ەێۆڕڵ]")
_ENGLISH = frozenset(
    "the of and to in is you your a that it for are on with as be this or can not by from have "
    "if use an".split()
)
_SHORT = 120  # words; a list shorter than this may hold no common word at all
_MIXED = 0.15  # share of paragraphs in the other script from which a text counts as mixed


def written_in(text: str) -> Written:
    """Return the language of ``text``: by its letters, and for Latin ones by common words."""
    if is_persian_script(text):
        persian = len(_PERSIAN.findall(text))
        arabic, kurdish = len(_ARABIC.findall(text)), len(_KURDISH.findall(text))
        return "fa" if persian > arabic and persian > 4 * kurdish else "other"
    tokens = re.findall(r"[^\W\d_]+", text.lower())
    if not tokens:
        return "other"
    common = sum(token in _ENGLISH for token in tokens) / len(tokens)
    latin = sum(token.isascii() for token in tokens) / len(tokens)
    # A list of names holds few common words, but no letters of another language either.
    return "en" if latin > 0.9 and (common > 0.06 or len(tokens) < _SHORT) else "other"


def foreign_share(paragraphs: Sequence[str], language: Written) -> float:
    """Return the share of ``paragraphs`` in the other script, 0.0 where it is too small to tell."""
    told = [paragraph for paragraph in paragraphs if len(paragraph.split()) > 5]
    if not told:
        return 0.0
    foreign = sum((arabic_share(paragraph) < 0.2) == (language == "fa") for paragraph in told)
    share = foreign / len(told)
    return share if share >= _MIXED else 0.0
