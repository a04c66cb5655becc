"""What outlives the process: the deletions still due, and choices that are to be remembered.

Written whenever one of them changes, and as often as the disk allows; read once, at the start.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from bot.quiet import Shown, describe
from bot.telegram.sealed import SealedFile, UnreadableError
from bot.telegram.session import Sessions

_log = logging.getLogger(__name__)


class Ledger:
    """Keeps ``file`` in step with ``sessions``, which is to call ``changed``."""

    def __init__(self, file: SealedFile) -> None:
        self._file = file
        self._changed = asyncio.Event()

    def changed(self) -> None:
        """Something that is to survive has changed."""
        self._changed.set()

    def load(self, sessions: Sessions) -> None:
        """Give ``sessions`` what the last process left. What cannot be read is logged."""
        try:
            content = self._file.read()
            sessions.timetable.restore(content.get("due", []))
            sessions.choices.restore(content.get("choices", []))
        except (UnreadableError, OSError, TypeError, ValueError) as error:
            _log.warning(
                "deletions that were due cannot be read, nor choices (has the token changed?): %s",
                Shown(describe(error)),
            )

    async def run(self, sessions: Sessions) -> None:
        """Write after every change, until cancelled; changes during a writing share the next."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            writing = asyncio.create_task(asyncio.to_thread(self._write, _surviving(sessions)))
            try:
                await asyncio.shield(writing)
            except asyncio.CancelledError:
                await writing  # two at a time would overtake each other
                raise

    def close(self, sessions: Sessions) -> None:
        """Write what ``run`` has not written any more."""
        if self._changed.is_set():
            self._write(_surviving(sessions))

    def _write(self, content: dict[str, Any]) -> None:
        try:
            self._file.write(content)
        except OSError as error:
            _log.warning(
                "the state folder cannot be written: after a restart, deletions that are due will "
                "not happen: %s",
                Shown(describe(error)),
            )


def _surviving(sessions: Sessions) -> dict[str, Any]:
    return {"due": sessions.timetable.surviving(), "choices": sessions.choices.surviving()}
