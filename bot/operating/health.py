"""Whether the bot lives, and whether it can answer: one yes or no for each part.

"Alive" asks what a new start would mend: does the event loop turn (else nobody answers here at
all), does the poller still ask Telegram. "Ready" asks what a new start would not mend: is
Telegram reached, are the servers there that the bot leans on. (The library is open before anything
can be asked here.)
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal

Part = Literal["poller", "telegram", "redis", "chroma"]
Look = Callable[[], Awaitable[bool]]
# Without Chroma questions are answered by words alone. Were a bot not ready for that, none would
# be, for all lean on the same server: it is shown, and no more.
SPARED: frozenset[Part] = frozenset({"chroma"})
PATIENCE = 3.0  # seconds that one part has to answer
# Seconds without the end of any request for updates; by then polling was begun anew, in vain.
DEAD = 660.0
# Seconds since Telegram answered anything; a request for updates ends within half a minute.
FAR = 120.0


class Contact:
    """When Telegram was last heard of. ``clock`` gives seconds that never run backwards."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._polled = clock()
        self._heard: float | None = None

    def polled(self) -> None:
        """A request for updates has ended, somehow."""
        self._polled = self._clock()

    def replied(self, status: int | None) -> None:
        """Telegram has answered a request with this HTTP status, or not at all."""
        if status is not None and status < 500:
            self._heard = self._clock()

    @property
    def polls(self) -> bool:
        """Whether requests for updates end now and then."""
        return self._clock() - self._polled < DEAD

    @property
    def near(self) -> bool:
        """Whether Telegram answered something a short while ago."""
        return self._heard is not None and self._clock() - self._heard < FAR


async def looked_at(parts: Mapping[Part, Look]) -> dict[Part, bool]:
    """Return for each part whether it is in order; one that fails or hangs is not."""
    found = await asyncio.gather(*(_in_order(look) for look in parts.values()))
    return dict(zip(parts, found, strict=True))


def held(parts: Mapping[Part, bool]) -> bool:
    """Return whether all parts are in order that the bot cannot do without."""
    return all(in_order for part, in_order in parts.items() if part not in SPARED)


async def _in_order(look: Look) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            return await look()
    except (OSError, TimeoutError):
        return False
