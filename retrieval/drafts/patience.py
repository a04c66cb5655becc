"""A limit to the time that one file may take: a file can be made so that parsers never finish."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from retrieval.drafts.source import UnusableError

SECONDS = 20.0  # a hundred times what the slowest honest file takes
_AGAIN = 1.0  # in case a parser swallows the first interruption


class _TooSlow(BaseException):
    """Not an ``Exception``: parsers that catch those must not go on."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise ``UnusableError`` where the block takes longer than ``seconds``.

    Only the main thread of a process can be interrupted; elsewhere there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    except _TooSlow:
        raise UnusableError(f"takes longer than {seconds:g} seconds to read") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise _TooSlow
