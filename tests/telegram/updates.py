"""The queue of updates: long polling with offsets, and redelivery."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass
from typing import Any

from tests.telegram.refusal import Refusal

CONFLICT = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
    "running"
)


@dataclass
class _Waiting:
    update: dict[str, Any]
    deliveries: int


class Updates:
    """Updates that the bot has not confirmed yet."""

    def __init__(self) -> None:
        self._numbers = itertools.count(700_000_000)
        self._waiting: list[_Waiting] = []
        self._arrived = asyncio.Event()
        self._poll = 0

    def put(self, kind: str, content: dict[str, Any], deliveries: int = 1) -> int:
        """Add an update; with ``deliveries`` 2 it comes again after it was confirmed."""
        number = next(self._numbers)
        update = {"update_id": number, kind: content}
        self._waiting.append(_Waiting(update, deliveries))
        self._arrived.set()
        return number

    def empty(self) -> bool:
        """Whether everything was confirmed."""
        return not self._waiting

    def confirm(self, below: int) -> None:
        """Drop what the bot has confirmed, but for what is to be delivered again."""
        kept = []
        for each in self._waiting:
            if each.update["update_id"] < below:
                each.deliveries -= 1
            if each.deliveries > 0:
                kept.append(each)
        self._waiting = kept

    async def get(
        self, offset: int, limit: int, seconds: float, allowed: list[str] | None
    ) -> list[dict[str, Any]]:
        """Return updates as getUpdates does; a newer call ends an older one with a conflict."""
        self._poll += 1
        poll = self._poll
        if offset > 0:
            self.confirm(offset)
        deadline = asyncio.get_running_loop().time() + seconds
        while True:
            if poll != self._poll:
                raise Refusal(409, CONFLICT)
            self._drop_unwanted(allowed)
            if self._waiting:
                return [each.update for each in self._waiting[:limit]]
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return []
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), min(left, 0.5))
            except TimeoutError:
                continue

    def _drop_unwanted(self, allowed: list[str] | None) -> None:
        if allowed:
            self._waiting = [
                each
                for each in self._waiting
                if set(each.update) & {*allowed, "update_id"} != {"update_id"}
            ]
