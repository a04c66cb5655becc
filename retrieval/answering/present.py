"""Whether a question asks about this very moment, which a folder of dated texts cannot see."""

from __future__ import annotations

import re

from retrieval.language.normalise import search_form

_PRESENT = re.compile(
    r"\b(?:today|tonight|right now|at the moment|currently|these days|this week|working now|"
    r"works now|still (?:work|block|open|safe|down|up)\w*)\b"
    r"|(?:همین الان|همین حالا|امروز|امشب|این روزها|این روزا|در حال حاضر|فعلا|"
    r"الان (?:کار|باز|وصل|قطع|فیلتر|کدوم|کدام|چه|چی|وضع)"
    r"|هنوز (?:\S+ ){0,3}(?:کار|باز|فیلتر|وصل|قطع|بسته))"
)


def asks_for_present(text: str) -> bool:
    """Return whether ``text`` asks what is so today."""
    return bool(_PRESENT.search(search_form(text)))
