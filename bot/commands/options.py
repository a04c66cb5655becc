"""The options every command takes, and the settings they make."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from pydantic import ValidationError

from retrieval.errors import DarichehError
from retrieval.settings import LibrarySettings

AnySettings = TypeVar("AnySettings", bound=LibrarySettings)
_PREFIX = "Value error, "  # pydantic's own, before the text of a ValueError

Knowledge = Annotated[
    Path | None,
    typer.Option("--knowledge", metavar="DIR", help="The knowledge folder."),
]
State = Annotated[
    Path | None,
    typer.Option("--state", metavar="DIR", help="Where the index lives."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs to read.")]


def settings_of(
    kind: type[AnySettings], knowledge: Path | None = None, state: Path | None = None
) -> AnySettings:
    """Return the settings of the environment, with what the command line says on top.

    Raises ``DarichehError`` for a setting that cannot be used. What it holds is not repeated: it
    may be the bot's token.
    """
    given: dict[str, Any] = {"knowledge": knowledge, "state": state}
    try:
        return kind(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise DarichehError(" ".join(_explained(error))) from None


def library_settings(knowledge: Path | None, state: Path | None) -> LibrarySettings:
    """Return the library's settings, with what the command line says on top."""
    return settings_of(LibrarySettings, knowledge, state)


def _explained(error: ValidationError) -> list[str]:
    named = [
        (".".join(str(part).upper() for part in fault["loc"]), fault["msg"].removeprefix(_PREFIX))
        for fault in error.errors(include_input=False, include_context=False)
    ]
    return [f"DARICHEH_{name}: {text}." if name else f"{text}." for name, text in named]
