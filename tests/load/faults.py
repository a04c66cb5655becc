"""A network that misbehaves by chance, as often as it is told to."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

from tests.telegram.faults import Fault, Faults, Kind


@dataclass(frozen=True, slots=True)
class Shares:
    """How many of a hundred requests meet each fault."""

    too_many: float = 2.0
    server_error: float = 2.0
    dropped: float = 1.0


class ChanceFaults(Faults):
    """Strikes any request, by chance.

    A connection is cut before the request is carried out: cut afterwards, Telegram offers no way
    to tell that a message has arrived. The exception is getUpdates, which is cut after as well,
    and which Telegram does not limit.
    """

    def __init__(self, shares: Shares, seed: int) -> None:
        super().__init__()
        self.shares = shares
        self._random = random.Random(seed)
        self.struck: Counter[str] = Counter()

    def take(self, method: str, chat: int | None) -> Fault | None:
        """Return the fault that strikes this call, or None."""
        kind = self._kind(method.lower() == "getupdates")
        if kind is None:
            return None
        self.struck[kind] += 1
        return Fault(kind, method, chat=chat, retry_after=1)

    def _kind(self, polling: bool) -> Kind | None:
        drawn, shares = self._random.uniform(0, 100), self.shares
        if drawn < shares.too_many:
            return None if polling else "too_many"
        if drawn < shares.too_many + shares.server_error:
            return "server_error"
        if drawn < shares.too_many + shares.server_error + shares.dropped:
            return "drop_after" if polling and self._random.random() < 0.5 else "drop_before"
        return None
