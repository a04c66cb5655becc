"""The library in use is the newest, and the only one in memory."""

from __future__ import annotations

import asyncio
import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from bot.telegram.answerer import Answerer
from bot.telegram.shelf import Shelf
from tests.bot.telegram.scripted import Scripted

LONGEST = 60.0  # seconds, on the slowest machine


class Circular(Scripted):
    """Refers to itself, as parts of a library may."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


async def test_a_library_that_was_replaced_leaves_the_memory() -> None:
    """While the next look is waited for, which may come after a month; and without waiting for a
    collection of garbage, which a process with little to do seldom makes."""
    first = Circular()
    shelf, gone = Shelf(first), asyncio.Event()
    loop = asyncio.get_running_loop()
    weakref.finalize(first, loop.call_soon_threadsafe, gone.set)
    del first
    waiting: list[Answerer] = [Scripted()]
    told: list[bool] = []

    async def renewed(old: Answerer, new: Answerer) -> None:
        told.append(old is not new and shelf.library is new)

    gc.disable()
    try:
        with ThreadPoolExecutor(1) as threads:
            looking = asyncio.create_task(
                shelf.run(lambda _: waiting.pop() if waiting else None, threads, renewed)
            )
            shelf.renew()
            await asyncio.wait_for(gone.wait(), LONGEST)
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking
    finally:
        gc.enable()
    assert told == [True]
