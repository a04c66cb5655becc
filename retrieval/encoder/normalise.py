"""How a text is written before the Arabic-script tower sees it.

Training and runtime share this one function, so the model never meets a spelling at run time that
it could not have met in training: Arabic and Persian letters become one, all digits are ASCII,
marks that writers leave out as they please are gone, and a half-space counts as a space
(«می‌شود» and «می شود» are the same two words).
"""

import re
import unicodedata

_LETTERS = {
    "ي": "ی",
    "ى": "ی",
    "ې": "ی",
    "ك": "ک",
    "ة": "ه",
    "ۀ": "ه",
    "ۂ": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "أ": "ا",
    "إ": "ا",
    "ٱ": "ا",
    "ؤ": "و",
}
_PUNCTUATION = {
    "،": ",",
    "؛": ";",
    "؟": "?",
    "٪": "%",
    "٫": ".",
    "٬": ",",
    "۔": ".",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "…": "...",
    "–": "-",
    "—": "-",
}
_DIGITS = {
    **{chr(0x0660 + n): str(n) for n in range(10)},
    **{chr(0x06F0 + n): str(n) for n in range(10)},
}
# Joiners that only shape letters; the half-space itself becomes a space.
_SPACES = {"\u200c": " ", "\u00a0": " ", "\u202f": " "}
_NOTHING = dict.fromkeys("\u0640\u200b\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff", "")
_EMBEDDING_MARKS = {chr(code): "" for code in range(0x202A, 0x202F)}
_VOWEL_MARKS = {chr(code): "" for code in (*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670)}

_TABLE = str.maketrans(
    {
        **_LETTERS,
        **_PUNCTUATION,
        **_DIGITS,
        **_SPACES,
        **_NOTHING,
        **_EMBEDDING_MARKS,
        **_VOWEL_MARKS,
    }
)
_BLANKS = re.compile(r"\s+")


def normalise(text: str) -> str:
    """The text in the one spelling the Arabic-script tower knows, lower case, single spaces.

    >>> normalise("مي‌شود؟ ۱۲") == normalise("می شود? 12")
    True
    """
    composed = unicodedata.normalize("NFKC", without_surrogates(text))
    return _BLANKS.sub(" ", composed.translate(_TABLE).lower()).strip()


def without_surrogates(text: str) -> str:
    """The text with each unpaired surrogate, which no tokenizer can take, turned into a space."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join(" " if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text
