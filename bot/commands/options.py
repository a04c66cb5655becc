"""The options every command takes, and the settings they make."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from retrieval.settings import LibrarySettings

Knowledge = Annotated[
    Path | None,
    typer.Option("--knowledge", metavar="DIR", help="The knowledge folder."),
]
State = Annotated[
    Path | None,
    typer.Option("--state", metavar="DIR", help="Where the index lives."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs to read.")]


def given_settings(knowledge: Path | None, state: Path | None) -> dict[str, Any]:
    """Return what the command line says, to be laid over the settings of the environment."""
    given = {"knowledge": knowledge, "state": state}
    return {name: value for name, value in given.items() if value is not None}


def library_settings(knowledge: Path | None, state: Path | None) -> LibrarySettings:
    """Return the settings of the environment, with what the command line says on top."""
    return LibrarySettings(**given_settings(knowledge, state))
