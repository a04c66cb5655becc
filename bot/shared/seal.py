"""Values as Redis sees them: packed, padded and sealed with a key that it does not hold.

AES-256-GCM under a key that HKDF-SHA256 derives from the shared secret and a salt that every
process draws for itself, so that processes cannot draw the same nonce under one key. The name
under which a value lies is authenticated with it: moved elsewhere it does not open.
"""

from __future__ import annotations

import secrets
import zlib
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.shared.keys import derived

SMALLEST = 512  # bytes; above, powers of two, and from LARGE on its multiples
LARGE = 16_384
_SALT, _NONCE, _LENGTH = 16, 12, 4
_SALTS = 64  # processes whose keys are held


class ForeignError(Exception):
    """A value that was not sealed with this secret for this place."""


class Seal:
    """Seals and opens with ``secret``."""

    def __init__(self, secret: str) -> None:
        self._salt = secrets.token_bytes(_SALT)
        self._cipher = lru_cache(_SALTS)(lambda salt: AESGCM(derived(secret, "values", salt)))

    def sealed(self, plain: bytes, place: str) -> bytes:
        """Return ``plain`` sealed for ``place``. Its length tells the packed length to a step."""
        packed = zlib.compress(plain, 1)
        framed = len(packed).to_bytes(_LENGTH, "big") + packed
        nonce = secrets.token_bytes(_NONCE)
        hidden = self._cipher(self._salt).encrypt(
            nonce, framed.ljust(padded(len(framed)), b"\0"), place.encode()
        )
        return self._salt + nonce + hidden

    def opened(self, value: bytes, place: str) -> bytes:
        """Return what was sealed for ``place``; raise ``ForeignError`` where it was not."""
        salt, nonce = value[:_SALT], value[_SALT : _SALT + _NONCE]
        try:
            framed = self._cipher(salt).decrypt(nonce, value[_SALT + _NONCE :], place.encode())
        except (InvalidTag, ValueError) as error:
            raise ForeignError("sealed with another key, or for another place") from error
        length = int.from_bytes(framed[:_LENGTH], "big")
        return zlib.decompress(framed[_LENGTH : _LENGTH + length])


def padded(size: int) -> int:
    """Return the step to which ``size`` bytes are filled up."""
    if size > LARGE:
        return -(-size // LARGE) * LARGE
    return max(SMALLEST, 1 << (size - 1).bit_length())
