"""Who calls, seen through the proxies that are trusted."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from bot.webhook.origin import from_telegram

PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
TELEGRAM = "149.154.167.220"


@pytest.mark.parametrize(
    ("peer", "forwarded", "heard"),
    [
        (TELEGRAM, (), True),
        ("91.108.4.0", (), True),
        ("91.108.8.0", (), False),
        (f"::ffff:{TELEGRAM}", (), True),
        ("2001:db8::1", (), False),
        ("10.1.2.3", (TELEGRAM,), True),
        ("10.1.2.3", ("192.0.2.1", f" {TELEGRAM}", "fd00::7"), True),
        ("10.1.2.3", (TELEGRAM, "192.0.2.1"), False),  # written there by the caller
        ("192.0.2.1", (TELEGRAM,), False),  # no proxy of ours
        ("10.1.2.3", (), False),
        ("10.1.2.3", ("",), False),
    ],
)
def test_only_what_trusted_proxies_say_is_believed(
    peer: str, forwarded: tuple[str, ...], heard: bool
) -> None:
    assert from_telegram(peer, forwarded, PROXIES) is heard
