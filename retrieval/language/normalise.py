"""One written form for what people type in many.

Persian is typed with Arabic or Persian keyboards, with digits of three scripts, with or without
half-spaces. ``search_form`` maps all of them to one form that index and query share. It is never
shown to anyone: what people read is always the text as it was written.
"""

from __future__ import annotations

import re
import unicodedata

HALF_SPACE = "\u200c"

_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ې": "ی",
        "ۍ": "ی",
        "ێ": "ی",
        "ئ": "ی",
        "ك": "ک",
        "ڪ": "ک",
        "ھ": "ه",
        "ہ": "ه",
        "ۀ": "ه",
        "ة": "ه",
        "ە": "ه",
        "أ": "ا",
        "إ": "ا",
        "ٱ": "ا",
        "آ": "ا",
        "ؤ": "و",
        "ۆ": "و",
        "ء": None,
        "ٔ": None,
        "ـ": None,  # tatweel
    }
)
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
# Harakat, superscript alef and Quranic marks: written by few, ignored by all.
_DIACRITICS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
# Direction marks and joiners carry no meaning; the half-space does.
_INVISIBLE = re.compile("[\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_HALF_SPACES = re.compile(f"\\s*{HALF_SPACE}[\\s{HALF_SPACE}]*")
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def readable(text: str) -> str:
    """Return ``text`` without what no reader can see: broken surrogates and control characters."""
    return _CONTROLS.sub(" ", _SURROGATES.sub("", text))


def search_form(text: str) -> str:
    """Return ``text`` in the one form that index and query share: lower case, Persian letters,
    ASCII digits, no diacritics or tatweel, half-spaces kept where they stand inside a word."""
    text = unicodedata.normalize("NFKC", readable(text))
    text = _DIACRITICS.sub("", text.translate(_LETTERS)).translate(_DIGITS)
    text = _INVISIBLE.sub("", text)
    return _HALF_SPACES.sub(HALF_SPACE, text).lower()
