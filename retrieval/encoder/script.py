"""Which tower a text goes to: decided by the script most of its letters are in."""

import re

# Arabic, Arabic Supplement, Arabic Extended-A and the presentation forms.
_ARABIC = re.compile(
    "[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdff\ufe70-\ufefc]"
)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")

# A text of any length is judged by its beginning: the model reads no further than this anyway.
_LOOK_AT = 4000


def is_arabic_script(text: str) -> bool:
    """Whether at least half of the Arabic and Latin letters of the text are Arabic-script.

    A text without letters of either script is not: the English tower takes it.
    """
    start = text[:_LOOK_AT]
    arabic = len(_ARABIC.findall(start))
    return arabic > 0 and arabic >= len(_LATIN.findall(start))
