"""Notices that the knowledge folder has changed, once whoever changes it is done."""

from __future__ import annotations

import os
from pathlib import Path

_READ = (".md", ".yaml")
# Path, time of change and size of every file that is read.
_Look = frozenset[tuple[str, int, int]]


class FolderWatch:
    """Looks at ``folder`` when it is asked; it was dealt with as it is at the beginning."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._dealt_with = self._last = self._look()

    def pending(self) -> bool:
        """Return whether the folder has changed since ``done`` and stood still since the last look.

        A copy or a checkout that is under way changes it between two looks.
        """
        before, self._last = self._last, self._look()
        return self._last == before != self._dealt_with

    def done(self) -> None:
        """The folder as it was at the last look is dealt with."""
        self._dealt_with = self._last

    def _look(self) -> _Look:
        found = set()
        for folder, inner, names in os.walk(self._folder, followlinks=True):
            inner[:] = [name for name in inner if not name.startswith(".")]
            for name in names:
                if not name.endswith(_READ):
                    continue
                path = os.path.join(folder, name)  # noqa: PTH118 - a few hundred, each minute
                try:
                    about = os.stat(path)  # noqa: PTH116
                except OSError:  # it went meanwhile
                    continue
                found.add((path, about.st_mtime_ns, about.st_size))
        return frozenset(found)
