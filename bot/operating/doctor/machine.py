"""What the machine has to give: disk, memory, and a swap that keeps no conversation."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.operating.doctor.finding import Finding, fault, ok, warning

_MB = 2**20
DISK_WARNED, DISK_FAULT = 500 * _MB, 100 * _MB  # an index, and another beside it while it is made
MEMORY_WARNED, MEMORY_FAULT = 600 * _MB, 350 * _MB  # whole, with an index being made beside


def disk_findings(state: Path) -> Iterator[Finding]:
    """Yield whether there is room in the state folder, and whether it can be written."""
    there = _nearest(state)
    free = shutil.disk_usage(there).free
    what = f"{free // _MB} MB free at {state}."
    if free < DISK_FAULT:
        yield fault("disk", what, "Free some space: the index cannot be made anew.")
    elif free < DISK_WARNED:
        yield warning("disk", what, "Free some space: a new index is made beside the old one.")
    else:
        yield ok("disk", what)
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        yield fault(
            "state folder",
            f"{state} cannot be written: {error.strerror}.",
            "Give it to the bot's user (chown), or name another with DARICHEH_STATE.",
        )
        return
    if state.is_dir() and state.stat().st_mode & 0o007:
        yield warning("state folder", f"Everybody may look into {state}.", f"chmod 700 {state}")
    else:
        yield ok("state folder", f"{state} can be written.")


def memory_findings(root: Path = Path("/")) -> Iterator[Finding]:
    """Yield whether there is memory for the bot, and where its pages may end. ``root`` holds
    ``proc`` and ``sys``, as Linux shows them; elsewhere nothing can be told."""
    try:
        available = _available(root)
        swaps = (root / "proc/swaps").read_text("utf-8").splitlines()[1:]
    except (OSError, ValueError, KeyError):
        yield ok("memory", "This system does not tell.")
        return
    what = f"{available // _MB} MB to be had."
    if available < MEMORY_FAULT:
        yield fault("memory", what, "The bot needs about 400 MB: end something, or add memory.")
    elif available < MEMORY_WARNED:
        yield warning("memory", what, "Enough to answer; making an index takes some more.")
    else:
        yield ok("memory", what)
    on_disk = [line.split()[0] for line in swaps if line.split()[:1] and "zram" not in line]
    if on_disk:
        yield warning(
            "swap",
            f"Memory may be written to {', '.join(on_disk)}, and conversations with it.",
            "Turn it off (swapoff -a, and in /etc/fstab), or see that it is encrypted.",
        )
    else:
        yield ok("swap", "None on a disk.")


def _available(root: Path) -> int:
    """Return the bytes that can still be had: of the machine, and of the group's limit."""
    told = dict(
        line.split(":", 1) for line in (root / "proc/meminfo").read_text("ascii").splitlines()
    )
    machine = int(told["MemAvailable"].split()[0]) * 1024
    limits = [machine]
    for folder in _groups(root):
        try:
            limit = (folder / "memory.max").read_text("ascii").strip()
            used = int((folder / "memory.current").read_text("ascii"))
        except (OSError, ValueError):
            continue
        if limit.isdigit():
            limits.append(max(0, int(limit) - used))
    return min(limits)


def _groups(root: Path) -> Iterator[Path]:
    """Yield the folder of this process's control group (cgroup v2), and those above it."""
    try:
        lines = (root / "proc/self/cgroup").read_text("utf-8").splitlines()
    except OSError:
        return
    base = root / "sys/fs/cgroup"
    for line in lines:
        if line.startswith("0::"):
            folder = base / line[3:].strip().lstrip("/")
            yield folder
            yield from (each for each in folder.parents if each.is_relative_to(base))


def _nearest(folder: Path) -> Path:
    """Return ``folder``, or the nearest above it that is there."""
    return next(each for each in (folder.absolute(), *folder.absolute().parents) if each.is_dir())
