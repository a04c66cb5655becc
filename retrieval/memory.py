"""Memory that is free inside the process, given back to the system.

The C library keeps what was used once: after an index is made, or the models are read, that is a
hundred megabytes and more which a small machine needs for others. It also gives every thread a heap
of its own, of which each keeps its share.
"""

from __future__ import annotations

import ctypes
import gc
import sys

_M_ARENA_MAX = -8  # of glibc's mallopt(3)


def keep_one_heap() -> None:
    """Let all threads that start from now on share one heap. Does nothing where the C library is
    not glibc."""
    if library := _glibc():
        library.mallopt(_M_ARENA_MAX, 1)


def hand_back() -> None:
    """Give back what is free. Does nothing where the C library is not glibc."""
    if library := _glibc():
        library.malloc_trim(0)


def clear_up() -> None:
    """Give back what a large piece of work has left, also what only refers to itself."""
    gc.collect()
    hand_back()


def _glibc() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") else None
