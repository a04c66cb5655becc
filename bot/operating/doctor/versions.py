"""Whether Python and the packages are as new as the project asks for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import InvalidRequirement, Requirement

from bot.operating.doctor.finding import Finding, fault, ok, warning

PYTHON = (3, 11)
_INSTALL = "deploy/run sets it up as the lock file says; in a container take a newer image."


def version_findings(
    required: Sequence[str] | None = None,
    installed: Callable[[str], str] = version,
    python: tuple[int, ...] = tuple(sys.version_info[:3]),
) -> Iterator[Finding]:
    """Yield what is found of Python and of the packages ``required`` (default: the project's)."""
    shown = ".".join(map(str, python))
    if python < PYTHON:
        wanted = ".".join(map(str, PYTHON))
        yield fault("python", f"Python {shown} runs.", f"Run it with Python {wanted} or later.")
    else:
        yield ok("python", f"Python {shown}.")
    if required is None:
        try:
            required = requires("daricheh") or []
        except PackageNotFoundError:
            yield warning(
                "packages", "The project is not installed, its packages are not known.", _INSTALL
            )
            return
    yield _packages(required, installed)


def _packages(required: Sequence[str], installed: Callable[[str], str]) -> Finding:
    missing: list[str] = []
    older: list[str] = []
    looked = 0
    for line in required:
        try:
            wanted = Requirement(line)
        except InvalidRequirement:
            continue
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        looked += 1
        try:
            there = installed(wanted.name)
        except PackageNotFoundError:
            missing.append(wanted.name)
            continue
        if not wanted.specifier.contains(there, prereleases=True):
            older.append(f"{wanted.name} is {there}, wanted is {wanted.specifier}")
    if missing:
        return fault("packages", f"Missing: {', '.join(missing)}.", _INSTALL)
    if older:
        return warning("packages", f"{'; '.join(older)}.", _INSTALL)
    return ok("packages", f"{looked} packages are as new as they have to be.")
