"""What the model may cost: tokens per chat and day, tokens and money per day. In memory only."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_DAY = 86_400.0
_MILLION = 1_000_000
MOST_CHATS = 20_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Tokens a chat and all chats may use in a day (UTC), and what the day may cost (None: any).

    Prices are per million tokens read and written.
    """

    chat_tokens: int
    day_tokens: int
    day_cost: float | None = None
    price_read: float = 0.0
    price_written: float = 0.0


class Spending:
    """Counts tokens of today; ``clock`` gives seconds since the epoch.

    A chat is held under a hash with a key that is drawn at the start and never leaves the memory:
    counts outlast /forget (else it would lift the limit), and say of nobody that they asked.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._key = secrets.token_bytes(16)
        self._day = -1
        self._tokens = 0
        self._cost = 0.0
        self._chats: OrderedDict[bytes, int] = OrderedDict()

    def allows(self, chat: int, tokens: int) -> bool:
        """Return whether a request of about ``tokens`` is within all limits."""
        self._turn()
        own = self._chats.get(self._hashed(chat), 0)
        within = own + tokens <= self._limits.chat_tokens
        within = within and self._tokens + tokens <= self._limits.day_tokens
        return within and (self._limits.day_cost is None or self._cost < self._limits.day_cost)

    def spend(self, chat: int, read: int, written: int) -> None:
        """Count what a request took."""
        self._turn()
        limits, hashed = self._limits, self._hashed(chat)
        self._tokens += read + written
        self._cost += (read * limits.price_read + written * limits.price_written) / _MILLION
        self._chats[hashed] = self._chats.get(hashed, 0) + read + written
        self._chats.move_to_end(hashed)
        while len(self._chats) > MOST_CHATS:
            self._chats.popitem(last=False)

    def _turn(self) -> None:
        day = int(self._clock() // _DAY)
        if day != self._day:
            self._day, self._tokens, self._cost = day, 0, 0.0
            self._chats.clear()

    def _hashed(self, chat: int) -> bytes:
        return hashlib.blake2b(str(chat).encode(), key=self._key, digest_size=8).digest()
