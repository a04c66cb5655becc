"""Which tower a text goes to: decided by the script of its letters."""

import re

# Arabic, Arabic Supplement, Arabic Extended-A and the presentation forms.
_ARABIC = re.compile(
    "[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdff\ufe70-\ufefc]"
)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")

# Persian questions are full of Latin names, which the Persian tower knows; the English tower knows
# no Persian. On translated texts of this mix the Persian tower is the nearer one from 0.2 on, and
# an English paragraph that quotes a Persian name stays below.
ENOUGH = 0.2

# A text of any length is judged by its beginning: the model reads no further than this anyway.
_LOOK_AT = 4000


def is_arabic_script(text: str, share: float = ENOUGH) -> bool:
    """Whether at least `share` of the Arabic and Latin letters of the text are Arabic-script.

    A text without letters of either script is not: the English tower takes it.
    """
    start = text[:_LOOK_AT]
    arabic = len(_ARABIC.findall(start))
    return arabic > 0 and arabic >= share * (arabic + len(_LATIN.findall(start)))
