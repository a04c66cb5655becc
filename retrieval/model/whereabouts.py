"""Whether a server is in the operator's own hands, as far as its address tells."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

# Names that lead to nobody outside: RFC 6762, RFC 8375, ICANN's `internal`, and clusters' own.
_OWN_ENDINGS = (".localhost", ".local", ".internal", ".home.arpa", ".lan", ".svc")


def host_of(url: str) -> str:
    """Return the host in ``url``, empty where there is none."""
    return urlsplit(url).hostname or ""


def is_inside(host: str) -> bool:
    """Return whether ``host`` is this machine or one of a private network.

    Told by the address alone, nothing is looked up: loopback and private addresses, names without
    a dot (``localhost``, a container's name), and endings that no public name has.
    """
    name = host.lower().rstrip(".")
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return bool(name) and ("." not in name or name.endswith(_OWN_ENDINGS))
    return address.is_loopback or address.is_private
