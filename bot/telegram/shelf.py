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
            try:
                loop = asyncio.get_running_loop()
                newer = await loop.run_in_executor(threads, reopen, asked)
            except DarichehError as error:
                _log.warning("a newer library cannot be opened: %s", Shown(str(error)))
                continue
            if newer is not None:
                old, self.library = self.library, newer
                _log.info("a newer version of the library is in use")
                await renewed(old, newer)
