"""A small file that only the holder of the bot's token can read.

Everything in it is one text of JSON, padded to a power of two so that the file's size tells
little, and encrypted with AES-256-GCM under a key that HKDF-SHA256 (RFC 5869) derives from the
token and a salt drawn anew at every writing. It is replaced in one step; with nothing to keep
there is no file. What this does and does not protect from is said in ``bot/PRIVACY.md``.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SMALLEST = 2**16  # bytes, before encryption: some two thousand deletions
_MARK = b"daricheh-1"
_SALT, _NONCE = 16, 12


class UnreadableError(Exception):
    """The file is damaged, or was written under another token."""


class SealedFile:
    """The file at ``path``, sealed with ``token``."""

    def __init__(self, path: Path, token: str) -> None:
        self.path = path
        self._token = token

    def read(self) -> dict[str, Any]:
        """Return what was written last, nothing where there is no file.

        Raises ``UnreadableError``, and ``OSError`` where the disk fails.
        """
        try:
            whole = self.path.read_bytes()
        except FileNotFoundError:
            return {}
        return opened(whole, self._token)

    def write(self, content: dict[str, Any]) -> None:
        """Replace the file; without content remove it. Raises ``OSError`` where that fails."""
        if not any(content.values()):
            self.path.unlink(missing_ok=True)
            return
        plain = json.dumps(content, separators=(",", ":")).encode()
        salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
        hidden = _cipher(salt, self._token).encrypt(nonce, plain.ljust(_padded(len(plain))), _MARK)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(".new")
        with open(new, "wb", opener=_for_owner_only) as file:
            file.write(_MARK + salt + nonce + hidden)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)


def opened(whole: bytes, token: str) -> dict[str, Any]:
    """Return what a file holds that was sealed with ``token``; raise ``UnreadableError``."""
    if not whole.startswith(_MARK):
        raise UnreadableError("it is of another form")
    salt, rest = whole[len(_MARK) :][:_SALT], whole[len(_MARK) + _SALT :]
    try:
        plain = _cipher(salt, token).decrypt(rest[:_NONCE], rest[_NONCE:], _MARK)
        return dict(json.loads(plain))
    except (InvalidTag, ValueError, TypeError) as error:
        raise UnreadableError("it is damaged, or of another token") from error


def _cipher(salt: bytes, token: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), length=32, salt=salt, info=_MARK).derive(token.encode()))


def _padded(size: int) -> int:
    return max(SMALLEST, 1 << (size - 1).bit_length())


def _for_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
