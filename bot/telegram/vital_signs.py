"""What the pages of figures say of a running bot."""

from __future__ import annotations

import resource
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, runtime_checkable

from bot.operating.exposition import Moment
from bot.telegram.session import Sessions
from bot.telegram.shelf import Shelf

LATE = 300.0  # seconds after which a deletion is overdue; those of before are under way
_MB = 2**20


@runtime_checkable
class Versioned(Protocol):
    """A library that can tell which version of its index it is."""

    @property
    def version(self) -> str:
        """The version's id."""
        ...

    @property
    def made(self) -> float:
        """When it was made, in seconds since the epoch."""
        ...


class VitalSigns:
    """Looks at the bot's parts when it is asked; ``waiting`` returns how many updates wait."""

    def __init__(self, shelf: Shelf, sessions: Sessions, waiting: Callable[[], int]) -> None:
        self._shelf = shelf
        self._sessions = sessions
        self._waiting = waiting

    def __call__(self) -> Moment:
        """Return what is true now."""
        library, timetable = self._shelf.library, self._sessions.timetable
        versioned = library if isinstance(library, Versioned) else None
        late = timetable.due(self._sessions.now() - LATE)
        return Moment(
            index=versioned.version if versioned else None,
            index_made=versioned.made if versioned else None,
            documents=len(library.catalogue),
            stale=library.catalogue.stale(),
            waiting=self._waiting(),
            due=len(timetable),
            overdue=sum(map(len, late.values())),
            memory=_memory(),
        )


def _memory() -> int:
    """Return the process's resident memory in bytes, to a megabyte."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:  # no Linux: the most it ever was
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 * _MB
    return pages * resource.getpagesize() // _MB * _MB
