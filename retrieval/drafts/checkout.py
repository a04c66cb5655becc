"""Where a git checkout comes from, read from its files.

Git itself is not run: the settings of a strange checkout can name programs that git would start.
"""

from __future__ import annotations

import configparser
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_HASH = re.compile(r"^[0-9a-f]{40}(?:[0-9a-f]{24})?$")
_REMOTE = re.compile(r"^(?:https?://(?:[^/@]*@)?|ssh://git@|git@)([\w.-]+)[:/](.+?)(?:\.git)?/?$")
_BLOB = {"github.com": "blob", "gitlab.com": "-/blob"}


@dataclass(frozen=True, slots=True)
class Checkout:
    """A checkout: its folder, the commit it stands at, and its repository's address."""

    folder: Path
    commit: str | None
    repository: str | None

    def address_of(self, path: Path) -> str | None:
        """Return where ``path`` can be read on the web at this commit, for hosts that are known."""
        host, _, name = (self.repository or "").removeprefix("https://").partition("/")
        if not self.commit or host not in _BLOB:
            return None
        inside = quote(path.relative_to(self.folder).as_posix())
        return f"https://{host}/{name}/{_BLOB[host]}/{self.commit}/{inside}"


def checkout_of(path: Path) -> Checkout | None:
    """Return the checkout that ``path`` lies in, if it lies in one."""
    path = path.resolve()
    for folder in (path, *path.parents):
        git = folder / ".git"
        if git.is_dir():
            return Checkout(folder, _commit(git), _repository(git))
    return None


def _commit(git: Path) -> str | None:
    head = _line(git / "HEAD")
    if not head.startswith("ref: "):
        return head if _HASH.match(head) else None
    name = head.removeprefix("ref: ")
    if not re.fullmatch(r"refs/[\w./-]+", name) or ".." in name:
        return None
    direct = _line(git / name)
    if _HASH.match(direct):
        return direct
    for line in _text(git / "packed-refs").splitlines():
        found, _, ref = line.partition(" ")
        if ref == name and _HASH.match(found):
            return found
    return None


def _repository(git: Path) -> str | None:
    settings = configparser.RawConfigParser(strict=False, allow_no_value=True)
    try:
        settings.read_string(_text(git / "config"))
    except configparser.Error:
        return None
    for section in settings.sections():
        if section.startswith("remote ") and settings.has_option(section, "url"):
            match = _REMOTE.match(settings.get(section, "url") or "")
            return f"https://{match.group(1)}/{match.group(2)}" if match else None
    return None


def _line(path: Path) -> str:
    return _text(path).strip()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")[:1_000_000]
    except OSError:
        return ""
