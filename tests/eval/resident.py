"""The memory of the process that asks, as Linux counts it."""

from __future__ import annotations

import re
from pathlib import Path


def resident_megabytes() -> float:
    """Return what this process holds in memory now, in MB."""
    return _status("VmRSS")


def peak_megabytes() -> float:
    """Return the most this process ever held, in MB.

    From ``/proc`` and not from ``getrusage``, whose maximum also counts the process it came from.
    """
    return _status("VmHWM")


def _status(field: str) -> float:
    match = re.search(rf"^{field}:\s+(\d+) kB", Path("/proc/self/status").read_text("utf-8"), re.M)
    assert match, f"/proc/self/status has no {field}"
    return int(match.group(1)) / 1000
