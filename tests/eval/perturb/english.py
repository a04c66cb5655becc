"""English as it is typed in a hurry, and with contractions taken apart or put together."""

from __future__ import annotations

import re

# What is written out, and what people make of it.
_PAIRS = (
    ("do not", "don't"),
    ("does not", "doesn't"),
    ("did not", "didn't"),
    ("can not", "can't"),
    ("cannot", "can't"),
    ("will not", "won't"),
    ("is not", "isn't"),
    ("are not", "aren't"),
    ("was not", "wasn't"),
    ("i am", "I'm"),
    ("i have", "I've"),
    ("i will", "I'll"),
    ("what is", "what's"),
    ("who is", "who's"),
    ("where is", "where's"),
    ("how is", "how's"),
    ("that is", "that's"),
    ("it is", "it's"),
    ("there is", "there's"),
    ("they are", "they're"),
    ("we are", "we're"),
    ("you are", "you're"),
    ("going to", "gonna"),
    ("want to", "wanna"),
    ("because", "cuz"),
    ("please", "pls"),
)
_SWAPS = {**dict(_PAIRS), **{short: full for full, short in _PAIRS}}
# People leave the apostrophe out as often as not.
_SWAPS |= {short.replace("'", ""): full for full, short in _PAIRS if short.count("'")}
for _word in ("ill", "its", "were", "wont"):  # words of their own
    _SWAPS.pop(_word, None)
_FORMS = {form.lower(): other for form, other in _SWAPS.items()}
_CONTRACTION = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, _FORMS), key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"""[.,;:!?"'’“”()]+""")


def hurried(text: str) -> str:
    """Return ``text`` without capitals and punctuation."""
    return " ".join(_PUNCTUATION.sub("", text.lower()).split())


def contractions_swapped(text: str) -> str:
    """Return ``text`` with each contraction written out, and the other way round."""
    return _CONTRACTION.sub(lambda match: _FORMS[match.group().lower()], text)
