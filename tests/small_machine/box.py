"""A box for one process: one core and so much memory, by whatever this system gives."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

_ROOT = Path("/sys/fs/cgroup")
_NAME = f"daricheh-small-machine-{os.getpid()}"


@dataclass(frozen=True, slots=True)
class Box:
    """``enter`` is called in the new process before its program starts; ``how`` says what limits
    it. ``killed`` tells how often the system killed it for its memory, where that is counted."""

    how: str
    enter: Callable[[], None]
    killed: Callable[[], int | None]


@contextmanager
def box(megabytes: int) -> Iterator[Box]:
    """Give a box with one core and ``megabytes`` of memory."""
    limit = megabytes * 2**20
    for group in _groups():
        try:
            group.folder.mkdir()
            # The kernel makes this file where it can limit memory; it is not to be made here.
            with (group.folder / group.limit).open("r+", encoding="ascii") as file:
                file.write(str(limit))
        except OSError:
            with suppress(OSError):
                group.folder.rmdir()
            continue
        try:
            how = f"one core, {megabytes} MB by {group.kind}"
            yield Box(how, _into(group.folder), partial(_killed, group))
        finally:
            with suppress(OSError):
                group.folder.rmdir()
        return
    how = f"one core, {megabytes} MB of data by RLIMIT_DATA"
    yield Box(how, _with_limit(limit), lambda: None)


class _Group(NamedTuple):
    """A control group that might be made, and the files that limit it and count what it killed."""

    kind: str
    folder: Path
    limit: str
    kills: str


def _groups() -> Iterator[_Group]:
    """Yield the control groups to try, beneath the one that this process is in."""
    lines = Path("/proc/self/cgroup").read_text("ascii").splitlines()
    own = {names: path.lstrip("/") for _, names, path in (line.split(":", 2) for line in lines)}
    for names, root, version, limit, kills in (
        ("", _ROOT, "v2", "memory.max", "memory.events"),
        ("memory", _ROOT / "memory", "v1", "memory.limit_in_bytes", "memory.oom_control"),
    ):
        if names in own:
            folder = root / own[names] / _NAME
            yield _Group(f"a control group ({version})", folder, limit, kills)


def _killed(group: _Group) -> int | None:
    lines = (group.folder / group.kills).read_text("ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))


def _on_one_core() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _into(folder: Path) -> Callable[[], None]:
    def enter() -> None:
        _on_one_core()
        (folder / "cgroup.procs").write_text(str(os.getpid()), "ascii")

    return enter


def _with_limit(limit: int) -> Callable[[], None]:
    def enter() -> None:
        _on_one_core()
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    return enter
