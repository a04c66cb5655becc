"""One of several processes leads: it alone asks Telegram for updates."""

from __future__ import annotations

from redis.asyncio import Redis

from bot.shared import scripts
from bot.shared.names import Names

LEADS = 10.0  # seconds that a leader is waited for that is not heard of


class Leader:
    """The lead, as the process ``me`` sees it. Every method can raise Redis's errors."""

    def __init__(self, redis: Redis, names: Names, me: str) -> None:
        self._me, self._key, self._leads = me, names.leader, round(LEADS * 1000)
        self._lead = redis.register_script(scripts.LEAD)
        self._resign = redis.register_script(scripts.RESIGN)

    async def leads(self) -> bool:
        """Take the lead where nobody has it, or keep it; return whether this process leads."""
        return bool(await self._lead(keys=[self._key], args=[self._me, self._leads]))

    async def resign(self) -> None:
        """Let another lead."""
        await self._resign(keys=[self._key], args=[self._me])
