"""A word to the service manager: ready, alive, stopping (the protocol of sd_notify(3))."""

from __future__ import annotations

import os
import socket


def notify(state: str) -> bool:
    """Tell systemd ``state``, such as ``READY=1``; return whether it listens.

    It names its socket in NOTIFY_SOCKET, which begins with @ where it is an abstract one.
    """
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.connect(address)
            sender.send(state.encode())
    except OSError:
        return False
    return True


def watched_every() -> float | None:
    """Return within how many seconds systemd wants a sign of life, None where it wants none."""
    microseconds, process = os.environ.get("WATCHDOG_USEC", ""), os.environ.get("WATCHDOG_PID")
    if not microseconds.isdigit() or process not in (None, str(os.getpid())):
        return None
    return int(microseconds) / 1e6 or None
