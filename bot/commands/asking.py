"""``daricheh ask`` and ``daricheh search``: questions from the command line or from a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from bot.commands.options import AsJson, Knowledge, State, library_settings
from bot.commands.terminal import answer_lines, source_line, statement_lines, texts

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.answering.answer import Answer
    from retrieval.index.build import Make
    from retrieval.library import Library
    from retrieval.search.context import Context
    from retrieval.search.search import Search
    from retrieval.settings import LibrarySettings

    class Answering(Protocol):
        """Answers a question, on what was spoken of before."""

        def __call__(self, question: str, before: Context | None = None) -> Answer:
            """Return the answer."""
            ...


Question = Annotated[str | None, typer.Argument(help="The question; quote it.", show_default=False)]
_MORE, _SOURCES, _EXIT = {"more", "بیشتر"}, {"sources", "منابع"}, {"exit", "quit", "خروج"}


def ask(
    question: Question = None,
    knowledge: Knowledge = None,
    state: State = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question with the passages the answer stands on.

    Without a question: a conversation, or, with piped input, one question a line (blank lines are
    skipped); with --json exactly one object a line, in the same order.
    """
    library = open_library(knowledge, state)
    with answering(library, library_settings(knowledge, state)) as answer:
        if question is not None:
            _print_answer(answer(question), as_json)
        elif sys.stdin.isatty():
            _converse(answer, as_json)
        else:
            for line in piped_lines():
                _print_answer(answer(line), as_json)


def search(
    query: Question = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many passages.")] = 10,
    knowledge: Knowledge = None,
    state: State = None,
    as_json: AsJson = False,
) -> None:
    """Show the passages found for a query, with their scores.

    With piped input and no query: one query a line (blank lines are skipped); with --json exactly
    one object a line, in the same order.
    """
    if query is None and sys.stdin.isatty():
        raise typer.BadParameter('Write a query: daricheh search "…"')
    library = open_library(knowledge, state)
    for line in [query] if query is not None else piped_lines():
        _print_search(library.search(line), limit, as_json)


def open_library(knowledge: Path | None, state: Path | None, make: Make | None = None) -> Library:
    """Open the library, with a progress bar where its index has to be made first: by ``make``, or
    in this process."""
    from bot.commands.progress import announce, build_progress
    from retrieval.library import Library

    with build_progress() as progress:
        return Library.open(library_settings(knowledge, state), progress, announce, make)


@contextmanager
def answering(library: Library, settings: LibrarySettings) -> Iterator[Answering]:
    """Give what answers: ``library``, with the language model of ``settings`` where they name one.

    Raises ``ModelError`` where that cannot be used.
    """
    from retrieval.model.opened import open_teller
    from retrieval.model.waiting import waiting
    from retrieval.search.context import NOTHING

    teller = open_teller(settings, library.checker, alone=True)
    if teller is None:
        yield lambda question, before=None: library.answer(question, before=before or NOTHING)
        return
    with waiting(teller, library) as model:

        def answer(question: str, before: Context | None = None) -> Answer:
            plain = library.answer(question, before=before or NOTHING)
            return model.tell(question, plain, before or NOTHING).answer

        yield answer


def piped_lines() -> Iterator[str]:
    """Yield the lines of standard input that are not blank."""
    for line in sys.stdin:
        if line.strip():
            yield line.strip("\r\n")


def _print_answer(answer: Answer, as_json: bool) -> None:
    if as_json:
        print(json.dumps(answer.to_json(), ensure_ascii=False), flush=True)
    else:
        print("\n".join(answer_lines(answer)), end="\n\n", flush=True)


def _print_search(search: Search, limit: int, as_json: bool) -> None:
    found = search.to_json(limit)
    if as_json:
        print(json.dumps(found, ensure_ascii=False), flush=True)
        return
    for result in found["results"]:
        print(f"{result['rank']:>2}  {result['score']:+.2f}  {result['passage']}")
        print(f"    {result['title']} › {result['section']}")
        print("    " + result["text"].replace("\n", "\n    "))
    print(flush=True)


def _converse(answer: Answering, as_json: bool) -> None:
    print(f"دریچه · Daricheh\n{texts('fa')['welcome']}\n{texts('en')['welcome']}", file=sys.stderr)
    last: Answer | None = None
    while True:
        try:
            line = input("\n› ").strip()
        except EOFError:
            return
        if line.lower() in _EXIT:
            return
        if last is not None and line.lower() in _MORE:
            print("\n".join(statement_lines(last.further)))
        elif last is not None and line.lower() in _SOURCES:
            labels = texts(last.language)
            for citation in last.citations:
                print(f"{source_line(citation, labels)}\n      «{citation.excerpt}»")
        elif line:
            last = answer(line, last.context if last else None)
            _print_answer(last, as_json)
