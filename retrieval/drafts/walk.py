"""Which files of a folder are looked at."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

_LICENCE = re.compile(r"^(?:\w_)?(?:licen[cs]e|licen[cs]ing|copying|notice(?:\.txt)?$)", re.I)


def files_of(path: Path) -> Iterator[Path]:
    """Yield ``path`` if it is a file, else every file below it, sorted by name.

    Hidden folders (``.git``) are left out, and so are links: one can lead out of the folder.
    """
    if path.is_file():
        yield path
        return
    for folder, inner, names in os.walk(path):
        inner[:] = sorted(name for name in inner if not is_hidden(Path(name)))
        for name in sorted(names):
            file = Path(folder) / name
            if file.is_file() and not file.is_symlink():
                yield file


def is_hidden(path: Path) -> bool:
    """Return whether a file or folder is named as one that its owner does not show."""
    return path.name.startswith(".")


def is_licence(path: Path) -> bool:
    """Return whether a file is named as a licence, which is read for what it allows."""
    return _LICENCE.match(path.name) is not None
