"""``daricheh knowledge import``: texts from outside become drafts, apart from what is served."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import AsJson, Knowledge, State, library_settings


def import_(
    path: Annotated[
        Path,
        typer.Argument(
            exists=True,
            readable=True,
            help="A file (text, HTML, Markdown, Lektor, gettext, YAML, JSON), a folder, or a git "
            "checkout.",
        ),
    ],
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="DIR", help="Where drafts go (default: drafts/ in --state)."),
    ] = None,
    knowledge: Knowledge = None,
    state: State = None,
    as_json: AsJson = False,
) -> None:
    """Make drafts of texts from outside: furniture dropped, source and licence kept, what looks
    suspicious flagged, what is there already pointed out.

    A draft holds the source's text as a quotation to read and write from. It is never served: it
    lies outside the knowledge folder, and the folder refuses it until its `draft:` line is gone.
    Ends with status 1 where no file could be used.
    """
    from bot.commands.progress import build_progress
    from retrieval.drafts.importing import import_drafts
    from retrieval.knowledge.reading import read_knowledge

    settings = library_settings(knowledge, state)
    drafts = to if to is not None else settings.state / "drafts"
    documents = read_knowledge(settings.knowledge).documents
    with build_progress() as progress:
        report = import_drafts(path, drafts, settings.knowledge, documents, progress)
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(report.lines()))
    if not report.taken:
        raise typer.Exit(1)
