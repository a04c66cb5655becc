"""Names of settings that are none: misspelt, or of an older version. They are ignored silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values

from bot.operating.doctor.finding import Finding, ok, warning
from bot.settings import BotSettings

_PREFIX = "DARICHEH_"


def name_findings(environment: Iterable[str], folder: Path) -> Iterator[Finding]:
    """Yield what is found of the names in ``environment`` and in the ``.env`` of ``folder``."""
    known = {f"{_PREFIX}{name.upper()}" for name in BotSettings.model_fields}
    given = {name.upper() for name in (*environment, *dotenv_values(folder / ".env"))}
    strange = sorted(name for name in given - known if name.startswith(_PREFIX))
    for name in strange:
        near = get_close_matches(name, known, 1)
        mend = f"Did you mean {near[0]}?" if near else "Remove it; deploy/settings.md lists them."
        yield warning("settings", f"{name} is no setting and is ignored.", mend)
    if not strange:
        yield ok("settings", "Every name is one of a setting.")
