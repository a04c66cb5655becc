"""The panic word: one form for all ways of typing it, kept as a salted slow hash alone.

scrypt (RFC 7914) with 16 MiB and some fifty milliseconds a try: whoever has the hash still has to
guess, and slowly. A short or common word is guessed all the same.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import unicodedata

from retrieval.language.normalise import search_form

SHORTEST, LONGEST = 4, 64  # letters and digits, after normalising
_COST, _BLOCK, _SALT = 2**14, 8, 16


def plain_form(text: str) -> str:
    """Return the letters and digits of ``text`` in the form that all ways of typing it share.

    Spaces, half-spaces, punctuation and emoji are left out: a hand that shakes puts them anywhere.
    """
    return "".join(c for c in search_form(text) if unicodedata.category(c)[0] in "LN")


def usable(text: str) -> bool:
    """Whether ``text`` can be a panic word: no command, neither too short nor too long."""
    return not text.startswith("/") and SHORTEST <= len(plain_form(text)) <= LONGEST


def sealed(word: str) -> str:
    """Return salt and hash of a word, as text. Slow on purpose."""
    salt = secrets.token_bytes(_SALT)
    return base64.b64encode(salt + _hash(word, salt)).decode("ascii")


def is_word(text: str, kept: str) -> bool:
    """Whether ``text`` is the word that ``kept`` was made of. Slow where it could be."""
    if not usable(text):
        return False
    try:
        whole = base64.b64decode(kept, validate=True)
    except binascii.Error:
        return False
    return hmac.compare_digest(whole[_SALT:], _hash(text, whole[:_SALT]))


def _hash(word: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        plain_form(word).encode(), salt=salt, n=_COST, r=_BLOCK, p=1, maxmem=64 * 2**20
    )
