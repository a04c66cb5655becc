"""What an operator sets: how the bot logs, where it shows its figures, who may ask it for them."""

from __future__ import annotations

from ipaddress import IPv6Address
from typing import Annotated, Literal, NamedTuple

from pydantic import BeforeValidator
from pydantic_settings import NoDecode

from retrieval.settings import LibrarySettings

LogFormat = Literal["text", "json"]


class Address(NamedTuple):
    """Where a listener listens."""

    host: str
    port: int


def _address(given: object) -> object:
    """Read ``host:port``; an IPv6 address stands in brackets."""
    if not isinstance(given, str):
        return given
    if not given.strip():
        return None
    host, colon, port = given.strip().rpartition(":")
    bracketed = host.startswith("[") and host.endswith("]")
    host = host.strip("[]")
    if not colon or not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise ValueError("write host:port, as in 127.0.0.1:9108")
    if ":" in host:
        if not bracketed:
            raise ValueError("write an IPv6 address in brackets, as in [::1]:9108")
        IPv6Address(host)
    return Address(host, int(port))


def _numbers(given: object) -> object:
    """Read numbers with commas or blanks between them."""
    if not isinstance(given, str):
        return given
    words = given.replace(",", " ").split()
    if not all(word.isascii() and word.isdigit() for word in words):
        raise ValueError("write the numeric ids of accounts, as in 123456789,987654321")
    return frozenset(int(word) for word in words)


class OperatingSettings(LibrarySettings):
    """``metrics_listen`` is where ``/metrics``, ``/healthz`` and ``/readyz`` are served, off where
    it is not set. ``admins`` are the Telegram accounts that may send /status and /reload. With
    ``follow_knowledge`` a changed knowledge folder is indexed by itself.
    """

    log_format: LogFormat = "text"
    metrics_listen: Annotated[Address | None, NoDecode, BeforeValidator(_address)] = None
    admins: Annotated[frozenset[int], NoDecode, BeforeValidator(_numbers)] = frozenset()
    follow_knowledge: bool = False
