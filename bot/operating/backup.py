"""The little that cannot be made again: sealed deletions and choices, and counts that are nobody's.

The index is left out, it is made of the knowledge folder; so is all that is only in memory. The
file is a plain tar archive, readable by its owner only. The sealed part stays sealed.
"""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from retrieval.errors import DarichehError

LARGEST = 2**26  # bytes of one part; the sealed file of a full bot has a few megabytes
# Raises ``ValueError`` where a part's content is not what it should be.
Check = Callable[[bytes], None]


class BackupError(DarichehError):
    """A backup that cannot be written or used; the message says why, and what to do."""


def back_up(state: Path, names: Collection[str], file: Path) -> list[str]:
    """Write those of ``names`` that are in ``state`` into ``file``; return them.

    The file is whole or not there. Raises ``BackupError``, also where it is there already.
    """
    if file.exists():
        raise BackupError(f"{file} is there already. Name another file, or remove it.")
    try:
        parts = {name: (state / name).read_bytes() for name in names if (state / name).is_file()}
        new = file.with_name(f"{file.name}.new")
        _write(new, _packed(parts))
        new.replace(file)
    except OSError as error:
        raise BackupError(f"The backup was not written: {_said(error)}.") from None
    return list(parts)


def restore(file: Path, state: Path, checks: Mapping[str, Check]) -> list[str]:
    """Put what ``back_up`` wrote into ``state``: all of it or nothing; return the names.

    ``checks`` are the names that may be in it, each with a look at its content. Raises
    ``BackupError``, also where one of them is in ``state`` already.
    """
    parts = _unpacked(file, checks)
    there = [name for name in parts if (state / name).exists()]
    if there:
        raise BackupError(
            f"{', '.join(there)} in {state} would be overwritten. Stop the bot, move "
            f"{'it' if len(there) == 1 else 'them'} away, and restore again."
        )
    placed: list[Path] = []
    try:
        state.mkdir(parents=True, exist_ok=True)
        for name, content in parts.items():
            new = state / f"{name}.restored"
            _write(new, content)
            placed.append(new)
        for name in parts:
            (state / f"{name}.restored").replace(state / name)
            placed.append(state / name)
    except OSError as error:
        for path in placed:
            path.unlink(missing_ok=True)
        raise BackupError(f"Nothing was restored: {_said(error)}.") from None
    return list(parts)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the archive; it tells no time, no owner and no machine."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in parts.items():
            about = tarfile.TarInfo(name)
            about.size, about.mode = len(content), 0o600
            archive.addfile(about, io.BytesIO(content))
    return whole.getvalue()


def _unpacked(file: Path, checks: Mapping[str, Check]) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    try:
        with tarfile.open(file, mode="r:") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isreg() else None
                if content is None or member.name not in checks or member.name in parts:
                    raise BackupError(f"{file} holds what no backup of this program does.")
                if member.size > LARGEST:
                    raise BackupError(f"{member.name} in {file} is larger than one ever is.")
                parts[member.name] = content.read()
                _look_at(parts[member.name], checks[member.name], f"{member.name} in {file}")
    except tarfile.TarError:
        raise BackupError(f"{file} is no backup, or it is damaged.") from None
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror}.") from None
    return parts


def _look_at(content: bytes, check: Check, name: str) -> None:
    try:
        check(content)
    except ValueError as error:
        raise BackupError(f"{name} cannot be used: {error}.") from None


def _write(path: Path, content: bytes) -> None:
    """Write a file that its owner alone may read, down to the disk."""
    with open(path, "wb", opener=_for_owner_only) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _for_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _said(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror)
