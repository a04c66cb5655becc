"""Persian as other keyboards write it: Arabic letters, no half-space, the other digits."""

from __future__ import annotations

import re

HALF_SPACE = "\u200c"
_PERSIAN, _LATIN = "۰۱۲۳۴۵۶۷۸۹", "0123456789"
_TO_ARABIC = str.maketrans("یک", "يك")
# Not those inside Latin names, such as v2ray.
_NUMBER = re.compile(r"(?<![A-Za-z])[0-9۰-۹]+(?![A-Za-z])")
_SWAPPED = str.maketrans(_PERSIAN + _LATIN, _LATIN + _PERSIAN)


def arabic(text: str) -> str:
    """Return ``text`` as an Arabic keyboard types it."""
    return text.translate(_TO_ARABIC)


def without_half_spaces(text: str) -> str:
    """Return ``text`` with what half-spaces keep apart written together."""
    return text.replace(HALF_SPACE, "")


def spaced(text: str) -> str:
    """Return ``text`` with spaces for half-spaces."""
    return text.replace(HALF_SPACE, " ")


def digits_swapped(text: str) -> str:
    """Return ``text`` with Persian digits for Latin ones, and the other way round."""
    return _NUMBER.sub(lambda match: match.group().translate(_SWAPPED), text)
