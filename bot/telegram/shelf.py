"""The library in use, and how a newer one takes its place while the bot runs."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor

from bot.quiet import Shown
from bot.telegram.answerer import Answerer
from retrieval.errors import DarichehError
from retrieval.memory import clear_up

EVERY = 60.0  # seconds between looks for a newer version
# Returns a library newer than the one it returned before, or None where there is none. Called with
# True where somebody asks for the newest, and then may take the time to make it.
Reopen = Callable[[bool], Answerer | None]
_log = logging.getLogger(__name__)


class Shelf:
    """Holds the library; ``library`` is read anew for every question."""

    def __init__(self, library: Answerer) -> None:
        self.library = library
        self._asked = asyncio.Event()

    def renew(self) -> None:
        """Look for a newer library now, and make it where the knowledge folder has changed."""
        self._asked.set()

    async def run(
        self,
        reopen: Reopen,
        threads: Executor,
        renewed: Callable[[Answerer, Answerer], Awaitable[None]],
    ) -> None:
        """Look now and then, until cancelled; ``renewed`` is told of the old and the new library.

        Where a newer one cannot be opened the old one goes on serving.
        """
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self._asked.wait()
            asked = self._asked.is_set()
            self._asked.clear()
            loop = asyncio.get_running_loop()
            try:
                looking = loop.run_in_executor(threads, reopen, asked)
                changed = await self._taken_up(looking, renewed)
            except DarichehError as error:
                _log.warning("a newer library cannot be opened: %s", Shown(str(error)))
                continue
            del looking  # it holds the library, which the next one is to replace
            if changed:
                await loop.run_in_executor(threads, clear_up)

    async def _taken_up(
        self,
        looking: Awaitable[Answerer | None],
        renewed: Callable[[Answerer, Answerer], Awaitable[None]],
    ) -> bool:
        """Put a newer library in the place of the old one; return whether there was one.

        Apart from ``run``, which waits for a minute or a month: nothing there may keep the old
        one in memory.
        """
        newer = await looking
        if newer is None:
            return False
        old, self.library = self.library, newer
        _log.info("a newer version of the library is in use")
        await renewed(old, newer)
        return True
