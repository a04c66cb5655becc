"""Who calls: Telegram's networks, seen through the proxies that are trusted."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

# From which Telegram says that it calls (core.telegram.org/bots/webhooks)
TELEGRAM = (ip_network("149.154.160.0/20"), ip_network("91.108.4.0/22"))

Networks = Sequence[IPv4Network | IPv6Network]


def from_telegram(peer: str, forwarded: Sequence[str], proxies: Networks) -> bool:
    """Return whether a call comes from Telegram's networks.

    ``peer`` is the other end of the connection, ``forwarded`` the addresses of X-Forwarded-For in
    their order. Each trusted proxy has put the address that it was called from at the end; what
    stands before the first that is not trusted anybody may have written.
    """
    for each in (peer, *reversed(forwarded)):
        address = _address(each)
        if address is None:
            return False
        if not _within(address, proxies):
            return _within(address, TELEGRAM)
    return False


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _within(address: IPv4Address | IPv6Address, networks: Networks) -> bool:
    return any(address in network for network in networks)
