"""``daricheh knowledge lint``: what is wrong with the knowledge folder."""

from __future__ import annotations

import datetime as dt
import json
import sys

import typer

from bot.commands.options import AsJson, Knowledge, State, library_settings


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
