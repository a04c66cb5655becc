"""``daricheh knowledge``: the maintainer's work."""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import asdict

import typer

from bot.commands.options import AsJson, Knowledge, State, library_settings

app = typer.Typer(
    name="knowledge",
    help="Check and index the knowledge folder.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def lint(knowledge: Knowledge = None, state: State = None, as_json: AsJson = False) -> None:
    """Name every fault of the knowledge folder: file, line, what is wrong, what to write.

    Errors keep a document out of the index and end the command with status 1; warnings do not.
    """
    from retrieval.knowledge.lint import lint as find_faults
    from retrieval.knowledge.reading import read_knowledge
    from retrieval.knowledge.shared_files import read_glossary, read_topics

    folder = library_settings(knowledge, state).knowledge
    read = read_knowledge(folder)
    read_glossary(folder)
    faults = find_faults(read, read_topics(folder), dt.date.today())
    errors = sum(fault.level == "error" for fault in faults)
    if as_json:
        print(json.dumps([fault.to_json() for fault in faults], ensure_ascii=False, indent=2))
    else:
        for fault in faults:
            print(fault)
    print(
        f"{len(read.documents)} documents read; {errors} errors, {len(faults) - errors} warnings.",
        file=sys.stderr,
    )
    if errors:
        raise typer.Exit(1)


@app.command()
def index(knowledge: Knowledge = None, state: State = None, as_json: AsJson = False) -> None:
    """Bring the index up to date: only texts that changed are encoded again.

    It is built beside the old one, which serves until the new one is whole. Not needed by hand:
    every command that needs the index does this first.
    """
    from bot.commands.progress import announce, build_progress
    from retrieval.encoder import load_encoder
    from retrieval.index.store import IndexStore

    settings = library_settings(knowledge, state)
    encoder = load_encoder(
        settings.encoder,
        query_prefix=settings.encoder_query_prefix,
        passage_prefix=settings.encoder_passage_prefix,
    )
    store = IndexStore(settings.knowledge, settings.state, announce)
    with build_progress() as progress:
        report = store.update(encoder, progress)
    if as_json:
        print(json.dumps(asdict(report) if report else {"unchanged": True}))
    elif report is None:
        print("Nothing has changed.")
    else:
        print(
            f"{report.documents} documents, {report.passages} passages; "
            f"{report.encoded} texts encoded, {report.reused} used again."
        )
