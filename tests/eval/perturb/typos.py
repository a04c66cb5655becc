"""One slip of the finger in the longest word."""

from __future__ import annotations

import re
import zlib

_WORD = re.compile(r"[^\W\d_]{5,}")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو")
_BESIDE = {
    letter: row[place + 1 if place + 1 < len(row) else place - 1]
    for row in _ROWS
    for place, letter in enumerate(row)
}


def with_typo(text: str) -> str:
    """Return ``text`` with two letters swapped, one left out, doubled or hit beside.

    Which slip, and where in the word (never its first letter), is fixed by the word itself. A text
    without a word of five letters stays as it is.
    """
    longest = max(_WORD.finditer(text), key=lambda match: len(match.group()), default=None)
    if longest is None:
        return text
    return text[: longest.start()] + slip(longest.group()) + text[longest.end() :]


def slip(word: str) -> str:
    """Return ``word`` (at least three letters) with one slip."""
    code = zlib.crc32(word.encode())
    place = 1 + (code >> 8) % (len(word) - 2)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    slips = (
        before + after[0] + letter + after[1:],
        before + after,
        before + letter + letter + after,
        before + _BESIDE.get(letter.lower(), "") + after,
    )
    start = code % len(slips)
    # Two equal letters swapped are no slip: take the next kind.
    return next(s for s in slips[start:] + slips[:start] if s != word)
