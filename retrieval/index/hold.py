"""Locks on folders: who builds, and who still reads. The kernel drops those of the dead."""

from __future__ import annotations

import fcntl
import os
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class Hold:
    """While it lives, no build removes ``folder``: it is read, or still being written.

    Raises ``OSError`` where there is no such folder.
    """

    def __init__(self, folder: Path) -> None:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, opened)
        fcntl.flock(opened, fcntl.LOCK_SH)


def is_held(folder: Path) -> bool:
    """Return whether any process holds ``folder``."""
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:  # removed by another meanwhile
        return False
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(opened)
    return False


@contextmanager
def alone(folder: Path, announce: Callable[[str], None]) -> Iterator[None]:
    """Hold the right to write in ``folder``; wait for another process that has it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            announce("Another process is building the index; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
