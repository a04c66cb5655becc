"""Whether a message asks how things stand now, or at this very moment: tonight, only here.

Dated texts cannot say that. What is known up to a day may still help, with its day; of this very
moment it is never more than the nearest.
"""

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
_STATE = r"(?:وصل|قطع|باز(?! کن)|کار می?\s?کن|جواب می?\s?د|میاد|می اید|بالا|فیلتر|کجا|کیه|هست)"
_MOMENT = re.compile(
    r"\b(?:tonight|right now|at (?:the|this) moment|this (?:morning|evening|hour|minute|week)|"
    r"as of today|(?:only|just) (?:me|my \w+)|for everyone today|"
    r"(?:down|up|open|working|blocked|arrested|back|closed|\bis|are|were|did) (?:\S+ ){0,6}today)\b"
    r"|(?:همین (?:الان|حالا|لحظه|امروز|امشب)|امشب|این (?:ساعت|لحظه)|"
    r"فقط (?:برای|برا|واسه|مال|از) من)"
    rf"|(?:الان|امروز)(?: \S+){{0,6}} {_STATE}"
)
# "Now what" asks what to do, and so does one who wants to do it tonight.
_DEED = re.compile(
    r"\b(?:now what|what (?:do|should|can) (?:i|we|he|she)|how (?:do|can|should)|want to|need to)\b"
    r"|(?:چیکار|چه کار|چکار|چی کار|چطور|چجوری|چگونه|می ?خوا[مه])"
)


def asks_for_present(text: str) -> bool:
    """Return whether ``text`` asks what is so these days, at this moment included."""
    return bool(_PRESENT.search(search_form(text))) or is_of_this_moment(text)


def is_of_this_moment(text: str) -> bool:
    """Return whether ``text`` asks what is so at this moment, and not what to do."""
    form = search_form(text)
    return bool(_MOMENT.search(form)) and not _DEED.search(form)
