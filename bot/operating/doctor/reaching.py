"""Why a server was not reached, told by the kind of the error and never by its text."""

from __future__ import annotations

import socket
import ssl
from urllib.parse import urlsplit

import httpx


def host_of(url: str) -> str:
    """Return the host and, where it is named, the port of ``url``; without user and password."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "an address that cannot be read"
    return f"{parts.hostname or ''}{port}"


def reason(error: BaseException) -> tuple[str, str]:
    """Return in words why a request failed, and the mend."""
    kinds = set(_chain(error))
    if any(issubclass(kind, socket.gaierror) for kind in kinds):
        return "its name is not found", "Check the name, and DNS on this machine."
    if any(issubclass(kind, ssl.SSLCertVerificationError) for kind in kinds):
        return (
            "its certificate does not hold",
            "Check this machine's clock and its certificates; a box between may open connections.",
        )
    if any(issubclass(kind, ssl.SSLError) for kind in kinds):
        return "TLS fails", "Something between may interfere: try a proxy."
    if any(issubclass(kind, httpx.ProxyError) for kind in kinds):
        return "the proxy refuses", "Check the proxy's address, user and password."
    if any(issubclass(kind, ConnectionRefusedError) for kind in kinds):
        return "nothing listens there", "Check the address and port, and that it runs."
    if any(issubclass(kind, httpx.TimeoutException | TimeoutError) for kind in kinds):
        return (
            "no answer came in time",
            "It may be blocked from here: set a proxy, or try another network.",
        )
    if any(issubclass(kind, httpx.UnsupportedProtocol | httpx.InvalidURL) for kind in kinds):
        return "the address cannot be used", "It begins with https:// or http://."
    return "the connection was cut", "Something between may interfere: try a proxy."


def _chain(error: BaseException) -> list[type[BaseException]]:
    """Return the kinds of ``error`` and of all that led to it."""
    found: dict[int, BaseException] = {}
    waiting: list[BaseException | None] = [error]
    while waiting:
        current = waiting.pop()
        if current is not None and id(current) not in found:
            found[id(current)] = current
            waiting += [current.__cause__, current.__context__]
    return [type(each) for each in found.values()]
