"""How Telegram calls a webhook: one update of a chat at a time, again and again until it is taken.

As the Bot API server does it: the next update of a chat is sent when the one before was answered
with 200; whatever else is answered, or nothing, the same is sent again after a pause.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.simple_httpclient import SimpleAsyncHTTPClient

Json = dict[str, Any]
AGAIN = 0.1  # seconds between two calls for the same update; Telegram takes one and more
ENDS = 60.0  # seconds that a call may take


class Calls:
    """Calls the webhook that ``hook`` returns ("url", "secret_token") with every update."""

    def __init__(self, hook: Callable[[], Json]) -> None:
        self._hook = hook
        self._waiting: dict[object, deque[Json]] = defaultdict(deque)
        self._at_work: dict[object, asyncio.Task[None]] = {}
        self._client: AsyncHTTPClient | None = None
        self.refused = 0

    @property
    def waiting(self) -> int:
        """How many updates are not taken yet."""
        return sum(map(len, self._waiting.values()))

    def put(self, update: Json, deliveries: int = 1) -> None:
        """Call with an update; with ``deliveries`` 2 once more after it was taken."""
        whose = _chat(update)
        self._waiting[whose].extend([update] * deliveries)
        if whose not in self._at_work:
            self._at_work[whose] = asyncio.create_task(self._call(whose))

    async def close(self) -> None:
        """Call no more."""
        tasks = list(self._at_work.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._client is not None:
            self._client.close()

    async def _call(self, whose: object) -> None:
        waiting = self._waiting[whose]
        while waiting:
            if await self._taken(waiting[0]):
                waiting.popleft()
            else:
                self.refused += 1
                await asyncio.sleep(AGAIN)
        del self._at_work[whose]

    async def _taken(self, update: Json) -> bool:
        hook = self._hook()
        if not hook["url"]:
            return False
        headers = {"Content-Type": "application/json"}
        if hook.get("secret_token"):
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook["secret_token"]
        request = HTTPRequest(
            hook["url"],
            method="POST",
            headers=headers,
            body=json.dumps(update),
            request_timeout=ENDS,
        )
        if self._client is None:
            self._client = SimpleAsyncHTTPClient(force_instance=True, max_clients=100)
        try:
            await self._client.fetch(request)
        except (HTTPClientError, OSError):
            return False
        return True


def _chat(update: Json) -> object:
    """Return whose updates wait for one another."""
    for content in update.values():
        if isinstance(content, dict):
            chat = content.get("chat") or (content.get("message") or {}).get("chat")
            return chat["id"] if chat else ("from", content["from"]["id"])
    return None
