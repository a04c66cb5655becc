"""``daricheh knowledge stale``: which documents have to be read again, and which first."""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import AsJson, Knowledge, State, library_settings

if TYPE_CHECKING:
    from retrieval.knowledge.documents import Document


def stale(
    days: Annotated[
        int, typer.Option("--days", min=0, help="Also what falls due within so many days.")
    ] = 0,
    knowledge: Knowledge = None,
    state: State = None,
    as_json: AsJson = False,
) -> None:
    """Name the documents whose review is due, most used first.

    What is shown whole to people in need comes first. Then use counts: how many questions lead to
    a document, its own and those of the evaluation that it answers. Nobody's use is recorded.
    """
    from bot.commands.knowledge.question_set import gold_counts, read_set
    from retrieval.knowledge.due import due
    from retrieval.knowledge.reading import read_knowledge

    documents = read_knowledge(library_settings(knowledge, state).knowledge).documents
    asked = gold_counts(read_set())
    found = due(documents, asked, dt.date.today(), days)
    if as_json:
        rows = [{**asdict(each), "review_by": each.review_by.isoformat()} for each in found]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for each in found:
            late = f"{each.days} days late" if each.days > 0 else f"in {-each.days} days"
            urgent = "urgent  " if each.urgent else ""
            print(
                f"{each.review_by}  {late:<15}  {each.asked:>4} questions  {each.id}  "
                f"({'+'.join(each.languages)})  {urgent}{each.title}"
            )
    if not found:
        print(_next(documents), file=sys.stderr)


def _next(documents: tuple[Document, ...]) -> str:
    first = min(documents, key=lambda document: document.header.review_by, default=None)
    if first is None:
        return "There is no document. `daricheh knowledge lint` says what is wrong."
    return f"Nothing is due. The next is {first.id}, on {first.header.review_by}."
