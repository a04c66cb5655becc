"""What an examination finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing, and how to mend it where that is needed.

    ``check`` names the thing. A warning leaves the bot answering, a fault does not, or not long.
    Neither text holds a secret, nor the text of an error: that may quote an address with one in it.
    """

    check: str
    level: Level
    what: str
    mend: str = ""


def ok(check: str, what: str) -> Finding:
    """Return that all is well."""
    return Finding(check, "ok", what)


def warning(check: str, what: str, mend: str) -> Finding:
    """Return what ought to be mended."""
    return Finding(check, "warning", what, mend)


def fault(check: str, what: str, mend: str) -> Finding:
    """Return what has to be mended."""
    return Finding(check, "fault", what, mend)
