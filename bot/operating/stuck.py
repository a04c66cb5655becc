"""Ends the process when its event loop no longer turns: a supervisor then starts it anew.

A loop that stands still answers nobody, and no handler in it can notice. A thread can.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from types import FrameType

from bot.quiet import FRAMES, Shown

EVERY = 10.0  # seconds between looks
LOOKS = 12  # in a row without a sign of life
STATUS = 70  # EX_SOFTWARE of sysexits.h
_log = logging.getLogger(__name__)


class Stuck:
    """Watches from a thread of its own; to be told ``turned`` by the loop.

    Looks are counted, not seconds: a machine that slept, or a process that was halted, made the
    thread sleep as well.
    """

    def __init__(self, every: float = EVERY, looks: int = LOOKS) -> None:
        self._every = every
        self._looks = looks
        self._vain = 0
        self._turned = threading.Event()
        self._closed = threading.Event()
        self._loop_thread = threading.get_ident()

    def turned(self) -> None:
        """The loop has turned."""
        self._turned.set()

    def start(self) -> None:
        """Begin watching the loop of the calling thread."""
        self._loop_thread = threading.get_ident()
        threading.Thread(target=self._watch, name="stuck", daemon=True).start()

    def close(self) -> None:
        """Watch no longer."""
        self._closed.set()

    def look(self) -> bool:
        """Look once; return whether the loop has stood still for too many looks."""
        self._vain = 0 if self._turned.is_set() else self._vain + 1
        self._turned.clear()
        return self._vain >= self._looks

    def _watch(self) -> None:
        while not self._closed.wait(self._every):
            if self.look():
                place = _place(sys._current_frames().get(self._loop_thread))
                _log.critical("the event loop stands still at %s; ending", Shown(place))
                os._exit(STATUS)


def _place(frame: FrameType | None) -> str:
    """Return the files and lines a thread is at, the innermost first."""
    places: list[str] = []
    while frame is not None and len(places) < FRAMES:
        folder, _, file = frame.f_code.co_filename.rpartition("/")
        places.append(f"{folder.rpartition('/')[2]}/{file}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(places) or "unknown place"
