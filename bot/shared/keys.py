"""One secret, several keys: none tells anything of another (HKDF-SHA256, RFC 5869)."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def derived(secret: str, purpose: str, salt: bytes | None = None) -> bytes:
    """Return the 32 bytes for one ``purpose``."""
    info = f"daricheh shared state 1: {purpose}".encode()
    return HKDF(SHA256(), length=32, salt=salt, info=info).derive(secret.encode())


def derived_text(secret: str, purpose: str) -> str:
    """Return the same as 43 characters that may stand in an address or a header."""
    return base64.urlsafe_b64encode(derived(secret, purpose)).decode("ascii").rstrip("=")
